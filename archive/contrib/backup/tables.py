"""Rows out of a database and into one, in a form that SQLite and PostgreSQL have in common.

A table is a gzipped file of JSON Lines, a list of values for each row, in the order of its key.
Values are what Django makes of them, before a field's own conversion: dates are ISO 8601 with
their zone, JSON is its text, bytes are Base64. The ORM would build half a million instances, and
has no COPY: so the SQL is here.
"""

import gzip
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, connections, models, transaction
from django.utils.dateparse import parse_duration
from django.utils.duration import duration_iso_string
from wagtail.images.models import AbstractRendition
from wagtail.search.models import IndexEntry

from archive.integrity.evidence import tables
from archive.search.models import SearchChange

_SEARCH = IndexEntry._meta.app_label
_ROWS = 500
_PARSED: dict[str, Callable[[Any], Any]] = {
    "BinaryField": b64decode,
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "DurationField": parse_duration,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}
Row = list[Any]


def models_kept(*, renditions: bool = False) -> dict[str, type[models.Model]]:
    """The model of each table that a backup holds, in the order of the tables' names."""
    return {table: model for table, model in tables().items() if _is_kept(model, renditions)}


def _is_kept(model: type[models.Model], renditions: bool) -> bool:
    if issubclass(model, AbstractRendition):
        return renditions
    is_rebuilt = model._meta.app_label == _SEARCH or getattr(model, "archive_backup_ignore", False)
    # Sessions say who is logged in, and that is nobody's to keep.
    return not is_rebuilt and not issubclass(model, Session)


def columns_of(model: type[models.Model]) -> dict[str, str]:
    """The table's columns, each with the kind of the Django field that holds its values."""
    return {field.column: _resolved(model, field).get_internal_type() for field in _fields(model)}


def _fields(model: type[models.Model]) -> list[Any]:
    fields: list[Any] = list(model._meta.local_concrete_fields)
    return [one for one in fields if one.column and not getattr(one, "generated", False)]


def _resolved(model: type[models.Model], field: Any) -> Any:
    """The field itself, or the one that a foreign key points to."""
    return field.get_col(model._meta.db_table).output_field


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within is of one moment; others write meanwhile."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    database: Any = connections[connection.alias]
    mode = database.transaction_mode
    # One that begins as a writer would keep all others from writing.
    database.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        database.transaction_mode = mode


def write_table(model: type[models.Model], path: Path) -> int:
    """Write the table's rows into the file; gives how many there are."""
    quote = connection.ops.quote_name
    fields, table = _fields(model), model._meta.db_table
    converters = [(place, one) for place, f in enumerate(fields) for one in _read(f)]
    names = ", ".join(quote(field.column) for field in fields)
    order = ", ".join(quote(field.column) for field in _key(model))
    count = 0
    with (
        path.open("wb") as raw,
        # Without name and time, the same rows make the same file.
        gzip.GzipFile("", "wb", 5, raw, mtime=0) as stream,
        connection.chunked_cursor() as cursor,
    ):
        cursor.execute(f"SELECT {names} FROM {quote(table)} ORDER BY {order}")
        while rows := cursor.fetchmany(_ROWS):
            for row in rows:
                values = list(row)
                for place, convert in converters:
                    values[place] = convert(values[place])
                line = json.dumps(values, ensure_ascii=False, default=_as_text)
                stream.write(f"{line}\n".encode())
            count += len(rows)
    return count


def _key(model: type[models.Model]) -> Sequence[Any]:
    # Django's own name for the columns of a composite key.
    return getattr(model._meta, "pk_fields", None) or [model._meta.pk]


def _read(field: Any) -> Iterator[Callable[[Any], Any]]:
    """What makes Python's values of the driver's: none of the field's own."""
    column = field.get_col(field.model._meta.db_table)
    for convert in connection.ops.get_db_converters(column):
        yield partial(_called, convert, column)


def _called(convert: Callable[..., Any], column: Any, value: Any) -> Any:
    return convert(value, column, connection)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} {value!r}")


def read_table(path: Path) -> Iterator[Row]:
    """The rows of a table's file as they are written there."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        yield from map(json.loads, stream)


def load_table(
    table: str,
    columns: dict[str, str],
    rows: Iterator[Row],
    *,
    respell: bool,
) -> None:
    """Insert rows of `read_table` with the keys that they had.

    `respell`: JSON as Django writes it, where another database has spelt it its own way.
    """
    quote = connection.ops.quote_name
    kinds = [(place, kind) for place, kind in enumerate(columns.values())]
    converters = [(place, one) for place, kind in kinds if (one := _stored(kind))]
    if respell:
        converters += [(place, _as_django_writes) for place, kind in kinds if kind == "JSONField"]
    names = ", ".join(map(quote, columns))
    made = (_converted(row, converters) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for row in made:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        while some := list(islice(made, _ROWS)):
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", some)


def _converted(row: Row, converters: Sequence[tuple[int, Callable[[Any], Any]]]) -> Row:
    for place, convert in converters:
        if row[place] is not None:
            row[place] = convert(row[place])
    return row


def _stored(kind: str) -> Callable[[Any], Any] | None:
    """What makes the driver's value of the file's; None where they are the same."""
    parse = _PARSED.get(kind)
    # Drivers take these as they are.
    if parse is None or kind in ("BinaryField", "DecimalField"):
        return parse
    field: Any = getattr(models, kind)()
    return lambda text: field.get_db_prep_value(parse(text), connection)


def _as_django_writes(text: str) -> str:
    return json.dumps(json.loads(text))


def empty_tables() -> None:
    """Delete the rows of all models; full-text tables are emptied by their triggers."""
    every = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for model in apps.get_models():
        is_text = model._meta.app_label == _SEARCH and model is not IndexEntry
        if is_text or not model._meta.managed:
            every.pop(model._meta.db_table, None)
    # Deleting a document notes it there.
    tables = sorted(every, key=lambda table: table == SearchChange._meta.db_table)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def last_key(model: type[models.Model]) -> int | None:
    """The last key that the database gave to a row of this table; None where it gives none."""
    table, key = model._meta.db_table, model._meta.pk
    if not isinstance(key, models.AutoField):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            return (cursor.fetchone() or [0])[0]
        names = [connection.ops.quote_name(table), key.column]
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", names)
        cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")
        value, is_called = cursor.fetchone()
        return value if is_called else 0


def set_last_key(model: type[models.Model], value: int) -> None:
    """So that no new row gets the key of one that was deleted: logs and feeds still name it."""
    table, key = model._meta.db_table, model._meta.pk
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, value])
        else:
            names = [connection.ops.quote_name(table), key.column]
            sql = "SELECT setval(pg_get_serial_sequence(%s, %s), greatest(%s, 1), %s)"
            cursor.execute(sql, [*names, value, value > 0])
