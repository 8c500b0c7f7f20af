"""Brings the whole index in step with the pages, while it goes on serving."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice

from django.db import transaction

from archive.entities.models import Entity
from archive.pages.models import ArticlePage
from archive.search.actions import batches, carry_out, forget_documents, index_stories, lock
from archive.search.checking import others
from archive.search.crew import Crew, crew, usual_number
from archive.search.editing.storing import mend_for_editors
from archive.search.engines import SQLEngine, get_engine
from archive.search.hints.storing import mend_hints
from archive.search.models import SearchDocument
from archive.search.names import keep_names
from archive.search.planning import Plan, by_story, plan_stories
from archive.search.refreshing import refresh, sample_common

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
    with crew(usual_number(live.count()) if processes is None else processes) as workers:
        return _rebuild(workers, anew, progress or (lambda done, total: None))


def _rebuild(workers: Crew, anew: bool, progress: Callable[[int, int], None]) -> int:
    for entities in batches(Entity.objects.order_by("pk").values_list("pk", flat=True)):
        keep_names(Entity.objects.filter(pk__in=entities).prefetch_related("names"))
    engine = get_engine()
    if anew:
        engine.begin()
    with engine.loading(), _quiet_collector():
        _mend_texts()
        live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
        total, done, written = live.count(), 0, 0
        plans = workers.ahead(partial(plan_stories, anew=anew), batches(live, BULK))
        while together := list(islice(plans, TOGETHER)):
            # Where nothing is wrong, nobody who publishes has to wait.
            wrong = [plan for plan in together if plan.wrong]
            written += _write(wrong, anew) if wrong else 0
            done += sum(len(plan.pks) for plan in together)
            progress(done, total)
        _forget_others()
        # By now the helpers have nothing to do.
        sample = workers.beside(sample_common) if isinstance(engine, SQLEngine) else None
        mend_hints()
        mend_for_editors()
    if anew:
        engine.finish()
    engine.tidy()
    if isinstance(engine, SQLEngine):
        refresh(engine, workers, sample)
    return written


@transaction.atomic
def _write(plans: Sequence[Plan], anew: bool) -> int:
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
        written += carry_out(plan.without(stale) if stale else plan)
        if stale:
            written += index_stories(stale, anew=anew)
    return written


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """What is loaded by now stays: Python needn't look through it again and again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _forget_others() -> None:
    """Story by story under its lock: one that is published meanwhile keeps its documents."""
    articles = others().order_by("article").values_list("article", flat=True).distinct()
    for pks in batches(articles):
        index_stories(pks)


def _mend_texts() -> None:
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
