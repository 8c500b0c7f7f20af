"""Databases for the workers: made empty once for each kind of site, then copied."""

import os
import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from urllib.parse import urlsplit


class Databases(ABC):
    """URLs of databases that are gone when the run is over."""

    @abstractmethod
    def make(self, name: str, template: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of another one that nobody is using."""

    @abstractmethod
    def drop_all(self) -> None: ...

    @abstractmethod
    def size(self, name: str) -> int:
        """Bytes on disk."""


class SqliteFiles(Databases):
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, name: str, template: str | None = None) -> str:
        if template:
            shutil.copyfile(self._path(template), self._path(name))
        return f"sqlite:///{self._path(name)}"

    def drop_all(self) -> None:
        """They go with their folder."""

    def size(self, name: str) -> int:
        return os.path.getsize(self._path(name))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


class PostgresDatabases(Databases):
    """On the server that `url` names; its user may make databases."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._made: list[str] = []

    def make(self, name: str, template: str | None = None) -> str:
        database = self._database(name)
        copied = f' TEMPLATE "{self._database(template)}"' if template else ""
        self._execute(f'CREATE DATABASE "{database}"{copied}')
        self._made.append(database)
        return urlsplit(self.url)._replace(path=f"/{database}").geturl()

    def drop_all(self) -> None:
        for database in self._made:
            self._execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def size(self, name: str) -> int:
        return int(self._execute("SELECT pg_database_size(%s)", self._database(name)))

    def _database(self, name: str) -> str:
        return f"bench_{os.getpid()}_{name}"

    def _execute(self, sql: str, *params: str) -> int:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(sql, params or None)
            return cursor.fetchone()[0] if cursor.description else 0
