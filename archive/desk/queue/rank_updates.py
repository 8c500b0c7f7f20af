"""Keeps each translation's rank, and what it rests on, in its row."""

from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.db import connections, router, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from archive.conf import settings
from archive.desk.models import Translation
from archive.desk.queue.ranking import RankFactors, rank
from archive.desk.queue.related import related_sets
from archive.stories.marks import TranslationState

IN_BOTH_LANGUAGES = (TranslationState.PUBLISHED, TranslationState.SOURCE_CHANGED)
FACTS = (
    "state",
    "urgency",
    "due_date",
    "correction_since",
    "article__print_date",
    "related_count",
    "related_done_count",
    "reads",
)
STORED = ("related_count", "related_done_count", "reads", "rank")

Row = tuple[Any, ...]


def rank_translations(articles: Collection[int] | None = None, today: date | None = None) -> int:
    """Find out anew what the rank rests on, for these stories or for all; gives how many changed.

    A fixed number of queries, and one statement for all changed rows.
    """
    return _rank(articles, related_sets(articles), today)


def rank_around(article: int) -> None:
    """A story came out in both languages, or is no longer: it and what belongs with it."""
    sets = related_sets({article})
    if others := sets.get(article):
        rank_translations({article, *others})
    else:
        _rank({article}, sets)


def _rank(
    articles: Collection[int] | None, sets: Mapping[int, set[int]], today: date | None = None
) -> int:
    others = set().union(*sets.values())
    states = _live_states(None if articles is None else others) if others else {}
    rows = _rows(articles)
    reads = _reads([row[1] for row in rows])
    facts: dict[int, tuple[int, ...]] = {}
    for pk, article, *_rest in rows:
        related = sets.get(article, set()) & states.keys()
        done = sum(states[one] in IN_BOTH_LANGUAGES for one in related)
        facts[pk] = (len(related), done, reads.get(article, 0))
    return _store(rows, today or timezone.localdate(), facts)


def rerank(translations: Collection[int], today: date | None = None) -> None:
    """After a change of these rows' own: state, urgency, due date, correction."""
    _store(_rows(None, translations), today or timezone.localdate(), {})


def standing_of(translation: Any) -> RankFactors:
    """What the rank of a row rests on; the row's story must be at hand."""
    values = {name: getattr(translation, name) for name in FACTS if "__" not in name}
    return _standing({**values, "article__print_date": translation.article.print_date})


def _standing(values: Mapping[str, Any]) -> RankFactors:
    return RankFactors(
        state=values["state"],
        urgency=values["urgency"],
        due_date=values["due_date"],
        is_missing_correction=values["correction_since"] is not None,
        print_date=values["article__print_date"],
        related_count=values["related_count"],
        related_done_count=values["related_done_count"],
        reads=values["reads"],
    )


def _rows(
    articles: Collection[int] | None, translations: Collection[int] | None = None
) -> list[Row]:
    found = Translation.objects.order_by()
    if articles is not None:
        found = found.filter(article__in=articles)
    if translations is not None:
        found = found.filter(pk__in=translations)
    return list(found.values_list("pk", "article_id", "rank", *FACTS))


def _live_states(articles: Collection[int] | None) -> dict[int, str]:
    """How far readers' stories are."""
    found = Translation.objects.filter(article__live=True).order_by()
    if articles is not None:
        found = found.filter(article__in=articles)
    return dict(found.values_list("article_id", "state"))


def _reads(articles: list[int]) -> Mapping[int, int]:
    if not settings.READS:
        return {}
    count: Callable[[list[int]], Mapping[int, int]] = import_string(settings.READS)
    return count(articles)


def _store(rows: list[Row], today: date, facts: Mapping[int, tuple[int, ...]]) -> int:
    changed = []
    for pk, _article, old_rank, *values in rows:
        named = dict(zip(FACTS, values, strict=True))
        old = (*(named[name] for name in STORED[:3]), old_rank)
        named |= dict(zip(STORED[:3], facts.get(pk, old[:3]), strict=True))
        new = (*(named[name] for name in STORED[:3]), rank(_standing(named), today))
        if new != old:
            changed.append((*new, pk))
    _write(changed)
    return len(changed)


def _write(rows: list[tuple[int, ...]]) -> None:
    # Django updates each row with its own values only in one long CASE: 30 times slower.
    if not rows:
        return
    using = router.db_for_write(Translation)
    connection = connections[using]
    quote = connection.ops.quote_name
    assignments = ", ".join(f"{quote(name)} = %s" for name in STORED)
    table = quote(Translation._meta.db_table)
    statement = f"UPDATE {table} SET {assignments} WHERE {quote('id')} = %s"  # noqa: S608
    # One row needs no transaction of its own.
    is_one = len(rows) == 1
    block = nullcontext() if is_one else transaction.atomic(using=using, savepoint=False)
    with block, connection.cursor() as cursor:
        cursor.executemany(statement, rows)
