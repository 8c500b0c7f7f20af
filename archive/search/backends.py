"""Wagtail's database search, without its look at the whole index on every save.

Stock Wagtail recomputes the average title length over all entries whenever one object is saved,
to weigh titles against each other. Here a new entry is weighed against the latest entries;
a rebuild of the index still weighs all of them.
"""

from typing import Any

from django.db import connection
from django.db.models import Avg, F
from django.db.models.functions import Length

if connection.vendor == "postgresql":
    from modelsearch.backends.database.postgres.postgres import PostgresIndex as StockIndex
    from modelsearch.backends.database.postgres.postgres import (
        PostgresSearchBackend as StockBackend,
    )
else:
    from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex as StockIndex
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as StockBackend

# Enough entries for a fair average, few enough for a fixed cost.
SAMPLE = 500


class BoundedIndex(StockIndex):
    """Weighs the titles of what was just written, and only those."""

    def add_items(self, model: Any, objs: Any) -> None:
        objs = list(objs)
        super().add_items(model, objs)
        written = self.entries.filter(
            content_type_id__in=self._content_type_ids(objs),
            object_id__in=[str(obj.pk) for obj in objs],
        )
        self._weigh(written)

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)

    def _content_type_ids(self, objs: list[Any]) -> list[int]:
        from modelsearch.utils import get_content_type_pk

        return [get_content_type_pk(model) for model in {type(obj) for obj in objs}]

    def _weigh(self, written: Any) -> None:
        latest = self.entries.annotate(title_length=Length("title")).order_by("-pk")[:SAMPLE]
        average = latest.aggregate(average=Avg("title_length"))["average"]
        if average:
            titled = written.annotate(title_length=Length("title")).filter(title_length__gt=0)
            titled.update(title_norm=average / F("title_length"))


class SearchBackend(StockBackend):
    index_class = BoundedIndex
