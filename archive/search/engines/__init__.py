"""Two full-text engines behind one interface; the database decides which."""

from django.db import connection

from archive.search.engines.base import Engine


def get_engine() -> Engine:
    """The engine of the site's database."""
    if connection.vendor == "postgresql":
        from archive.search.engines.postgres import PostgresEngine

        return PostgresEngine()
    from archive.search.engines.sqlite import SQLiteEngine

    return SQLiteEngine()


__all__ = ["Engine", "get_engine"]
