"""How often words stand in the stories of each year, or of each month of a year, by language.

Numbers are shares of the archive: it has more stories of some years than of others.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from archive.search import facets as facet_room
from archive.search import matching
from archive.search.engines import Filters, SearchError, Spread
from archive.search.query import Conditions, conditions_of, parse
from archive.search.suggestions import examples
from archive.site.caching.versions import counted
from archive.site.throttles import limited
from archive.text.dates import display_partial
from archive.text.language import LANGUAGES, supported
from archive.text.spreadsheets import csv_text

logger = logging.getLogger(__name__)

MOST_QUERIES = 4
MOST_EXAMPLES = 3
COLUMNS = ("period", "language", "query", "stories", "all_stories", "per_cent")
# Fewer stories than these are drawn as if they were so many: one of one is no whole.
FEW = 10
# What the greatest share is drawn on, in per cent.
TOPS = (1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75)
# Of the charts' bars, in units of their own.
HEIGHT, WIDTH, GAP = 60, 10, 2


@dataclass(frozen=True)
class TrendPeriod:
    """A year, or a month of `year`."""

    number: int
    year: int | None
    label: str

    @property
    def code(self) -> str:
        """2015, or 2015-09."""
        return f"{self.year}-{self.number:02}" if self.year else str(self.number)


@dataclass(frozen=True)
class TrendBar:
    """`per_cent` is the share of the period's stories in the language."""

    period: TrendPeriod
    number: int
    of_all: int
    x: int
    height: int

    @property
    def per_cent(self) -> float:
        return _share(self.number, self.of_all)

    @property
    def y(self) -> int:
        return HEIGHT - self.height


@dataclass(frozen=True)
class TrendChart:
    """One query in one language, on a scale from 0 to `top` per cent."""

    language: str
    bars: list[TrendBar]
    top: int

    @property
    def width(self) -> int:
        return WIDTH * len(self.bars)

    @property
    def total(self) -> int:
        return sum(bar.number for bar in self.bars)


@dataclass(frozen=True)
class TrendLine:
    """A query with its charts, one a language, drawn to one scale."""

    query: str
    charts: list[TrendChart]

    @property
    def is_empty(self) -> bool:
        return not any(chart.total for chart in self.charts)

    @cached_property
    def rows(self) -> list[tuple[TrendPeriod, list[TrendBar]]]:
        """By period, the bars of each language."""
        bars = zip(*(chart.bars for chart in self.charts), strict=True)
        return [(of_period[0].period, list(of_period)) for of_period in bars]


def results_line(request: HttpRequest, query: str, spread: Spread, year: int | None) -> Any:
    """The line above a results page; None where it would show a single bar, or none."""
    held = [one for one in spread.values() if any(one.values())]
    if len(held) < 2:
        return None
    return trend_lines([(query, spread)], archive_spread(request, year), year)[0]


def _periods(numbers: Iterable[int], year: int | None) -> Iterator[TrendPeriod]:
    language = supported(get_language())
    for number in numbers:
        told = display_partial(f"{year or number}{f'-{number:02}' if year else ''}", language)
        yield TrendPeriod(number, year, told)


def trend_lines(found: Iterable[tuple[str, Spread]], size: Spread, year: int | None) -> list[Any]:
    """The lines of queries with what they found, beside the archive's own numbers.

    Periods before the archive's first story and after its last one are left out.
    """
    held = [number for number, by_language in size.items() if any(by_language.values())]
    if not held:
        return []
    periods = list(_periods(range(1, 13) if year else range(min(held), max(held) + 1), year))
    lines = list(found)
    most = max(
        (
            _share(number, max(FEW, size.get(period, {}).get(code, 0)))
            for _query, spread in lines
            for period, by_language in spread.items()
            for code, number in by_language.items()
        ),
        default=0,
    )

    top = next((one for one in TOPS if one > most), 100)

    def bars(spread: Spread, code: str) -> Iterator[TrendBar]:
        for place, period in enumerate(periods):
            number = spread.get(period.number, {}).get(code, 0)
            of_all = size.get(period.number, {}).get(code, 0)
            share = _share(number, max(FEW, of_all))
            # What is there can be seen.
            height = max(1, round(HEIGHT * share / top)) if number else 0
            yield TrendBar(period, number, of_all, place * WIDTH + GAP // 2, height)

    return [
        TrendLine(query, [TrendChart(code, list(bars(spread, code)), top) for code in LANGUAGES])
        for query, spread in lines
    ]


def _share(number: int, of_all: int) -> float:
    return round(100 * number / of_all, 2) if of_all else 0.0


def archive_spread(request: HttpRequest, year: int | None) -> Spread:
    """Of all stories that readers may see; counted once after each change of any."""
    whole = Filters(year=year)
    return counted(request, f"spread {year}", lambda: matching.spread(Conditions(), whole))


@limited("search")
def search_trends(request: HttpRequest) -> HttpResponse:
    """Up to four queries side by side; a table of the same, as CSV and as JSON too."""
    form = request.GET.get("format", "")
    texts = [text for text in dict.fromkeys(request.GET.getlist("q")) if text.strip()]
    queries = [parse(text) for text in texts[:MOST_QUERIES]]
    chosen = facet_room.chosen(request.GET)
    # Both languages are beside each other.
    filters = replace(chosen.filters, language="")
    try:
        years = archive_spread(request, None) if not filters.year and queries else {}
        if len(years) == 1:
            filters = replace(filters, year=next(iter(years)))
        found = [(one.text, matching.spread(conditions_of(one), filters)) for one in queries]
        lines = (
            trend_lines(found, archive_spread(request, filters.year), filters.year) if found else []
        )
    except SearchError:
        logger.exception("The search engine does not answer.")
        response = render(request, "archive/search_error.html", status=503)
        response["Retry-After"] = "60"
        return response
    if form == "csv":
        return _as_csv(lines)
    if form == "json":
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(lines)]
        return JsonResponse({"trends": rows}, json_dumps_params={"ensure_ascii": False})
    kept = facet_room.without(request.GET, "q", "year", "language", "format")
    context = {
        "lines": lines,
        "examples": [] if queries else _examples(),
        "queries": [one.text for one in queries],
        "boxes": [one.text for one in queries] + [""] * (MOST_QUERIES - len(queries)),
        "year": filters.year,
        "kept": [*kept.items(), *([("year", str(filters.year))] if filters.year else [])],
        "years_url": _address(request.GET, queries, None),
        "files": [
            (name, f"{request.get_full_path()}&format={name.lower()}") for name in ("CSV", "JSON")
        ],
    }
    return render(request, "archive/search_trends.html", context)


def _examples() -> list[tuple[str, str]]:
    """Two names of the archive's each, to compare."""
    names = [name.text for name in examples(supported(get_language()))]
    return list(zip(names[::2], names[1::2], strict=False))[:MOST_EXAMPLES]


def _address(parameters: QueryDict, queries: Iterable[Any], year: int | None) -> str:
    kept = facet_room.without(parameters, "q", "year", "format")
    kept.setlist("q", [one.text for one in queries])
    if year:
        kept["year"] = str(year)
    return f"?{kept.urlencode()}"


def trends_address(parameters: QueryDict, query: str) -> str:
    """Where the trends of a results page's query are."""
    kept = facet_room.without(parameters, "q", "language", "sort", "exact", "format")
    words = urlencode({"q": query})
    more = f"&{kept.urlencode()}" if kept else ""
    return f"{reverse('archive:search_trends')}?{words}{more}"


def _rows(lines: list[TrendLine]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        for period, bars in line.rows:
            for chart, bar in zip(line.charts, bars, strict=True):
                yield (
                    *(period.code, chart.language, line.query),
                    *(bar.number, bar.of_all, bar.per_cent),
                )


def _as_csv(lines: list[TrendLine]) -> HttpResponse:
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="trends-{timezone.localdate()}.csv"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(csv_text(COLUMNS, _rows(lines)), headers=headers)
