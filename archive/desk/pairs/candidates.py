"""Finds the stories of the archive that are probably one story in two languages.

Those that nobody has begun to translate are compared in the order of their print dates, some
thousand at a time: the texts of one window and of a few days around it. Stories without a date are
compared with each other, and a few of them with all.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from archive.alignment.pairs import DAYS_APART, FoundPair, PairText, find_pairs
from archive.desk.models import StoryPair
from archive.stories.body import TRANSLATABLE
from archive.stories.marks import TranslationState
from archive.stories.models import ArticleEntity, ArticlePage
from archive.text.language import column, columns
from archive.text.segmentation import extract

# So many stories are compared at a time, and so many days around them.
WINDOW = 2000
DAYS_AROUND = DAYS_APART
# So many without a date are compared with all the others.
MOST_UNDATED = 200
_ROWS = 500


@dataclass
class PairReport:
    """What a search has found: `found` are the probable pairs, the surest first.

    `new` of them weren't known; `gone` were probable once, and aren't any more.
    """

    stories: int = 0
    found: list[FoundPair] = field(default_factory=list)
    new: int = 0
    gone: int = 0


def waiting_stories() -> QuerySet[ArticlePage]:
    """Stories that may have their other language in another story: nobody translates them."""
    joined = StoryPair.objects.filter(state=StoryPair.State.CONFIRMED)
    ends = [joined.values(name) for name in ("one", "two")]
    found = ArticlePage.objects.filter(
        alias_of=None, translation_state=TranslationState.NOT_STARTED
    ).exclude(latest_revision=None)
    return found.exclude(pk__in=ends[0]).exclude(pk__in=ends[1]).order_by()


def search_pairs() -> PairReport:
    """Look at all stories that wait; writes nothing."""
    report = PairReport()
    refused = StoryPair.objects.filter(state=StoryPair.State.REFUSED)
    parted = set(refused.values_list("one_id", "two_id"))
    best: dict[tuple[Any, Any], FoundPair] = {}
    for keys in _windows(report):
        for pair in find_pairs(_texts(keys), apart=lambda one, two: (one.key, two.key) in parted):
            known = best.get((pair.one, pair.two))
            if known is None or known.confidence < pair.confidence:
                best[pair.one, pair.two] = pair
    report.found = _each_once(best.values())
    known_pairs = StoryPair.objects.filter(state=StoryPair.State.OPEN)
    known_keys = set(known_pairs.values_list("one_id", "two_id"))
    report.new = len(best.keys() - known_keys)
    report.gone = len(known_keys - {(pair.one, pair.two) for pair in report.found})
    return report


def _each_once(pairs: Any) -> list[FoundPair]:
    """Windows overlap: of two pairs with the same story the surer one."""
    taken: set[Any] = set()
    found = []
    for pair in sorted(pairs, key=lambda one: (-one.confidence, one.one)):
        if not taken & {pair.one, pair.two}:
            taken |= {pair.one, pair.two}
            found.append(pair)
    return found


@transaction.atomic
def store_pairs(report: PairReport) -> None:
    """Offer the pairs of the report; those that were decided stay as they are."""
    rows = {
        (row.one_id, row.two_id): row
        for row in StoryPair.objects.filter(state=StoryPair.State.OPEN)
    }
    new, changed = [], []
    for pair in report.found:
        row = rows.pop((pair.one, pair.two), None)
        facts = {"confidence": pair.confidence, "reasons": list(pair.reasons)}
        if row is None:
            new.append(StoryPair(one_id=pair.one, two_id=pair.two, **facts))
        elif row.confidence != pair.confidence or row.reasons != facts["reasons"]:
            row.confidence, row.reasons = pair.confidence, list(pair.reasons)
            changed.append(row)
    StoryPair.objects.bulk_create(new, batch_size=_ROWS, ignore_conflicts=True)
    StoryPair.objects.bulk_update(changed, ["confidence", "reasons"], batch_size=_ROWS)
    gone = [row.pk for row in rows.values()]
    for start in range(0, len(gone), _ROWS):
        StoryPair.objects.filter(pk__in=gone[start : start + _ROWS]).delete()


def _windows(report: PairReport) -> Iterator[list[int]]:
    """Keys of stories that are to be compared with each other."""
    rows = list(waiting_stories().values_list("pk", "print_date"))
    report.stories = len(rows)
    undated = [pk for pk, day in rows if day is None]
    dated = sorted((day, pk) for pk, day in rows if day is not None)
    with_all = undated if len(undated) <= MOST_UNDATED else []
    for start, end in _spans(dated):
        yield [pk for _day, pk in dated[start:end]] + with_all
    if not dated or not with_all:
        for start in range(0, len(undated), WINDOW):
            yield undated[start : start + WINDOW]


def _spans(dated: Sequence[tuple[date, int]]) -> Iterator[tuple[int, int]]:
    """Places in the list: the earlier story of each pair is in a span with the later one."""
    for start in range(0, len(dated), WINDOW):
        end = min(start + WINDOW, len(dated))
        last = dated[end - 1][0] + DAYS_AROUND
        while end < len(dated) and dated[end][0] <= last:
            end += 1
        yield start, end


def _texts(keys: Sequence[int]) -> Iterator[PairText]:
    for start in range(0, len(keys), _ROWS):
        some = keys[start : start + _ROWS]
        tags = defaultdict(set)
        for page, entity in ArticleEntity.objects.filter(page__in=some).values_list(
            "page_id", "entity_id"
        ):
            tags[page].add(str(entity))
        stories = ArticlePage.objects.filter(pk__in=some).select_related("latest_revision")
        for story in stories.defer(*columns("body"), "body", "unplaced").order_by("pk"):
            yield _pair_text(story, frozenset(tags[story.pk]))


def _pair_text(story: ArticlePage, names: frozenset[str]) -> PairText:
    """Of its newest version, published or not."""
    content, language = story.latest_revision.content, story.source_language
    body = content.get(column("body", language)) or []
    blocks = json.loads(body) if isinstance(body, str) else body
    segments = extract(blocks, TRANSLATABLE)
    heads = [content.get(column(name, language)) or "" for name in story.heading_fields]
    return PairText(
        key=story.pk,
        language=language,
        text="\n".join([*heads, *(one.plain_text for one in segments)]),
        day=story.print_date,
        page=story.print_page,
        names=names,
        pictures=frozenset(_pictures(blocks)),
    )


def _pictures(value: Any) -> Iterator[str]:
    """The keys of the images in a raw body."""
    if isinstance(value, list):
        for one in value:
            yield from _pictures(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name == "image" and isinstance(one, int):
                yield str(one)
            else:
                yield from _pictures(one)
