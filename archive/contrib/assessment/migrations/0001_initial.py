"""All tables of the assessment."""

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
            name="QualityCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="length of the source")),
                ("assessed_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "translation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quality_card",
                        to="archive.translation",
                        verbose_name="translation",
                    ),
                ),
                (
                    "translator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "quality card", "verbose_name_plural": "quality cards"},
        ),
        migrations.CreateModel(
            name="ErrorMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("terminology", "Terminology"),
                            ("mistranslation", "Mistranslation"),
                            ("omission", "Omission"),
                            ("addition", "Addition"),
                            ("linguistic", "Linguistic conventions"),
                            ("style", "Style"),
                            ("locale", "Locale conventions"),
                            ("audience", "Audience appropriateness"),
                            ("design", "Design and markup"),
                        ],
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Neutral"), (1, "Minor"), (5, "Major"), (25, "Critical")],
                        verbose_name="severity",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="words")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="archive_assessment.qualitycard",
                    ),
                ),
            ],
            options={
                "verbose_name": "marked error",
                "verbose_name_plural": "marked errors",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TimeSetting",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "is_time_counted",
                    models.BooleanField(
                        default=False,
                        help_text="Your browser counts while you work in a segment, and pauses after a minute without input. Only you see it: beside the segment, and in your statistics.",
                        verbose_name="Count the time that I spend on each segment",
                    ),
                ),
            ],
            options={
                "verbose_name": "setting of time at the desk",
                "verbose_name_plural": "settings of time at the desk",
            },
        ),
        migrations.CreateModel(
            name="SegmentTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("day", models.DateField()),
                ("seconds", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.translation",
                    ),
                ),
            ],
            options={
                "verbose_name": "time in a segment",
                "verbose_name_plural": "times in segments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "day", "translation", "key"),
                        name="archive_one_time_a_day",
                    )
                ],
            },
        ),
    ]
