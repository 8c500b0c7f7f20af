import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from archive.text.language import LABELS


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("archive", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="ReaderReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                (
                    "language",
                    models.CharField(
                        choices=list(LABELS.items()),
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("is_about_source", models.BooleanField(default=False)),
                ("view", models.CharField(blank=True, max_length=10, verbose_name="read in")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("misaligned", "The two languages do not match"),
                            ("wrong", "Wrong translation"),
                            ("missing", "Something is missing from the translation"),
                            ("typo", "Typo"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="what the reader says")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("email_at", models.DateTimeField(null=True)),
                ("source_text", models.TextField(blank=True)),
                ("target_text", models.TextField(blank=True)),
                ("texts_digest", models.CharField(max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("done", "Resolved"),
                            ("rejected", "Rejected"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For colleagues; never shown to readers.",
                        verbose_name="note",
                    ),
                ),
                ("times", models.PositiveIntegerField(default=1, verbose_name="times")),
                ("fingerprint", models.CharField(blank=True, max_length=32)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="reported")),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reader_reports",
                        to="archive.articlepage",
                        verbose_name="story",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "reader's report",
                "verbose_name_plural": "readers' reports",
                "ordering": ["-created_at", "-pk"],
                "default_permissions": ("change",),
            },
        ),
        migrations.AddIndex(
            model_name="readerreport",
            index=models.Index(fields=["state", "-created_at"], name="archive_reports_by_state"),
        ),
        migrations.AddIndex(
            model_name="readerreport",
            index=models.Index(fields=["article", "state"], name="archive_reports_by_story"),
        ),
        migrations.AddConstraint(
            model_name="readerreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("fingerprint", ""), _negated=True),
                fields=("article", "fingerprint"),
                name="archive_one_row_per_report",
            ),
        ),
    ]
