"""Full-text engines behind one interface: the database's own, or the one that a setting names."""

from django.db import connection
from django.utils.module_loading import import_string

from archive.conf import settings
from archive.search.engines.base import RemoteEngine, SearchError, SQLEngine

_OF_DATABASES = {
    "postgresql": "archive.search.engines.postgres.PostgresEngine",
    "sqlite": "archive.search.engines.sqlite.SQLiteEngine",
}


def get_engine() -> RemoteEngine | SQLEngine:
    """The engine that ARCHIVE_SEARCH_ENGINE names, or else the one of the site's database."""
    engine: RemoteEngine | SQLEngine
    if path := settings.SEARCH_ENGINE:
        engine = import_string(path)(**settings.SEARCH_OPTIONS)
    else:
        engine = import_string(_OF_DATABASES[connection.vendor])()
    return engine


__all__ = ["RemoteEngine", "SQLEngine", "SearchError", "get_engine"]
