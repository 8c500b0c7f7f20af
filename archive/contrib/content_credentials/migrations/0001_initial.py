import django.db.models.deletion
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    initial = True
    dependencies = [("archive", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="PictureCredentials",
            fields=[
                (
                    "image",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="content_credentials",
                        serialize=False,
                        to=get_image_model_string(),
                    ),
                ),
                ("file_name", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unsigned", "No Content Credentials"),
                            ("trusted", "Valid, by a trusted signer"),
                            ("valid", "Valid, by a signer who isn't trusted"),
                            ("invalid", "Invalid"),
                        ],
                        max_length=10,
                    ),
                ),
                ("signer", models.TextField(blank=True)),
                ("issuer", models.TextField(blank=True)),
                ("generator", models.TextField(blank=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("problems", models.JSONField(default=list)),
            ],
        )
    ]
