import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("archive", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="StoryReuse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identical", "Word for word"),
                            ("shortened", "Shortened"),
                            ("extended", "Extended"),
                            ("rewritten", "Rewritten"),
                            ("translation", "Translated"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("share", models.FloatField(default=0)),
                ("later_share", models.FloatField(default=0)),
                ("days", models.IntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "Found"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                        ],
                        default="found",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "later",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "reprint",
                "verbose_name_plural": "reprints",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="storyreuse",
            index=models.Index(fields=["state", "-id"], name="archive_reuse_by_state"),
        ),
        migrations.AddConstraint(
            model_name="storyreuse",
            constraint=models.UniqueConstraint(
                fields=("earlier", "later"), name="archive_one_row_per_reuse"
            ),
        ),
    ]
