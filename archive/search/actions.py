"""The index's verbs: index stories, forget them, follow an entity that was renamed.

What is written of some stories is planned first, from what was read and cut, here or in another
process; the plan is carried out under a lock.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from archive.entities.models import Entity, EntityName
from archive.search import headlines
from archive.search.documents import documents_of
from archive.search.engines import IndexedText, RemoteEngine, SearchError, SQLEngine, get_engine
from archive.search.models import SearchDocument
from archive.search.names import store_names
from archive.stories.models import ArticleEntity, ArticlePage

logger = logging.getLogger(__name__)

BATCH = 200
# An entity of more stories is left to `check_archive search --repair`: nobody should wait for it.
FEW_STORIES = 100

# By story, the keys of its documents.
Keys = dict[int, set[int]]


@dataclass(frozen=True)
class DocumentEntry:
    """A document to write: its row's values, its headline's words, its texts."""

    row: dict[str, Any]
    headline: list[str]
    texts: dict[str, str]
    facets: dict[str, Any]


@dataclass(frozen=True)
class IndexPlan:
    """Both of a wrong story's documents, or none.

    `stored` are the keys of these stories' documents as they were when the stories were read;
    `live` the stories that should have some.
    """

    pks: list[int]
    stored: Keys
    live: set[int]
    wrong: set[int]
    entries: list[DocumentEntry]


def plan_stories(pks: Collection[int], *, anew: bool = False) -> IndexPlan:
    """What brings the index in step with these stories; all of them are written where `anew`.

    What is stored is read first: a story that is indexed by somebody else from then on can be
    told by it.
    """
    rows = SearchDocument.objects.filter(article__in=pks)
    stored = list(rows.values_list("article", "language", "pk", "digest"))
    digests = {(article, language): digest for article, language, _pk, digest in stored}
    documents, engine = documents_of(pks), get_engine()
    # Both of a story's documents or neither: the later sets of stories rely on it.
    wrong = {
        one.article_id
        for one in documents
        if anew or digests.get((one.article_id, one.language)) != one.digest
    }
    wanted = {(one.article_id, one.language) for one in documents}
    wrong |= {article for article, language in digests if (article, language) not in wanted}
    return IndexPlan(
        list(pks),
        by_story((article, pk) for article, _language, pk, _digest in stored),
        {one.article_id for one in documents},
        wrong,
        [
            DocumentEntry(
                {"article_id": one.article_id, "language": one.language, "digest": one.digest}
                | one.row,
                headlines.words_of(one.texts["headline"]),
                engine.shape(one.cut()),
                one.facets,
            )
            for one in documents
            if one.article_id in wrong
        ],
    )


def by_story(rows: Iterable[tuple[int, int]]) -> Keys:
    """(story, key) … by story."""
    found: dict[int, set[int]] = defaultdict(set)
    for article, pk in rows:
        found[article].add(pk)
    return dict(found)


def lock(pks: Collection[int]) -> None:
    """On PostgreSQL, let nobody else index these stories until this is committed.

    A statement of its own: what is read after it is as the last holder of the lock left it.
    """
    if connection.features.has_select_for_update:
        rows = ArticlePage.objects.select_for_update(of=("self",), no_key=True)
        list(rows.filter(pk__in=pks).order_by("pk").values_list("pk"))


def carry_out(plan: IndexPlan, stale: Collection[int] = ()) -> int:
    """Write what was planned, of stories that are locked; how many documents were written.

    The plan says nothing of `stale` stories: they changed since.
    """
    wrong = plan.wrong.difference(stale)
    forget_documents([key for pk in wrong for key in plan.stored.get(pk, ())])
    if gone := plan.stored.keys() - plan.live - set(stale):
        notify_remote(lambda engine: engine.forget(gone), [])
    entries = [one for one in plan.entries if one.row["article_id"] not in stale]
    if not entries:
        return 0
    made = SearchDocument.objects.bulk_create(SearchDocument(**one.row) for one in entries)
    keys = [document.pk for document in made]
    headlines.write([(pk, one.headline) for pk, one in zip(keys, entries, strict=True)])
    texts = [IndexedText(pk, one.texts, one.facets) for pk, one in zip(keys, entries, strict=True)]
    engine = get_engine()
    if isinstance(engine, SQLEngine):
        engine.write(texts)
    else:
        notify_remote(lambda engine: engine.write(texts), keys)
    return len(entries)


def forget_documents(keys: Collection[int]) -> None:
    """Take documents out of the index, by their keys."""
    if keys:
        # Its text goes with the row: a trigger of the database sees to that.
        SearchDocument.objects.filter(pk__in=keys).delete()


def notify_remote(verb: Callable[[RemoteEngine], None], pks: list[int]) -> None:
    """Once it is committed, tell an engine that is no part of the database.

    Where that fails, publishing doesn't: these documents count as outdated, and the command
    `check_archive search --repair` sends them again.
    """
    engine = get_engine()
    if not isinstance(engine, RemoteEngine):
        return

    def send() -> None:
        try:
            verb(engine)
        except SearchError:
            logger.exception(
                "The search engine was not told; run “manage.py check_archive search --repair”."
            )
            SearchDocument.objects.filter(pk__in=pks).update(digest="")

    transaction.on_commit(send)


@transaction.atomic(savepoint=False)
def index_stories(pks: Collection[int], *, anew: bool = False) -> int:
    """Bring the documents of these stories in step with their pages; how many were written.

    A story that isn't live, or is gone, loses its documents. What is right already is left alone,
    unless `anew`.
    """
    lock(pks)
    return carry_out(plan_stories(pks, anew=anew))


def index_many(pks: Iterable[int]) -> None:
    """Bring any number of stories in step, batch by batch."""
    for batch in batches(sorted(pks)):
        index_stories(batch)


@transaction.atomic
def index_again(pks: Collection[int]) -> None:
    """Write stories anew, whatever became of them: an engine of its own may not have been told."""
    lock(pks)
    forget_stories(pks)
    index_stories(pks)


def forget_stories(pks: Collection[int]) -> None:
    """Take stories out of the index."""
    documents = SearchDocument.objects.filter(article__in=pks)
    forget_documents(list(documents.values_list("pk", flat=True)))
    notify_remote(lambda engine: engine.forget(pks), [])


# The entities whose names were changed in `names_together`; None outside it.
_changed: ContextVar[set[int] | None] = ContextVar("changed names", default=None)


@contextmanager
def names_together() -> Iterator[None]:
    """While many names are loaded: their keys are stored at the end, once for all of them."""
    changed: set[int] = set()
    token = _changed.set(changed)
    try:
        with transaction.atomic():
            yield
            for some in batches(sorted(changed)):
                store_names(Entity.with_merged.filter(pk__in=some).prefetch_related("names"))
    finally:
        _changed.reset(token)


def _store_names(entity_id: int, entities: Iterable[Entity]) -> None:
    changed = _changed.get()
    if changed is None:
        store_names(entities)
    else:
        changed.add(entity_id)


def follow_entity(entity: Entity) -> None:
    """After a change of an entity's names: its keys at once, and its stories if they are few."""
    with transaction.atomic():
        _store_names(entity.pk, [entity])
        same = Entity.with_merged.same_as([entity.canonical.pk]).values("pk")
        tagged = ArticleEntity.objects.filter(entity__in=same).values_list("page", flat=True)
        pks = list(tagged.distinct()[: FEW_STORIES + 1])
        if len(pks) <= FEW_STORIES:
            index_stories(pks)


def follow_merge(entities: Collection[int]) -> None:
    """After names were merged or parted: their keys. Their stories are indexed as any others."""
    # A merged name isn't saved, and is found under the one that is kept.
    store_names(Entity.with_merged.filter(pk__in=entities))


def follow_name(name: EntityName) -> None:
    """After a change of another form: no story is indexed under it, but a query knows it."""
    _store_names(name.entity_id, Entity.objects.filter(pk=name.entity_id))


def batches(keys: Iterable[int], size: int | None = None) -> Iterator[list[int]]:
    """The keys in order, so many at a time."""
    every, size = list(keys), size or BATCH
    for start in range(0, len(every), size):
        yield every[start : start + size]
