"""The migrated SQLite database, kept between the runs of the tests.

To run every migration takes a process a quarter of a minute; to look whether there are new
ones, a second. Of several processes that start without a copy, one migrates and the others wait.
A change of any module of the project, of a library's migrations or of the main libraries'
releases makes a new copy.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import django
import wagtail
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
# One for each branch and each set of libraries that somebody works with.
KEPT = 5


class Copy:
    """A database file in `folder`, named after all that the migrations depend on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"{fingerprint()}.sqlite3"
        self.target: sqlite3.Connection | None = None
        self.lock: TextIO | None = None

    def load(self) -> None:
        """Copy the file, if there is one, into the database in memory that Django will open."""
        # Django tells the name of its database for tests nowhere else before it makes it.
        name = connection.creation._get_test_db_name()
        self.lock = (self.folder / "lock").open("w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        if self.path.exists() and "mode=memory" in name:
            self._release()
            self.path.touch()
            # It lives as long as somebody is connected to it.
            self.target = sqlite3.connect(name, uri=True)
            with sqlite3.connect(self.path) as source:
                source.backup(self.target)
            source.close()

    def keep(self) -> None:
        """Save the migrated database for the next run, unless this one began with it."""
        if self.target is not None:
            self.target.close()
            return
        # Another process may do the same.
        aside = self.path.with_suffix(f".{os.getpid()}")
        connection.ensure_connection()
        with sqlite3.connect(aside) as target:
            connection.connection.backup(target)
        target.close()
        aside.replace(self.path)
        by_age = sorted(self.folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)
        for path in by_age[:-KEPT]:
            path.unlink(missing_ok=True)
        self._release()

    def environment(self, folder: Path, settings: str = "newsroom.settings.test") -> dict[str, str]:
        """Of a process that has a database of its own in `folder`, made of the copy."""
        stored = folder / "archive.sqlite3"
        shutil.copy(self.path, stored)
        own = {"DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": f"sqlite:///{stored}"}
        return {**os.environ, "PYTHONPATH": str(ROOT), **own}

    def said_by(self, module: str, folder: Path, *more: object) -> list[str]:
        """The lines that a module's `main(folder, *more)` prints in such a process."""
        code = f"import pathlib, django; django.setup(); from {module} import main; "
        words = "".join(f", {one!r}" for one in more)
        command = [sys.executable, "-c", f"{code}main(pathlib.Path({str(folder)!r}){words})"]
        done = subprocess.run(
            command, env=self.environment(folder), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def _release(self) -> None:
        """Let the next process look; a process that ends lets go by itself."""
        if self.lock is not None:
            self.lock.close()
            self.lock = None


def fingerprint() -> str:
    """The same where migrations make the same database."""
    releases = (django.VERSION, wagtail.VERSION, sqlite3.sqlite_version)
    digest = hashlib.sha256(repr(releases).encode())
    for path in sorted(path for name in ("archive", "newsroom") for path in sources(ROOT / name)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label} {path.name} {path.stat().st_size}".encode())
    return digest.hexdigest()[:32]


def sources(folder: Path) -> list[Path]:
    return list(folder.rglob("*.py"))
