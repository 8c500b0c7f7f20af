"""Narrow rows by the hundred into a table."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model

_Values = Sequence[str | int | None]


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[_Values]) -> None:
    """As `bulk_create(ignore_conflicts=True)`, of values as the database has them.

    Django makes an object of each row and goes through all its values: for hundreds of numbers of
    one text that takes ten times as long as storing them.
    """
    values = list(rows)
    if not values:
        return
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(quote(str(field.column)) for field in fields)  # type: ignore[union-attr]
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(f"{statement} ON CONFLICT DO NOTHING", values)
