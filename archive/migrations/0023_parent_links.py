"""Parent links without a reverse name: nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations, models


def parent_link(model: str) -> migrations.AlterField:
    return migrations.AlterField(
        model_name=model,
        name="page_ptr",
        field=models.OneToOneField(
            on_delete=django.db.models.deletion.CASCADE,
            parent_link=True,
            primary_key=True,
            related_name="+",
            serialize=False,
            to="wagtailcore.page",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("archive", "0022_search_bitmaps")]

    # `auto_created` goes, for which SQLite would write the tables anew.
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                parent_link(model)
                for model in (
                    "articlepage",
                    "homepage",
                    "issuepage",
                    "publicationpage",
                    "sectionpage",
                    "yearpage",
                )
            ]
        ),
        # What lists and bans say of a story, for joins: nothing changes in the database.
        migrations.AlterField(
            model_name="relatedstory",
            name="related",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="places_in_lists",
                to="archive.articlepage",
            ),
        ),
        migrations.AlterField(
            model_name="relatedban",
            name="related",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bans",
                to="archive.articlepage",
                verbose_name="story",
            ),
        ),
    ]
