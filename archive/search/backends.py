"""Wagtail's database search, at a cost that doesn't grow with the archive.

Stock Wagtail recomputes the average title length over all entries whenever one object is saved,
to weigh titles against each other; so publishing gets slower with every story. Here a new entry
is weighed against the latest ones. A rebuild of the index still weighs each against all.
"""

import logging
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import F, Model
from django.db.models.functions import Length
from modelsearch.backends import get_search_backends
from modelsearch.index import AutocompleteField
from modelsearch.query import MATCH_NONE, And, Fuzzy, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk

from archive.photos.search_fields import as_compared

if connection.vendor == "postgresql":
    from modelsearch.backends.database.postgres.postgres import PostgresIndex as StockIndex
    from modelsearch.backends.database.postgres.postgres import (
        PostgresSearchBackend as StockBackend,
    )
else:
    from modelsearch.backends.database.sqlite.sqlite import ObjectIndexer
    from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex as StockIndex
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as StockBackend

logger = logging.getLogger(__name__)

# Enough titles for a fair average, few enough for a small fixed cost.
SAMPLE = 50
# Wagtail nests as many functions as there are words: Python stops at some hundred.
MOST_WORDS = 32


class BoundedIndex(StockIndex):
    """Weighs the titles of what was just written, and only those."""

    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        objs = list(objs)
        super().add_items(model, objs)
        written = self._entries_of(model, [str(obj.pk) for obj in objs])
        titled = written.annotate(title_length=Length("title")).filter(title_length__gt=0)
        titled.update(title_norm=self._usual_title_length() / F("title_length"))

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)

    def _entries_of(self, model: type[Model], ids: Iterable[str]) -> Any:
        return self.entries.filter(
            content_type_id=get_content_type_pk(model), object_id__in=list(ids)
        )

    def _usual_title_length(self) -> float:
        """The average of the latest entries, found by primary key; 0.0 without entries."""
        latest = self.entries.order_by("-pk").values_list(Length("title"), flat=True)[:SAMPLE]
        lengths = [length for length in latest if length]
        return sum(lengths) / len(lengths) if lengths else 0.0


class SQLiteIndex(BoundedIndex):
    """Writes only what differs: each write of an entry makes SQLite index its text anew."""

    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        if not model.get_search_fields():  # type: ignore[attr-defined]
            return
        texts = {str(obj.pk): self._text_of(obj) for obj in objs}
        known = {entry.object_id: entry for entry in self._entries_of(model, texts)}
        for object_id, entry in known.items():
            text = texts[object_id]
            if any(getattr(entry, name) != value for name, value in text.items()):
                norm = _norm(len(entry.title) * entry.title_norm, text["title"])
                self.entries.filter(pk=entry.pk).update(**text, title_norm=norm)
        self._create(model, {id_: text for id_, text in texts.items() if id_ not in known})

    def _text_of(self, obj: Model) -> dict[str, str]:
        """What the entry's columns hold; each field is read once, a story's bodies included."""
        parts: dict[str, list[str]] = {"title": [], "autocomplete": [], "body": []}
        indexer = ObjectIndexer(obj, self.backend)
        for searched in indexer.search_fields:
            for field, value in indexer.prepare_field(obj, searched):
                if isinstance(field, AutocompleteField):
                    parts["autocomplete"].append(value)
                else:
                    parts["title" if field.field_name == "title" else "body"].append(value)
        return {name: " ".join(values) for name, values in parts.items()}

    def _create(self, model: type[Model], texts: dict[str, dict[str, str]]) -> None:
        if not texts:
            return
        usual_length = self._usual_title_length()
        self.entries.bulk_create(
            self.entries.model(
                content_type_id=get_content_type_pk(model),
                object_id=object_id,
                title_norm=_norm(usual_length, text["title"]),
                **text,
            )
            for object_id, text in texts.items()
        )


def _norm(usual_length: float, title: str) -> float:
    """How much shorter than usual a title is; a match in a short one says more."""
    return usual_length / len(title) if usual_length and title else 1.0


class SearchBackend(StockBackend):
    """Wagtail's, for whatever people type: stock Wagtail passes on signs that no database takes."""

    index_class = SQLiteIndex if connection.vendor == "sqlite" else BoundedIndex

    def search(self, query: SearchQuery | str, *args: Any, **kwargs: Any) -> Any:
        return super().search(_searchable(query), *args, **kwargs)

    def autocomplete(self, query: SearchQuery | str, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = as_compared(query)
        return super().autocomplete(_searchable(query), *args, **kwargs)


def _searchable(query: SearchQuery | str) -> SearchQuery:
    """The query's words without signs that mean something to a database; nothing for no words."""
    if isinstance(query, str):
        query = PlainText(query)
    if isinstance(query, PlainText | Phrase | Fuzzy):
        query.query_string = _words(query.query_string)
        return query if query.query_string else MATCH_NONE
    if isinstance(query, And | Or):
        parts = [_searchable(one) for one in query.subqueries[:MOST_WORDS]]
        kept = [one for one in parts if one is not MATCH_NONE]
        return type(query)(kept) if kept else MATCH_NONE
    return query


def _words(typed: str) -> str:
    """No quotation marks, no half characters or NUL, nothing without a letter or figure."""
    text = typed.encode(errors="ignore").decode().replace("\0", " ").replace('"', " ")
    words = (word for word in text.split() if any(map(str.isalnum, word)))
    return " ".join(islice(words, MOST_WORDS))


def index_objects(model: type[Model], objects: Sequence[Model]) -> None:
    """Bring Wagtail's search in step with these as they are, all of them together."""
    for backend in get_search_backends(with_auto_update=True):
        try:
            backend.add_bulk(model, objects)
        except Exception:
            # As Wagtail does: an engine that is away keeps nobody from publishing.
            if not backend.catch_indexing_errors:
                raise
            logger.exception("%s weren't added to Wagtail's search.", model.__name__)
