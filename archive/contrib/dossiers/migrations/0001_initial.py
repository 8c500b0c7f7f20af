import archive.stories.fields
import django.db.models.deletion
from django.db import migrations, models

from archive.base_page import PAGE_MODEL
from archive.migrations._site import PAGE, in_each


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("archive", "0001_initial"),
        migrations.swappable_dependency(PAGE_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="DossierPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                *in_each("name", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                *in_each(
                    "intro", models.TextField(blank=True, null=True, verbose_name="introduction")
                ),
                (
                    "items",
                    archive.stories.fields.UnrecordedStreamField(
                        [], blank=True, verbose_name="contents"
                    ),
                ),
            ],
            options={"verbose_name": "dossier", "verbose_name_plural": "dossiers"},
            bases=(PAGE,),
        ),
    ]
