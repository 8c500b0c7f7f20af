"""The ties as files: what any of them is written of, and CSV for spreadsheets.

Read as plain values: thousands of model instances would take ten times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from archive.entities.querysets import canonical_value
from archive.stories.querysets import ArticleQuerySet
from archive.text.language import LANGUAGES, SHORT_CODES, columns
from archive.text.spreadsheets import csv_text
from archive.ties.models import TieEvidence
from archive.ties.querysets import TieQuerySet


def _in_both(name: str) -> list[str]:
    return [f"{name}_{short}" for short in SHORT_CODES.values()]


CSV_COLUMNS = [
    *("from_key", *_in_both("from"), "from_country"),
    *("to_key", *_in_both("to"), "to_country"),
    *("kind", "since", "until", "status", "confidence", *_in_both("description")),
    *(*_in_both("evidence"), "sources"),
]
_PLACE = ["key", *columns("name"), "country"]
_ENDS = ("place_a", "place_b")
_TIE = ["kind", "since", "until", "status", "confidence", *columns("description")]
_BETWEEN = " | "
# Degrees of longitude and latitude.
Point = tuple[float, float]


@dataclass(frozen=True)
class TieRecord:
    """A tie's cells in the order of CSV_COLUMNS, and its ends where their coordinates are known."""

    cells: list[str]
    ends: tuple[Point, Point] | None


_POINTS = [canonical_value(end, axis) for end in _ENDS for axis in ("longitude", "latitude")]


def records(ties: TieQuerySet, stories: ArticleQuerySet) -> Iterator[TieRecord]:
    """Every tie with what says so, as far as a source elsewhere or one of the stories does."""
    evidence = _evidence(ties, stories)
    names: list[Any] = [*(canonical_value(end, name) for end in _ENDS for name in _PLACE), *_TIE]
    for pk, *values in ties.order_by("pk").values_list("pk", *names, *_POINTS):
        texts = [value or "" for value in values[: len(names)]]
        known = [degrees for degrees in values[len(names) :] if degrees is not None]
        ends = ((known[0], known[1]), (known[2], known[3])) if len(known) == len(_POINTS) else None
        yield TieRecord([*texts, *evidence.get(pk, ["", "", ""])], ends)


def _evidence(ties: TieQuerySet, stories: ArticleQuerySet) -> dict[int, list[str]]:
    """By tie: the sentences in each language, and the sources.

    Evidence from a story that some readers may not see is left out, unless it has another source.
    """
    found: dict[int, tuple[list[str], ...]] = defaultdict(lambda: ([], [], []))
    is_shown = ~Q(source_url="") | Q(article__in=stories.order_by().values("pk"))
    shown_by = Coalesce("tie__merged_into", "tie")
    pieces = TieEvidence.objects.annotate(shown_by=shown_by).filter(
        is_shown, shown_by__in=ties.order_by().values("pk")
    )
    fields = [*columns("sentence"), "source_url"]
    for tie, *texts in pieces.order_by("sort_order", "pk").values_list("shown_by", *fields):
        for listed, text in zip(found[tie], texts, strict=True):
            if text:
                listed.append(text)
    betweens = (*[_BETWEEN] * len(LANGUAGES), " ")
    return {
        tie: [between.join(texts) for between, texts in zip(betweens, lists, strict=True)]
        for tie, lists in found.items()
    }


def as_csv(ties: Iterable[TieRecord]) -> str:
    """One row a tie."""
    return csv_text(CSV_COLUMNS, (tie.cells for tie in ties))
