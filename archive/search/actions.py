"""The index's verbs: index stories, forget them, follow a renamed entity, rebuild and check."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import QuerySet

from archive.entities.models import Entity
from archive.pages.models import ArticleEntity, ArticlePage
from archive.search import common
from archive.search.bulk import insert_rows
from archive.search.documents import Document, documents_of
from archive.search.editing.storing import mend_for_editors
from archive.search.engines import Engine, SearchError, SQLEngine, get_engine
from archive.search.engines.base import Text
from archive.search.hints import headlines
from archive.search.hints.storing import mend_hints
from archive.search.models import SearchDocument
from archive.search.names import keep_names

logger = logging.getLogger(__name__)

BATCH = 200
# Of a rebuild: each batch is one transaction, of about half a second.
BULK = 500
# An entity of more stories is left to `rebuild_search`: nobody should wait for it.
FEW_STORIES = 100
_KEY = ("article", "language")
# Of a document's row, beside its key and digest.
_ROW = ("print_date", "year", "print_page", "publication_id", "section_id", "has_picture")


@dataclass
class Agreement:
    """How index and pages agree; the keys are of stories."""

    right: int = 0
    missing: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    orphaned: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return not (self.missing or self.outdated or self.orphaned)


@transaction.atomic
def index_stories(pks: Collection[int], *, anew: bool = False) -> int:
    """Bring the documents of these stories in step with their pages; how many were written.

    A story that isn't live, or is gone, loses its documents. What is right already is left alone,
    unless `anew`.
    """
    _lock(pks)
    documents = documents_of(pks)
    stored = {
        (row.article_id, row.language): row
        for row in SearchDocument.objects.filter(article__in=pks)
    }
    # Both of a story's documents or neither: the later sets of stories rely on it.
    wrong = {
        document.article_id
        for document in documents
        if anew or not _is_right(stored.get(_key(document)), document)
    }
    wanted = {_key(document) for document in documents}
    wrong |= {article for article, language in stored if (article, language) not in wanted}
    changed = [document for document in documents if document.article_id in wrong]
    _forget([row.pk for row in stored.values() if row.article_id in wrong])
    gone = {article for article, _language in stored} - {d.article_id for d in documents}
    if gone:
        _tell_remote(lambda engine: engine.forget(gone), [])
    _write(changed)
    return len(changed)


def index_many(pks: Iterable[int]) -> None:
    """Bring any number of stories in step, batch by batch."""
    for batch in _batches(sorted(pks)):
        index_stories(batch)


def forget_stories(pks: Collection[int]) -> None:
    """Take stories out of the index."""
    _forget(SearchDocument.objects.filter(article__in=pks).values_list("pk", flat=True))
    _tell_remote(lambda engine: engine.forget(pks), [])


def follow_entity(entity: Entity) -> None:
    """After a change of an entity's names: its keys at once, and its stories if they are few."""
    with transaction.atomic():
        keep_names([entity])
        tagged = ArticleEntity.objects.filter(entity=entity.pk).values_list("page", flat=True)
        pks = list(tagged[: FEW_STORIES + 1])
        if len(pks) <= FEW_STORIES:
            index_stories(pks)


def rebuild(*, anew: bool = False, progress: Callable[[int, int], None] | None = None) -> int:
    """Bring the whole index in step, batch by batch, while it goes on serving.

    How many documents were written. Begun again after an interruption, it passes over what is
    right already. `progress(done, total)` is told of stories.
    """
    for entities in _batches(Entity.objects.order_by("pk").values_list("pk", flat=True)):
        keep_names(Entity.objects.filter(pk__in=entities).prefetch_related("names"))
    engine = get_engine()
    if isinstance(engine, SQLEngine):
        engine.prepare()
    if anew:
        engine.begin()
    _mend_texts()
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    total, done, written = live.count(), 0, 0
    for pks in _batches(live, BULK):
        written += index_stories(pks, anew=anew)
        done += len(pks)
        if progress:
            progress(done, total)
    _forget_others()
    mend_hints()
    mend_for_editors()
    if anew:
        engine.finish()
    engine.tidy()
    if isinstance(engine, SQLEngine):
        common.refresh(engine)
    return written


def check() -> Agreement:
    """Compare the index with every live story's page, word for word by their digests."""
    found = Agreement()
    stored_texts = get_engine().ids()
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    for pks in _batches(live):
        documents = documents_of(pks)
        stored = {
            (row.article_id, row.language): row
            for row in SearchDocument.objects.filter(article__in=pks)
        }
        for document in documents:
            row = stored.pop(_key(document), None)
            if row is None or row.pk not in stored_texts:
                found.missing.append(document.article_id)
            elif not _is_right(row, document):
                found.outdated.append(document.article_id)
            else:
                found.right += 1
        found.orphaned += [article_id for article_id, _language in stored]
    found.orphaned += _others().values_list("article", flat=True)
    return found


def _lock(pks: Collection[int]) -> None:
    """On PostgreSQL, let nobody else index these stories until this is committed.

    A statement of its own: what is read after it is as the last holder of the lock left it.
    """
    if connection.features.has_select_for_update:
        rows = ArticlePage.objects.select_for_update(of=("self",), no_key=True)
        list(rows.filter(pk__in=pks).order_by("pk").values_list("pk"))


def _key(document: Document) -> tuple[int, str]:
    return document.article_id, document.language


def _is_right(row: SearchDocument | None, document: Document) -> bool:
    return row is not None and row.digest == document.digest


def _write(documents: list[Document]) -> None:
    columns = ("article_id", "language", "digest", *_ROW)
    date_of = connection.ops.adapt_datefield_value
    insert_rows(
        SearchDocument,
        columns,
        (
            (
                *(one.article_id, one.language, one.digest, date_of(one.row["print_date"])),
                *(one.row[name] for name in _ROW[1:]),
            )
            for one in documents
        ),
    )
    rows = SearchDocument.objects.filter(article__in={one.article_id for one in documents})
    ids = {(article, language): pk for pk, article, language in rows.values_list("pk", *_KEY)}
    headlines.write([(ids[_key(one)], one.texts["headline"]) for one in documents])
    texts = [Text(ids[_key(one)], one.cut(), one.facets) for one in documents]
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


def _forget(ids: Iterable[int]) -> None:
    gone = list(ids)
    if gone:
        # Its text goes with the row: the database sees to that.
        SearchDocument.objects.filter(pk__in=gone).delete()


def _others() -> QuerySet[SearchDocument]:
    """Documents of stories that aren't live."""
    return SearchDocument.objects.filter(article__live=False)


def _forget_others() -> None:
    """Story by story under its lock: one that is published meanwhile keeps its documents."""
    articles = _others().order_by("article").values_list("article", flat=True).distinct()
    for pks in _batches(articles):
        index_stories(pks)


def _mend_texts() -> None:
    """Rows without a text are written again; texts without a row go.

    The rows are read first: of what is published meanwhile the text may be there before the row
    is known, so whether a text has none is asked again before it goes.
    """
    engine = get_engine()
    rows = set(SearchDocument.objects.values_list("pk", flat=True))
    texts = engine.ids()
    for ids in _batches(sorted(rows - texts)):
        _forget(ids)
    for ids in _batches(sorted(texts - rows)):
        known = set(SearchDocument.objects.filter(pk__in=ids).values_list("pk", flat=True))
        engine.remove([id_ for id_ in ids if id_ not in known])


def _batches(keys: Iterable[int], size: int | None = None) -> Iterator[list[int]]:
    every, size = list(keys), size or BATCH
    for start in range(0, len(every), size):
        yield every[start : start + size]
