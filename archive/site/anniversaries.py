"""What was printed, and which ties began, on one day of the year, whatever the year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from archive.site.browse.counts import Stories, ends
from archive.site.caching.versions import counted
from archive.site.names.tie_lines import TieLine, tie_lines
from archive.stories.models import ArticlePage
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

# Any year with a 29 February stands for all of them.
LEAP_YEAR = 2000
# Few years show more of their stories than many.
MOST_STORIES, FEWEST_A_YEAR = 120, 3


@dataclass(frozen=True)
class Anniversary:
    """A day on which stories were printed, with the first of them by page; `total` is of all."""

    day: date
    stories: list[Any]
    total: int


def anniversaries(
    request: HttpRequest, stories: Stories, day: date, before: int = 0
) -> list[Anniversary]:
    """The years in which any of the readable stories was printed on this day, the newest first.

    With `before`, only years before that one. Five queries; two once the stories are known.
    """
    years = _by_year(request, stories, day, before)
    most = max(FEWEST_A_YEAR, MOST_STORIES // max(1, len(years)))
    shown = _cards([pk for _day, keys in years for pk in keys[:most]])
    return [
        Anniversary(when, [shown[pk] for pk in keys[:most] if pk in shown], len(keys))
        for when, keys in years
    ]


def one_a_year(request: HttpRequest, stories: Stories, day: date, most: int) -> list[Any]:
    """The first story of each of the newest years before the day's own."""
    keys = [keys[0] for _day, keys in _by_year(request, stories, day, day.year)[:most]]
    shown = _cards(keys)
    return [shown[pk] for pk in keys if pk in shown]


def ties_of_week(ties: TieQuerySet, day: date, language: str, most: int) -> list[TieLine]:
    """The ties that began on a day of this week, Monday to Sunday, in an earlier year: by the day,
    then by the year. One query."""
    monday = day - timedelta(days=day.weekday())
    days = [f"-{monday + timedelta(days=number):%m-%d}" for number in range(7)]
    on_them = reduce(or_, (Q(since__endswith=one) for one in days))
    found = ties.filter(on_them, since__lt=str(day.year)).exclude(status=Tie.Status.PLANNED)
    begun = sorted(found.with_places(), key=lambda tie: (days.index(tie.since[4:]), tie.since))
    return tie_lines(begun[:most], language, evidence=False)


def nearest_days(request: HttpRequest, stories: Stories, day: date) -> list[date]:
    """Of the days of the year on which anything was printed, the last before this one and the
    first after it; at most one query."""
    known = counted(request, "days of the year", lambda: _days_of_year(stories))
    days = [one for one in known if one != day]
    earlier, later = [one for one in days if one < day], [one for one in days if one > day]
    return list(dict.fromkeys([*(earlier or later)[-1:], *(later or earlier)[:1]]))


def _days_of_year(stories: Stories) -> list[date]:
    dated = stories.exclude(print_date=None).order_by()
    rows = dated.values_list("print_date__month", "print_date__day").distinct()
    return sorted(date(LEAP_YEAR, month, day) for month, day in rows)


def _by_year(
    request: HttpRequest, stories: Stories, day: date, before: int
) -> list[tuple[date, list[int]]]:
    rows = counted(request, f"on {day:%m-%d}", lambda: _rows(stories, day))
    known = [row for row in rows if not before or row[0].year < before]
    return [(when, [pk for _day, pk in same]) for when, same in groupby(known, lambda row: row[0])]


def _rows(stories: Stories, day: date) -> list[tuple[date, int]]:
    """Day and key of each story. By the days of all years, which the dates' index serves."""
    known = ends(stories)
    days = list(_in_years(day, known[0].year, known[1].year)) if known else []
    found = stories.filter(print_date__in=days).order_by("-print_date", "print_page", "pk")
    return list(found.values_list("print_date", "pk")) if days else []


def _in_years(day: date, first: int, last: int) -> Iterator[date]:
    for year in range(first, last + 1):
        try:
            yield day.replace(year=year)
        except ValueError:  # 29 February
            continue


def _cards(keys: Sequence[int]) -> dict[int, Any]:
    return ArticlePage.objects.cards().order_by().in_bulk(keys) if keys else {}
