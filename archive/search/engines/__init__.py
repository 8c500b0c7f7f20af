"""Full-text engines behind one interface: the database's own, or the one that a setting names."""

from django.db import connection
from django.utils.module_loading import import_string

from archive.conf import settings
from archive.search.engines.base import Engine, SearchError, SQLEngine


def get_engine() -> Engine:
    """The engine that ARCHIVE_SEARCH_ENGINE names, or else the one of the site's database."""
    if path := settings.SEARCH_ENGINE:
        engine: Engine = import_string(path)(**settings.SEARCH_OPTIONS)
        return engine
    if connection.vendor == "postgresql":
        from archive.search.engines.postgres import PostgresEngine

        return PostgresEngine()
    from archive.search.engines.sqlite import SQLiteEngine

    return SQLiteEngine()


__all__ = ["Engine", "SQLEngine", "SearchError", "get_engine"]
