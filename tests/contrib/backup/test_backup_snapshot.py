"""While a backup is made, others write: it has nothing of it, and they don't wait."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from taggit.models import Tag

from archive.contrib.backup.actions import back_up
from tests.contrib.backup.newspaper import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Any]:
    """A second connection of the code's own; on SQLite to a file, as a site's."""
    ours: Any = connections["default"]
    other = ours.copy()
    if connection.vendor == "sqlite":
        file = tmp_path / "site.sqlite3"
        file.write_bytes(ours.connection.serialize())
        other.settings_dict["NAME"] = str(file)
    connections["default"] = other
    yield other
    connections["default"] = ours
    other.close()


def test_what_others_write_meanwhile_is_in_none_of_its_tables(
    database: Any, tmp_path: Path
) -> None:
    writer = database.copy()
    written = []

    def write(line: str) -> None:
        if not written:
            written.append(line)
            with writer.cursor() as cursor:
                cursor.execute("INSERT INTO taggit_tag (name, slug) VALUES ('New', 'new')")

    try:
        back_up(tmp_path / "backup", tell=write)
        assert written == ["archive_archiveimage: 0"]
        assert Tag.objects.count() == 1
        assert not rows_of(tmp_path / "backup")["taggit_tag"]
    finally:
        with writer.cursor() as cursor:
            cursor.execute("DELETE FROM taggit_tag")
        writer.close()
