"""Whether index and pages agree; and to bring the whole index in step, while it goes on serving."""

import gc
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from django.db import transaction
from django.db.models import Max, QuerySet
from pyroaring import BitMap

from archive.entities.models import Entity
from archive.search import headlines
from archive.search.actions import (
    IndexPlan,
    batches,
    by_story,
    carry_out,
    forget_documents,
    index_many,
    index_stories,
    lock,
    plan_stories,
)
from archive.search.analysis import TermPhrase
from archive.search.documents import documents_of
from archive.search.drafts import repair_for_editors
from archive.search.engines import RemoteEngine, SQLEngine, get_engine
from archive.search.facet_index import (
    ALL,
    FACET_COLUMNS,
    VERSION_KEY,
    SetsVersion,
    facet_key,
    facet_values,
    packed,
    tagged_stories,
)
from archive.search.frequent_terms import Row, rows_of_terms, sample_frequent
from archive.search.models import SearchBits, SearchChange, SearchDocument
from archive.search.names import store_names
from archive.search.parallel import Map, map_ahead, process_map, usual_number
from archive.search.said import store_evidence
from archive.stories.models import ArticlePage
from archive.ties.models import TieEvidence

# Stories that are read at once.
BULK = 500
# So many times these are written in one transaction: of about a second, in which nobody publishes.
TOGETHER = 4


def rebuild(
    *,
    anew: bool = False,
    processes: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Bring the whole index in step, batch by batch, while it goes on serving.

    How many documents were written. Begun again after an interruption, it passes over what is
    right already. `progress(done, total)` is told of stories. Without a number of `processes`,
    there are as many as the stories are worth.
    """
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    with process_map(usual_number(live.count()) if processes is None else processes) as mapped:
        return _rebuild(mapped, anew, progress or (lambda done, total: None))


def _rebuild(mapped: Map, anew: bool, progress: Callable[[int, int], None]) -> int:
    for entities in batches(Entity.objects.order_by("pk").values_list("pk", flat=True)):
        store_names(Entity.objects.filter(pk__in=entities).prefetch_related("names"))
    for pieces in batches(TieEvidence.objects.order_by("pk").values_list("pk", flat=True)):
        store_evidence(TieEvidence.objects.filter(pk__in=pieces))
    engine = get_engine()
    if anew and isinstance(engine, RemoteEngine):
        engine.begin()
    with engine.loading(), ExitStack() as stack:
        # What is loaded by now stays: Python needn't look through it again and again.
        gc.freeze()
        stack.callback(gc.unfreeze)
        _repair_texts()
        live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
        total, done, written = live.count(), 0, 0
        plans = map_ahead(mapped, partial(plan_stories, anew=anew), batches(live, BULK))
        while together := list(islice(plans, TOGETHER)):
            # Where nothing is wrong, nobody who publishes has to wait.
            wrong = [plan for plan in together if plan.wrong]
            written += _write(wrong, anew) if wrong else 0
            done += sum(len(plan.pks) for plan in together)
            progress(done, total)
        # Story by story under its lock: one that is published meanwhile keeps its documents.
        articles = others().order_by("article").values_list("article", flat=True)
        index_many(articles.distinct())
        # By now other processes have nothing to do; without any, this is done when it is asked for.
        frequent = mapped(sample_frequent, [None])
        headlines.repair()
        repair_for_editors()
    if anew and isinstance(engine, RemoteEngine):
        engine.finish()
    engine.tidy()
    if isinstance(engine, SQLEngine):
        refresh(engine, mapped, chain.from_iterable(frequent))
    return written


@transaction.atomic
def _write(plans: Sequence[IndexPlan], anew: bool) -> int:
    """Carry the plans out; of stories that changed since these were made, new ones."""
    written = 0
    for plan in plans:
        lock(plan.pks)
        rows = SearchDocument.objects.filter(article__in=plan.pks).values_list("article", "pk")
        stored = by_story(rows)
        live = set(ArticlePage.objects.live().filter(pk__in=plan.pks).values_list("pk", flat=True))
        stale = {
            pk
            for pk in plan.pks
            if stored.get(pk) != plan.stored.get(pk) or (pk in live) != (pk in plan.live)
        }
        written += carry_out(plan, stale)
        if stale:
            written += index_stories(stale, anew=anew)
    return written


def _repair_texts() -> None:
    """Rows without a text are written again; texts without a row go.

    The rows are read first: of what is published meanwhile the text may be there before the row
    is known, so whether a text has none is asked again before it goes.
    """
    engine = get_engine()
    rows = set(SearchDocument.objects.values_list("pk", flat=True))
    texts = engine.ids()
    for ids in batches(sorted(rows - texts)):
        forget_documents(ids)
    for ids in batches(sorted(texts - rows)):
        known = set(SearchDocument.objects.filter(pk__in=ids).values_list("pk", flat=True))
        engine.remove([id_ for id_ in ids if id_ not in known])


def others() -> QuerySet[SearchDocument]:
    """Documents of stories that aren't live."""
    return SearchDocument.objects.filter(article__live=False)


def refresh(
    engine: SQLEngine, mapped: Map = map, phrases: Iterable[TermPhrase] | None = None
) -> None:
    """Make the facet index anew, from the text index as it stands; readers use the old meanwhile.

    `phrases` are the frequent ones, if they are known already.
    """
    # From now on what is written is among the latest documents.
    SearchBits.objects.get_or_create(key=VERSION_KEY, defaults={"bits": b"0 "})
    upto = SearchDocument.objects.aggregate(last=Max("pk"))["last"] or 0
    changes = SearchChange.objects.aggregate(last=Max("pk"))["last"] or 0
    made = uuid.uuid4().hex
    rows = list(_facet_rows(upto))
    listed = list(sample_frequent() if phrases is None else phrases)
    size = engine.at_once
    parts = [listed[start : start + size] for start in range(0, len(listed), size)]
    for of_part in mapped(partial(rows_of_terms, upto, made), parts):
        rows += of_part
    version: Row = (VERSION_KEY, "", 0, SetsVersion(upto, made).stored())
    bits = (
        SearchBits(key=key, language=language, level=level, bits=stories)
        for key, language, level, stories in [*rows, version]
    )
    with transaction.atomic():
        SearchBits.objects.all().delete()
        SearchBits.objects.bulk_create(bits, batch_size=500)
        # Those noted later are of documents that these sets may speak of.
        SearchChange.objects.filter(pk__lte=changes).delete()
    engine.trim(upto)


def _facet_rows(upto: int) -> Iterator[Row]:
    documents = SearchDocument.objects.filter(pk__lte=upto).values_list(*FACET_COLUMNS)
    found = facet_values(documents.iterator(chunk_size=5000))
    documented = BitMap().union(*(of for key, of in found.items() if key.startswith(ALL)))
    found |= {key: stories & documented for key, stories in tagged_stories().items()}
    for key, stories in found.items():
        yield facet_key(key), "", 0, packed(stories)


@dataclass
class Agreement:
    """How index and pages agree; the keys are of stories."""

    right: int = 0
    missing: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    orphaned: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return not (self.missing or self.outdated or self.orphaned)


def check() -> Agreement:
    """Compare the index with every live story's page, word for word by their digests."""
    found = Agreement()
    stored_texts = get_engine().ids()
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    for pks in batches(live):
        documents = documents_of(pks)
        stored = {
            (row.article_id, row.language): row
            for row in SearchDocument.objects.filter(article__in=pks)
        }
        for document in documents:
            row = stored.pop((document.article_id, document.language), None)
            if row is None or row.pk not in stored_texts:
                found.missing.append(document.article_id)
            elif row.digest != document.digest:
                found.outdated.append(document.article_id)
            else:
                found.right += 1
        found.orphaned += [article_id for article_id, _language in stored]
    found.orphaned += others().values_list("article", flat=True)
    return found
