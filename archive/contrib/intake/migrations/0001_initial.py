"""The tables of imports."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import archive.contrib.intake.storage


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("archive", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("options", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("reading", "Being read"), ("read", "Read"), ("undone", "Undone")],
                        default="reading",
                        max_length=10,
                    ),
                ),
                ("undone_at", models.DateTimeField(editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=500, verbose_name="name")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=255,
                        storage=archive.contrib.intake.storage.private_storage,
                        upload_to="",
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("reading", "Being read"),
                            ("read", "Read"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("error", models.TextField(blank=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="archive_intake.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of an import",
                "verbose_name_plural": "files of imports",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SourceProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "file_pattern",
                    models.CharField(
                        blank=True,
                        help_text="Such as zhanjiang-*.txt; * stands for anything.",
                        max_length=200,
                        verbose_name="file names",
                    ),
                ),
                (
                    "publication",
                    models.CharField(
                        blank=True,
                        help_text="Files that name this publication.",
                        max_length=200,
                        verbose_name="publication",
                    ),
                ),
                (
                    "first_lines",
                    models.CharField(
                        blank=True,
                        help_text="Words in one of the first five lines; * stands for anything.",
                        max_length=200,
                        verbose_name="words of the first lines",
                    ),
                ),
                ("rules", models.JSONField(blank=True, default=list, verbose_name="rules")),
                ("mapping", models.JSONField(blank=True, default=dict, verbose_name="columns")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "profile of a source",
                "verbose_name_plural": "profiles of sources",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ImportItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=500, verbose_name="source")),
                ("number", models.PositiveIntegerField(default=1)),
                ("format", models.CharField(blank=True, max_length=40, verbose_name="format")),
                ("group", models.CharField(blank=True, max_length=120)),
                ("group_confidence", models.FloatField(null=True)),
                ("record", models.JSONField(blank=True, default=dict)),
                ("text", models.TextField(blank=True)),
                ("pictures", models.JSONField(blank=True, default=list)),
                ("confidence", models.FloatField(default=0, verbose_name="confidence")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("check", "Look at this"),
                            ("duplicate", "Duplicate"),
                            ("failed", "Failed"),
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("undone", "Undone"),
                        ],
                        default="check",
                        max_length=10,
                    ),
                ),
                ("error", models.TextField(blank=True)),
                ("corrected", models.JSONField(blank=True, default=list)),
                ("likeness", models.FloatField(null=True)),
                ("made", models.JSONField(blank=True, default=list)),
                ("before", models.JSONField(blank=True, default=dict)),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="archive_intake.importbatch",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="archive_intake.importfile",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "twin",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive_intake.importitem",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive_intake.sourceprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of an import",
                "verbose_name_plural": "items of imports",
                "ordering": ["confidence", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ItemFingerprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive_intake.importitem",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddIndex(
            model_name="importitem",
            index=models.Index(
                fields=["batch", "state", "confidence"], name="archive_import_items"
            ),
        ),
        migrations.AddIndex(
            model_name="importitem",
            index=models.Index(fields=["group", "batch"], name="archive_import_by_group"),
        ),
        migrations.AddIndex(
            model_name="itemfingerprint",
            index=models.Index(fields=["number"], name="archive_item_fingerprints"),
        ),
    ]
