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
            name="SuggestionDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("entity", "Entity"),
                            ("question", "Ambiguous name"),
                            ("new", "New name"),
                            ("tie", "Tie"),
                        ],
                        max_length=10,
                    ),
                ),
                ("token", models.CharField(blank=True, max_length=255)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("accepted", "Accepted"), ("rejected", "Rejected")], max_length=10
                    ),
                ),
                ("evidence", models.JSONField(default=dict)),
                ("decided_at", models.DateTimeField(auto_now=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.entity",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestion_decisions",
                        to="archive.articlepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a suggestion",
                "verbose_name_plural": "answers to suggestions",
            },
        ),
        migrations.CreateModel(
            name="SuggestionCount",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="suggestion_count",
                        serialize=False,
                        to="archive.articlepage",
                    ),
                ),
                ("entities", models.PositiveIntegerField(default=0, verbose_name="names")),
                (
                    "questions",
                    models.PositiveIntegerField(default=0, verbose_name="ambiguous names"),
                ),
                ("new", models.PositiveIntegerField(default=0, verbose_name="new names")),
                (
                    "waiting",
                    models.PositiveIntegerField(default=0, verbose_name="pending suggestions"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-waiting"], name="archive_suggestions_waiting")]
            },
        ),
        migrations.AddConstraint(
            model_name="suggestiondecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("subject", "entity")),
                fields=("page", "entity"),
                name="archive_one_answer_per_entity",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestiondecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("subject", "entity"), _negated=True),
                fields=("page", "subject", "token"),
                name="archive_one_answer_per_token",
            ),
        ),
    ]
