"""One migration makes all tables, as the chain before 0.1.0 did; whoever has that goes on."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from archive.setup.checks import check_migrations
from tests.services.schema import schema, written

pytestmark = pytest.mark.django_db
FIRST = "0001_archive"
CHAIN = [name for _app, name in import_module(f"archive.migrations.{FIRST}").Migration.replaces]


def as_before(names: list[str]) -> None:
    """Have the database know these migrations of the archive alone."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="archive").delete()
    for name in names:
        recorder.record_applied("archive", name)


def test_the_schema_is_the_one_that_is_written_down() -> None:
    """After a change of models: `python -m tests.services.schema` in a migrated database."""
    assert schema() == written()


def test_a_database_of_the_whole_chain_needs_only_what_is_newer() -> None:
    as_before(CHAIN)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes("archive"))
    assert FIRST not in [migration.name for migration, _backwards in plan]
    assert check_migrations(databases=["default"]) == []


def test_a_database_of_a_part_of_the_chain_is_told_the_way_out() -> None:
    as_before(CHAIN[:-1])
    (error,) = check_migrations(databases=["default"])
    assert error.id == "archive.E086"
    assert CHAIN[-1] in error.hint


def test_new_and_finished_databases_are_fine() -> None:
    assert check_migrations(databases=["default"]) == []
    as_before([])
    assert check_migrations(databases=["default"]) == []
    assert check_migrations() == []
