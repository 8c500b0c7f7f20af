import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("archive", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="RelatedBan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_bans",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "related",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bans",
                        to="archive.articlepage",
                        verbose_name="story",
                    ),
                ),
            ],
            options={
                "verbose_name": "excluded story",
                "verbose_name_plural": "excluded stories",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RelatedStory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.FloatField()),
                ("reasons", models.JSONField(default=dict)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "related",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places_in_lists",
                        to="archive.articlepage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoryTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=41)),
                ("print_date", models.DateField()),
                ("is_about", models.BooleanField()),
                ("size", models.PositiveSmallIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="relatedban",
            constraint=models.UniqueConstraint(
                fields=("page", "related"), name="archive_one_ban_per_story"
            ),
        ),
        migrations.AddIndex(
            model_name="relatedstory",
            index=models.Index(
                fields=["article", "-score", "related"], name="archive_related_by_score"
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedstory",
            constraint=models.UniqueConstraint(
                fields=("article", "related"), name="archive_one_place_per_related"
            ),
        ),
        migrations.AddIndex(
            model_name="storyterm",
            index=models.Index(
                fields=["term", "print_date", "article"], name="archive_term_by_date"
            ),
        ),
        migrations.AddConstraint(
            model_name="storyterm",
            constraint=models.UniqueConstraint(
                fields=("article", "term"), name="archive_one_term_per_story"
            ),
        ),
    ]
