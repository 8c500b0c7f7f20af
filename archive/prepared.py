"""Queries whose SQL is made once a process, for what readers and editors wait for.

Django takes longer to make a query's SQL than a database takes to answer it by an index: of the
queries of a story's page that was a third of the time that the page took.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.db.models.expressions import Expression

# Of so many shapes the SQL is kept.
_MOST_SHAPES = 20


class Given(Expression):
    """Stands in a prepared query for a value that each call gives, of the field's type."""

    def __init__(self, name: str, output_field: models.Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def value(self, values: Mapping[str, Any]) -> Any:
        return values[self.name]


class GivenSeveral(Expression):
    """Stands on the right side of `__in` for so many values, that each call gives as one list."""

    def __init__(self, name: str, count: int, output_field: models.Field) -> None:
        super().__init__(output_field=output_field)
        self.name, self.count = name, count

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        given = [_GivenOfSeveral(self.name, n, self.output_field) for n in range(self.count)]
        return f"({', '.join(['%s'] * self.count)})", given


class _GivenOfSeveral(Given):
    def __init__(self, name: str, place: int, output_field: models.Field) -> None:
        super().__init__(name, output_field)
        self.place = place

    def value(self, values: Mapping[str, Any]) -> Any:
        return values[self.name][self.place]


def padded(values: Iterable[Any]) -> list[Any]:
    """As many as a power of two, the last one repeated: so that few shapes serve any number."""
    found = list(values)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found))


@dataclass(frozen=True)
class _Prepared:
    queryset: models.QuerySet
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]


class PreparedQuery:
    """A query with the same SQL each time: `build` gives its query set, with `Given` and
    `GivenSeveral` for values.

    `build` is told the `shape`, all that the SQL itself depends on. The active language mustn't be
    among it: the query set names the columns of translated fields.
    """

    def __init__(self, build: Callable[..., models.QuerySet]) -> None:
        self._build = build
        self._kept: dict[Hashable, _Prepared] = {}

    def rows(self, *shape: Hashable, **values: Any) -> list[Any]:
        """What the query set would give: objects, or tuples of `values_list`."""
        kept = self._kept.get(shape)
        if kept is None:
            if len(self._kept) >= _MOST_SHAPES:
                self._kept.clear()
            kept = self._kept[shape] = self._prepared(shape)
        queryset = kept.queryset
        connection = connections[queryset.db]
        given = tuple(
            one.output_field.get_db_prep_value(one.value(values), connection)
            if isinstance(one, Given)
            else one
            for one in kept.params
        )
        # Each call has its own: a compiler remembers what it has done. What turns the database's
        # values into Python's is looked up once: of a story's many columns, a quarter of the work.
        bound = _like(
            kept.compiler,
            connection=connection,
            as_sql=lambda: (kept.sql, given),
            get_converters=lambda _columns: kept.converters,
        )
        query = _like(queryset.query, get_compiler=lambda *_args, **_options: bound)
        rows: Any = queryset._iterable_class(_like(queryset, _query=query))
        return list(rows)

    def _prepared(self, shape: tuple[Hashable, ...]) -> _Prepared:
        queryset = self._build(*shape)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        columns = [one[0] for one in compiler.select[: compiler.col_count]]
        return _Prepared(queryset, compiler, sql, tuple(params), compiler.get_converters(columns))


def _like(one: Any, **others: Any) -> Any:
    """Another of its class with the same attributes but these: a plain copy asks the database."""
    found = one.__class__.__new__(one.__class__)
    found.__dict__.update(one.__dict__, **others)
    return found
