"""From SQLite into PostgreSQL and back: the same rows and files, by the commands themselves."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests.contrib.backup.newspaper import assert_same

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.exhaustive]

ROOT = Path(__file__).resolve().parents[3]
MAKE = (
    "import django; django.setup(); from tests.contrib.backup.newspaper import *; make_newspaper()"
)


@pytest.fixture
def postgres() -> Iterator[str]:
    """The URL of an empty database, beside that of the tests."""
    named = connection.settings_dict
    user, password = quote(named["USER"]), quote(named["PASSWORD"])
    server = f"postgres://{user}:{password}@{named['HOST']}:{named['PORT']}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as server_itself:
        server_itself.execute("CREATE DATABASE archive_restored")
        yield f"{server}/archive_restored"
        server_itself.execute("DROP DATABASE archive_restored WITH (FORCE)")


class SiteFolder:
    """A site with a database and media of its own; `run` runs Python there."""

    def __init__(self, folder: Path, database: str = "") -> None:
        own = {"NEWSROOM_VAR_DIR": str(folder), "MEDIA_ROOT": str(folder / "media")}
        settings = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.dev", "DATABASE_URL": database}
        self.environment = os.environ | own | settings
        self.manage("migrate", "--verbosity", "0")

    def run(self, *arguments: str | Path) -> None:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=self.environment, check=True)

    def manage(self, *arguments: str | Path) -> None:
        self.run("manage.py", *arguments)


def test_a_site_moves_to_postgresql_and_back(tmp_path: Path, postgres: str) -> None:
    backups = [tmp_path / name for name in ("first", "second", "third")]
    first = SiteFolder(tmp_path / "one")
    first.run("-c", MAKE)
    first.manage("check_archive", "--repair")
    first.manage("archive_backup", backups[0])
    second = SiteFolder(tmp_path / "two", postgres)
    second.manage("archive_restore", backups[0])
    second.manage("archive_backup", backups[1])
    third = SiteFolder(tmp_path / "three")
    third.manage("archive_restore", backups[1])
    third.manage("archive_backup", backups[2])
    assert_same(backups[0], backups[1])
    assert_same(backups[0], backups[2])
