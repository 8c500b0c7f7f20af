"""Rows by the hundred into a table, where Django's `bulk_create` is slow or refuses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.db.models import AutoField, Model

T = TypeVar("T")
_Values = Sequence[str | int | None]


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most so many."""
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some


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


def insert_objects(objects: Sequence[Model]) -> None:
    """New objects, all of one model: its own table's rows, in one statement that is prepared once.

    `bulk_create` refuses models with parents, as it can't know the keys; here the rows in the
    parents' tables are there, and the objects have their keys. Other objects don't get theirs.
    """
    if not objects:
        return
    quote, model = connection.ops.quote_name, type(objects[0])
    fields = [one for one in model._meta.local_concrete_fields if not isinstance(one, AutoField)]
    columns = ", ".join(quote(str(one.column)) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    rows = [
        [one.get_db_prep_save(one.pre_save(thing, True), connection) for one in fields]
        for thing in objects
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def set_columns(model: type[Model], names: Sequence[str], rows: Iterable[_Values]) -> None:
    """Writes these columns of the rows with the keys that stand last in `rows`: one statement,
    prepared once."""
    quote = connection.ops.quote_name
    columns = [quote(str(model._meta.get_field(name).column)) for name in names]  # type: ignore[union-attr]
    key = quote(str(model._meta.pk.column))  # type: ignore[union-attr]
    written = ", ".join(f"{column} = %s" for column in columns)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {written} WHERE {key} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))
