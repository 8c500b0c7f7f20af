"""One migration makes all tables; a database of another version is told so.

What comes after it lets the release before it go on, and says whether it locks.
"""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django_migration_linter import MigrationLinter

from archive.setup.checks import check_migrations
from tests.services.schema import schema, written

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
OURS = [one.label for one in apps.get_app_configs() if one.name.split(".")[0] == "archive"]
FIRST = """
from importlib import import_module

_first = import_module("archive.contrib.related.migrations.0001_initial").Migration


class Migration(_first):
    pass
"""
LATER = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_related", "0001_initial")]
    operations = [migrations.{operation}]
"""


def is_lint_free() -> bool:
    """Whether all after the first migration of each app leave what the release before reads and
    writes; the first ones make new tables."""
    linter = MigrationLinter(
        str(ROOT), include_apps=OURS, ignore_initial_migrations=True, no_cache=True, quiet=["ok"]
    )
    linter.lint_all_migrations()
    return not linter.has_errors


def without_word_of_locks() -> list[tuple[str, str]]:
    """The migrations after each app's first one whose docstring doesn't say whether they lock."""
    return [
        key
        for key, migration in MigrationLoader(
            None, ignore_no_migrations=True
        ).disk_migrations.items()
        if key[0] in OURS
        and not migration.initial
        and "lock" not in (sys.modules[migration.__module__].__doc__ or "").lower()
    ]


@pytest.fixture
def add_migration(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Gives the related stories a second migration, in a package of its own."""

    def add(operation: str, docstring: str = "") -> None:
        folder = tmp_path / "later_migrations"
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "0001_initial.py").write_text(FIRST)
        (folder / "0002_later.py").write_text(docstring + LATER.format(operation=operation))
        monkeypatch.syspath_prepend(tmp_path)
        settings.MIGRATION_MODULES = {"archive_related": "later_migrations"}

    yield add
    for name in [one for one in sys.modules if one.split(".")[0] == "later_migrations"]:
        del sys.modules[name]


def test_every_migration_says_whether_it_locks() -> None:
    assert without_word_of_locks() == []


# On SQLite its SQL can't be written within a test's transaction.
@pytest.mark.postgres
def test_migrations_let_the_release_before_them_go_on() -> None:
    assert is_lint_free()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "operation",
    [
        'RemoveField("relatedban", "related")',
        'AddField("relatedban", "why", models.TextField())',
    ],
)
def test_a_migration_that_breaks_the_release_before_is_found(
    operation: str, add_migration: Any
) -> None:
    add_migration(operation)
    assert not is_lint_free()


def test_a_migration_that_says_nothing_of_locks_is_found(add_migration: Any) -> None:
    add_migration('AddField("relatedban", "why", models.TextField(null=True))')
    assert without_word_of_locks() == [("archive_related", "0002_later")]


def test_a_migration_may_say_that_it_locks_nothing(add_migration: Any) -> None:
    new = 'AddField("relatedban", "why", models.TextField(null=True))'
    add_migration(new, '"""Locks the table for a moment: the column is empty."""\n')
    assert without_word_of_locks() == []


def test_the_schema_is_the_one_that_is_written_down() -> None:
    """After a change of models: `python -m tests.services.schema` in a migrated database."""
    assert schema() == written()


def test_a_database_of_another_version_is_told_the_way_out() -> None:
    MigrationRecorder(connection).record_applied("archive", "0014_dossiers")
    (error,) = check_migrations(databases=["default"])
    assert error.id == "archive.E086"
    assert "0014_dossiers" in error.msg


def test_new_and_finished_databases_are_fine() -> None:
    assert check_migrations(databases=["default"]) == []
    assert check_migrations() == []
    MigrationRecorder(connection).migration_qs.filter(app="archive").delete()
    assert check_migrations(databases=["default"]) == []
