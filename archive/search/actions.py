"""The index's verbs: index stories, forget them, follow an entity that was renamed."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from django.db import connection, transaction

from archive.entities.models import Entity
from archive.pages.models import ArticleEntity, ArticlePage
from archive.search.bulk import insert_rows
from archive.search.engines import Engine, SearchError, SQLEngine, get_engine
from archive.search.engines.base import Text
from archive.search.hints import headlines
from archive.search.models import SearchDocument
from archive.search.names import keep_names
from archive.search.planning import COLUMNS, Entry, Plan, plan_stories

logger = logging.getLogger(__name__)

BATCH = 200
# An entity of more stories is left to `rebuild_search`: nobody should wait for it.
FEW_STORIES = 100
_KEY = ("article", "language")


@transaction.atomic
def index_stories(pks: Collection[int], *, anew: bool = False) -> int:
    """Bring the documents of these stories in step with their pages; how many were written.

    A story that isn't live, or is gone, loses its documents. What is right already is left alone,
    unless `anew`.
    """
    lock(pks)
    return carry_out(plan_stories(pks, anew=anew))


def carry_out(plan: Plan) -> int:
    """Write what was planned, of stories that are locked; how many documents were written."""
    forget_documents([key for pk in plan.wrong for key in plan.stored.get(pk, ())])
    gone = plan.gone
    if gone:
        _tell_remote(lambda engine: engine.forget(gone), [])
    _write(plan.entries)
    return len(plan.entries)


def index_many(pks: Iterable[int]) -> None:
    """Bring any number of stories in step, batch by batch."""
    for batch in batches(sorted(pks)):
        index_stories(batch)


def forget_stories(pks: Collection[int]) -> None:
    """Take stories out of the index."""
    forget_documents(SearchDocument.objects.filter(article__in=pks).values_list("pk", flat=True))
    _tell_remote(lambda engine: engine.forget(pks), [])


def follow_entity(entity: Entity) -> None:
    """After a change of an entity's names: its keys at once, and its stories if they are few."""
    with transaction.atomic():
        keep_names([entity])
        same = Entity.with_merged.same_as([entity.canonical.pk]).values("pk")
        tagged = ArticleEntity.objects.filter(entity__in=same).values_list("page", flat=True)
        pks = list(tagged.distinct()[: FEW_STORIES + 1])
        if len(pks) <= FEW_STORIES:
            index_stories(pks)


def lock(pks: Collection[int]) -> None:
    """On PostgreSQL, let nobody else index these stories until this is committed.

    A statement of its own: what is read after it is as the last holder of the lock left it.
    """
    if connection.features.has_select_for_update:
        rows = ArticlePage.objects.select_for_update(of=("self",), no_key=True)
        list(rows.filter(pk__in=pks).order_by("pk").values_list("pk"))


def _write(entries: Sequence[Entry]) -> None:
    insert_rows(SearchDocument, COLUMNS, [one.row for one in entries])
    rows = SearchDocument.objects.filter(article__in={one.article_id for one in entries})
    ids = {(article, language): pk for pk, article, language in rows.values_list("pk", *_KEY)}
    headlines.write([(ids[one.key], one.headline) for one in entries])
    texts = [Text(ids[one.key], one.texts, one.facets) for one in entries]
    engine = get_engine()
    if isinstance(engine, SQLEngine):
        engine.write(texts)
    elif texts:
        _tell_remote(lambda engine: engine.write(texts), [one.id for one in texts])


def _tell_remote(verb: Callable[[Engine], None], pks: list[int]) -> None:
    """Once it is committed, tell an engine that is no part of the database.

    Where that fails, publishing doesn't: these documents count as outdated, and `rebuild_search`
    sends them again.
    """
    engine = get_engine()
    if isinstance(engine, SQLEngine):
        return

    def send() -> None:
        try:
            verb(engine)
        except SearchError:
            logger.exception("The search engine was not told; run “manage.py rebuild_search”.")
            SearchDocument.objects.filter(pk__in=pks).update(digest="")

    transaction.on_commit(send)


def forget_documents(ids: Iterable[int]) -> None:
    """Take documents out of the index, by their keys."""
    gone = list(ids)
    if gone:
        # Its text goes with the row: the database sees to that.
        SearchDocument.objects.filter(pk__in=gone).delete()


def batches(keys: Iterable[int], size: int | None = None) -> Iterator[list[int]]:
    """The keys in order, so many at a time."""
    every, size = list(keys), size or BATCH
    for start in range(0, len(every), size):
        yield every[start : start + size]
