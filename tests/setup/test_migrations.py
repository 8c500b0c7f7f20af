"""One migration makes all tables; a database of another version is told so."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from archive.setup.checks import check_migrations
from tests.services.schema import schema, written

pytestmark = pytest.mark.django_db


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
