"""Fills a site in bulk: copies every row that a really published page left behind.

A copy has what the original has (revisions, translations, tags, log entries, references and
search index entries), under ids of its own. Texts and revisions are the original's.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.models import IndexEntry

CHUNK = 500
Model = type[models.Model]
# What is different about the copy of this number: {model: {column: value}}.
Changes = dict[Model, dict[str, Any]]


@dataclass
class _Row:
    """One row to copy; `links` are the columns that hold ids, each with the table they are of."""

    model: Model
    values: dict[str, Any]
    links: list[tuple[str, Model, int]] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)


class Herd:
    """Copies of some original pages, taken in turn."""

    def __init__(self, originals: Sequence[Page]) -> None:
        self._originals = [_rows_of(page) for page in originals]
        found = {_root(row.model) for rows in self._originals for row in rows}
        self._next = {model: _highest(model) + 1 for model in found}

    def make(self, count: int, changes: Callable[[int], Changes]) -> None:
        """Insert `count` copies; all indexes and triggers of the tables stay in force."""
        for start in range(0, count, CHUNK):
            rows: dict[Model, list[dict[str, Any]]] = defaultdict(list)
            for number in range(start, min(start + CHUNK, count)):
                original = self._originals[number % len(self._originals)]
                for model, values in self._copy(original, changes(number)):
                    rows[model].append(values)
            _insert(rows)
        _reset_sequences(self._next)

    def _copy(
        self, original: list[_Row], changes: Changes
    ) -> Iterable[tuple[Model, dict[str, Any]]]:
        new_ids: dict[tuple[Model, int], int] = {}
        for row in original:
            key = row.model._meta.pk
            if _root(row.model) is row.model and isinstance(key, models.AutoField):
                new_ids[row.model, row.values[key.column]] = self._next[row.model]
                self._next[row.model] += 1
        for row in original:
            values = {**row.values, **changes.get(row.model, {})}
            for column, model, old in row.links:
                if (new := new_ids.get((model, old))) is not None:
                    values[column] = type(row.values[column])(new)
            for column in row.fresh:
                column_type = row.model._meta.get_field(column)
                values[column] = column_type.get_db_prep_value(uuid.uuid4(), connection)
            yield row.model, values


def _rows_of(page: Page) -> list[_Row]:
    """The page's own rows that deleting it would take along, and those that say what it did."""
    collector = NestedObjects(using="default")
    collector.collect([page])
    found: dict[Model, set[Any]] = {
        model: {one.pk for one in instances}
        for model, instances in collector.data.items()
        # Triggers of the index table write its full-text table.
        if "_fts" not in model._meta.db_table
    }
    for model in list(found):
        ids = [str(pk) for pk in found[model]]
        content_type = ContentType.objects.get_for_model(model)
        for generic in (ReferenceIndex, IndexEntry):
            entries = generic.objects.filter(content_type=content_type, object_id__in=ids)
            found.setdefault(generic, set()).update(entries.values_list("pk", flat=True))
    entries = PageLogEntry.objects.filter(page=page.pk)
    found[PageLogEntry] = set(entries.values_list("pk", flat=True))
    rows = (row for model, ids in found.items() if ids for row in _read(model, sorted(ids)))
    return [row for row in rows if _is_own(row, page)]


def _read(model: Model, ids: list[Any]) -> Iterable[_Row]:
    """The rows as the database's driver gives them, so that they go back in as they are."""
    quote = connection.ops.quote_name
    marks = ", ".join(["%s"] * len(ids))
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {key} IN ({marks})", ids)
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]
    return [_Row(model, values, _links(model, values), _fresh(model)) for values in rows]


def _is_own(row: _Row, page: Page) -> bool:
    """Not a row that another page has, in which this one is only named: the list of related
    stories in which it has a place would grow by every copy."""
    pages = [old for _column, model, old in row.links if model is Page]
    return not pages or pages[0] == page.pk


def _links(model: Model, values: dict[str, Any]) -> list[tuple[str, Model, int]]:
    links = []
    for one in model._meta.local_concrete_fields:
        value = values[one.column]
        if one.primary_key and one.remote_field is None:
            links.append((one.column, model, value))
        elif one.remote_field and value is not None:
            links.append((one.column, _root(one.remote_field.model), value))
    if "object_id" in values:
        target = ContentType.objects.get_for_id(values["content_type_id"]).model_class()
        if target is not None and str(values["object_id"]).isdigit():
            links.append(("object_id", _root(target), int(values["object_id"])))
    return links


def _fresh(model: Model) -> list[str]:
    return [f.name for f in model._meta.local_concrete_fields if f.name == "translation_key"]


def _root(model: Model) -> Model:
    """The table that gives this table's rows their ids."""
    key = model._meta.pk
    return _root(key.remote_field.model) if key.remote_field else model


def _highest(model: Model) -> int:
    return model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0


def _insert(rows: dict[Model, list[dict[str, Any]]]) -> None:
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for model, of_model in rows.items():
            columns = list(of_model[0])
            names = ", ".join(quote(column) for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})",
                [[values[column] for column in columns] for values in of_model],
            )


def _reset_sequences(tables: Iterable[Model]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
