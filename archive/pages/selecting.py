"""Reads whole rows by SQL that is put together once: for pages that are asked for all the time.

Django would work out the SQL of a query anew each time, which for a story's takes longer than the
database does. Instances come out as from a queryset.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState

Converter = Callable[[Any], Any]


class Columns:
    """A model's columns in a SELECT, under an alias; its instances from their values.

    Fields that aren't among `names` (attnames) are deferred: they would be a query each.
    """

    def __init__(
        self, model: Any, alias: str, names: Iterable[str] | None = None, *, is_plain: bool = False
    ) -> None:
        """`is_plain`: the model adds nothing to its instances when they are loaded, and nobody
        listens for new ones. They are then filled in directly, in a third of the time."""
        self.model = model
        self.alias = alias
        self._is_plain = is_plain
        wanted = None if names is None else set(names)
        self.fields = [
            field
            for field in model._meta.concrete_fields
            if wanted is None or field.attname in wanted or field.primary_key
        ]

    @cached_property
    def names(self) -> list[str]:
        return [field.attname for field in self.fields]

    def sql(self, parent: str = "") -> str:
        """The list for the SELECT; `parent` is the alias of a parent model's table."""
        quote = connection.ops.quote_name
        return ", ".join(
            f"{parent if parent and self._is_inherited(field) else self.alias}"
            f".{quote(field.column)}"
            for field in self.fields
        )

    def _is_inherited(self, field: Any) -> bool:
        return field.model._meta.db_table != self.model._meta.db_table

    def __len__(self) -> int:
        return len(self.fields)

    @cached_property
    def _converters(self) -> list[tuple[int, Converter, bool]]:
        """What makes a value of the column at a place, and whether it makes something of None."""
        found = []
        for place, field in enumerate(self.fields):
            column: Any = field.get_col(self.alias)
            own = column.get_db_converters(connection)
            every = [*connection.ops.get_db_converters(column), *own]
            if every:
                convert = _in_turn(every, column)
                found.append((place, convert, convert(None) is not None))
        return found

    @cached_property
    def key(self) -> int:
        """Where among the values the primary key is."""
        return next(place for place, field in enumerate(self.fields) if field.primary_key)

    def instance(self, row: Sequence[Any], start: int = 0) -> Any:
        """What the values from `start` make; None where a join found nothing."""
        if row[start + self.key] is None:
            return None
        values = list(row[start : start + len(self.fields)])
        for place, convert, takes_none in self._converters:
            value = values[place]
            if value is not None or takes_none:
                values[place] = convert(value)
        if not self._is_plain:
            return self.model.from_db(DEFAULT_DB_ALIAS, self.names, values)
        instance = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        instance.__dict__.update(zip(self.names, values, strict=True), _state=state)
        return instance


def _in_turn(converters: Sequence[Any], column: Any) -> Converter:
    def convert(value: Any) -> Any:
        for one in converters:
            value = one(value, column, connection)
        return value

    return convert


def select(sql: str, params: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of one query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        yield from cursor.fetchall()


def table(model: type[models.Model]) -> str:
    """The model's table, quoted."""
    return connection.ops.quote_name(model._meta.db_table)


def marks(values: Sequence[Any]) -> str:
    """Placeholders for a list of values: "%s, %s, %s"."""
    return ", ".join(["%s"] * len(values))
