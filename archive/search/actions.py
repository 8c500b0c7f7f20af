"""The index's verbs: index stories, forget them, follow a renamed entity, rebuild and check."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from archive.entities.models import Entity
from archive.pages.models import ArticleEntity, ArticlePage
from archive.search.documents import Document, documents_of
from archive.search.editing.storing import mend_for_editors
from archive.search.engines import get_engine
from archive.search.hints.storing import keep_headline_hints, mend_hints
from archive.search.models import SearchDocument
from archive.search.names import keep_names

BATCH = 200
# An entity of more stories is left to `rebuild_search`: nobody should wait for it.
FEW_STORIES = 100


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
    articles = list(ArticlePage.objects.filter(pk__in=pks).live().order_by("pk"))
    documents = documents_of(articles)
    stored = {
        (row.article_id, row.language): row
        for row in SearchDocument.objects.filter(article__in=pks)
    }
    changed = [
        document
        for document in documents
        if anew or not _is_right(stored.get((document.article_id, document.language)), document)
    ]
    wanted = {(document.article_id, document.language) for document in documents}
    forget = [row.pk for key, row in stored.items() if key not in wanted]
    _forget([*forget, *(stored[key].pk for d in changed if (key := _key(d)) in stored)])
    _write(changed)
    return len(changed)


def index_many(pks: Iterable[int]) -> None:
    """Bring any number of stories in step, batch by batch."""
    for batch in _batches(sorted(pks)):
        index_stories(batch)


def forget_stories(pks: Collection[int]) -> None:
    """Take stories out of the index."""
    _forget(SearchDocument.objects.filter(article__in=pks).values_list("pk", flat=True))


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
    _mend_texts()
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    total, done, written = live.count(), 0, 0
    for pks in _batches(live):
        written += index_stories(pks, anew=anew)
        done += len(pks)
        if progress:
            progress(done, total)
    _forget_others()
    mend_hints()
    mend_for_editors()
    get_engine().tidy()
    return written


def check() -> Agreement:
    """Compare the index with every live story's page, word for word by their digests."""
    found = Agreement()
    stored_texts = get_engine().ids()
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    for pks in _batches(live):
        documents = documents_of(list(ArticlePage.objects.filter(pk__in=pks)))
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
    rows = ArticlePage.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=pks).order_by("pk").only("pk"))


def _key(document: Document) -> tuple[int, str]:
    return document.article_id, document.language


def _is_right(row: SearchDocument | None, document: Document) -> bool:
    return row is not None and row.digest == document.digest


def _write(documents: list[Document]) -> None:
    rows = [
        SearchDocument(
            article_id=document.article_id,
            language=document.language,
            digest=document.digest,
            **document.row,
        )
        for document in documents
    ]
    made = SearchDocument.objects.bulk_create(rows)
    texts = [(row.pk, document.terms()) for row, document in zip(made, documents, strict=True)]
    get_engine().write(texts)
    titles = zip(made, documents, strict=True)
    keep_headline_hints((row.pk, document.texts["headline"]) for row, document in titles)


def _forget(ids: Iterable[int]) -> None:
    gone = list(ids)
    if gone:
        # Its text goes with the row: the database sees to that.
        SearchDocument.objects.filter(pk__in=gone).delete()


def _others() -> QuerySet[SearchDocument]:
    """Documents of stories that aren't live."""
    return SearchDocument.objects.filter(article__live=False)


def _forget_others() -> None:
    for ids in _batches(_others().values_list("pk", flat=True)):
        _forget(ids)


def _mend_texts() -> None:
    """Rows without a text are written again; texts without a row go."""
    engine = get_engine()
    texts, rows = engine.ids(), set(SearchDocument.objects.values_list("pk", flat=True))
    for ids in _batches(rows - texts):
        _forget(ids)
    for ids in _batches(texts - rows):
        engine.remove(ids)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    every = list(keys)
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]
