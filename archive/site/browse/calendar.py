"""Decades, months and their weeks with the number of stories of each day: no database."""

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from archive.text.language import CHINESE, ENGLISH

Counts = Mapping[date, int]


@dataclass(frozen=True)
class Span:
    """A decade, year or month: how it is written in addresses, and its number of stories."""

    slug: str
    first: date
    count: int


@dataclass(frozen=True)
class Day:
    """A cell of a calendar; `day` is None outside the month."""

    day: date | None
    count: int = 0


def decade_of(year: int) -> int:
    return year // 10 * 10


def decade_name(decade: int, language: str) -> str:
    """1980s; 20世纪80年代; the first decade of a century is 头十年 in Chinese. Else 1980–1989."""
    if language != CHINESE:
        return f"{decade}s" if language == ENGLISH else f"{decade}–{decade + 9}"
    century, years = decade // 100 + 1, decade % 100
    return f"{century}世纪{years}年代" if years else f"{century}世纪头十年"


def _totals(
    numbers: range, counts: Counts, number_of: Callable[[date], int]
) -> Iterable[tuple[int, int]]:
    found = dict.fromkeys(numbers, 0)
    for day, count in counts.items():
        found[number_of(day)] += count
    return found.items()


def decades(counts: Counts) -> list[Span]:
    """From the first decade with a story to the last, those between without any too."""
    if not counts:
        return []
    first, last = decade_of(min(counts).year), decade_of(max(counts).year)
    found = _totals(range(first, last + 10, 10), counts, lambda day: decade_of(day.year))
    # Before the year 1 there is no date.
    return [Span(f"{one:04d}s", date(max(one, 1), 1, 1), count) for one, count in found]


def years(decade: int, counts: Counts) -> list[Span]:
    shown = range(max(decade, 1), min(decade, 9990) + 10)
    found = _totals(shown, counts, lambda day: day.year)
    return [Span(f"{one:04d}", date(one, 1, 1), count) for one, count in found]


def months(year: int, counts: Counts) -> list[Span]:
    found = _totals(range(1, 13), counts, lambda day: day.month)
    return [Span(f"{year:04d}/{one:02d}", date(year, one, 1), count) for one, count in found]


def weeks(first: date, counts: Counts) -> list[list[Day]]:
    """A month's weeks, Monday first."""
    shown = calendar.Calendar().monthdayscalendar(first.year, first.month)
    return [
        [
            Day(day := first.replace(day=number), counts.get(day, 0)) if number else Day(None)
            for number in week
        ]
        for week in shown
    ]


def end_of_month(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
