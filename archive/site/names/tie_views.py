"""All ties: on a map and as a table, in time, in charts, and as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive.entities.countries import country_name
from archive.entities.models import Entity
from archive.site.browse.counts import story_counts
from archive.site.caching.site_chrome import site_chrome
from archive.site.caching.versions import counted
from archive.site.names.charts import SORTS, Tally, TieFilter, by_place, charts, tally
from archive.site.names.entries import known_page, sort_key
from archive.site.names.files import as_csv, as_geojson, records
from archive.site.names.maps import placed, tie_map
from archive.site.names.tie_lines import TieLine, TimelineEntry, by_decade, tie_lines
from archive.stories.models import ArticlePage
from archive.stories.querysets import ArticleQuerySet
from archive.text.language import supported
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

TIES_PER_PAGE = 300
TIMELINE_PER_PAGE = 100
# The columns of the table of places with most ties.
CITY_SORTS = ("place", "ties", "stories")


def tie_index(request: HttpRequest) -> HttpResponse:
    """The map of the ties that the address asks for, the same as a table, and as files."""
    chosen = TieFilter.read(request.GET)
    restricted = site_chrome(request).restricted
    every = Tie.objects.shown_to_public(restricted)
    ties = chosen.narrow(every)
    readable = ArticlePage.objects.cards().shown_to_public(restricted)
    if (form := request.GET.get("format", "")) in ("csv", "geojson"):
        return _file(ties, readable, form)
    language = supported(get_language())
    found = tally(ties)
    filters = _filters(chosen, found, every)
    # The country of most ties has a column of its own.
    home = next((code for code, _name, _number in filters["countries"]), "")
    whole = ties.with_places().with_evidence(readable)
    in_order = whole.in_columns(home, language, chosen.sort or SORTS[0])
    page = known_page(request, in_order, TIES_PER_PAGE, found.total)
    lines = tie_lines(page.object_list, language, home=home)
    on_map = tie_map(placed(ties), language)
    city_sort = request.GET.get("cities", "")
    city_sort = city_sort if city_sort.removeprefix("-") in CITY_SORTS else "-ties"
    context = {
        **filters,
        "page": page,
        "lines": lines,
        "columns": _columns(chosen, lines),
        "map": on_map,
        "unplaced": found.total - on_map.number,
        "cities": most_connected(request, ties, chosen, city_sort, language),
        "city_columns": _city_columns(chosen, city_sort),
        "csv": chosen.query(format="csv"),
        "geojson": chosen.query(format="geojson"),
        "credits_geonames": any(
            place.is_from_geonames for line in lines for place in (line.place, line.origin)
        ),
    }
    return render(request, "archive/tie_index.html", context)


@dataclass(frozen=True)
class ConnectedCity:
    """A place with its numbers of ties and of readable stories that name it."""

    place: Entity
    ties: int
    stories: int


def most_connected(
    request: HttpRequest, ties: TieQuerySet, chosen: TieFilter, sort: str, language: str
) -> list[ConnectedCity]:
    """The places with most ties, in the order of a column. One query; the numbers are kept."""

    def numbers() -> list[tuple[int, int, int]]:
        ranked = by_place(ties)
        places = Entity.objects.filter(pk__in=[pk for pk, _number in ranked])
        stories = story_counts(places, site_chrome(request).restricted)
        return [(pk, number, stories.get(pk, 0)) for pk, number in ranked]

    known = counted(request, f"most connected {replace(chosen, sort='').query()}", numbers)
    places = Entity.objects.in_bulk([pk for pk, _ties, _stories in known])
    found = [ConnectedCity(places[pk], *counts) for pk, *counts in known if pk in places]
    name = sort.removeprefix("-")
    keys: dict[str, Callable[[ConnectedCity], Any]] = {
        "place": lambda city: sort_key(city.place, language),
        "ties": lambda city: city.ties,
        "stories": lambda city: city.stories,
    }
    found.sort(key=keys[name], reverse=sort != name)
    return found


def _city_columns(chosen: TieFilter, sort: str) -> list[SortableColumn]:
    """Numbers begin with the greatest, names with A."""
    headings = {"place": _("Place"), "ties": _("Ties"), "stories": _("Stories")}
    columns = []
    for name, heading in headings.items():
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        first = name if name == "place" else f"-{name}"
        wanted = (name if sort == f"-{name}" else f"-{name}") if order else first
        columns.append(SortableColumn(heading, f"{chosen.query(cities=wanted)}#cities", order))
    return columns


def tie_timeline(request: HttpRequest) -> HttpResponse:
    """The dated ties in the order in which they began, by decade."""
    chosen = TieFilter.read(request.GET)
    every = Tie.objects.shown_to_public(site_chrome(request).restricted)
    ties = chosen.narrow(every)
    language, found = supported(get_language()), tally(ties)
    dated = ties.exclude(since="").with_places().order_by("since", "pk")
    decades = found.by_decade()
    decade = request.GET.get("decade", "")
    if decade in {str(first) for first, _number in decades}:
        dated = dated.filter(since__startswith=decade[:3])
        total = dict(decades)[int(decade)]
    else:
        decade, total = "", found.total - found.undated
    page = known_page(request, dated, TIMELINE_PER_PAGE, total)
    entries = [
        TimelineEntry(line.tie.since, "begun", line)
        for line in tie_lines(page.object_list, language, evidence=False)
    ]
    context = {
        **_filters(chosen, found, every),
        "page": page,
        "decades": by_decade(entries),
        "all_decades": [(first, number) for first, number in decades if number],
        "decade": decade,
        "undated": found.undated,
    }
    return render(request, "archive/tie_timeline.html", context)


def tie_overview(request: HttpRequest) -> HttpResponse:
    """How many ties there are: by place, country, kind and decade."""
    chosen = TieFilter.read(request.GET)
    every = Tie.objects.shown_to_public(site_chrome(request).restricted)
    ties = chosen.narrow(every)
    found = tally(ties)
    context = {
        **_filters(chosen, found, every),
        "charts": charts(ties, found, chosen, supported(get_language())),
    }
    return render(request, "archive/tie_overview.html", context)


def _filters(chosen: TieFilter, found: Tally, ties: TieQuerySet) -> dict[str, Any]:
    """The filter form's choices: of all ties, so that one choice doesn't hide the others."""
    every = found if not chosen else tally(ties)
    return {
        "chosen": chosen,
        "country_chosen": country_name(chosen.country),
        "kind_chosen": Tie.Kind(chosen.kind).label if chosen.kind else "",
        "kinds": every.by_kind(),
        "countries": every.by_country(),
        "years": every.years(),
        "total": found.total,
        "all_total": every.total,
        "query": chosen.query(),
    }


@dataclass(frozen=True)
class SortableColumn:
    """`order` is "ascending", "descending" or ""; `url` sorts by it, or the other way round."""

    heading: str
    url: str
    order: str


def _columns(chosen: TieFilter, lines: list[TieLine]) -> list[SortableColumn]:
    """A place's column is called by its country if all its places are there."""
    ends = [{line.origin.country for line in lines}, {line.place.country for line in lines}]
    countries = [country_name(codes.pop()) if len(codes) == 1 else "" for codes in ends]
    headings = {
        "place": countries[0] or _("Place"),
        "other": countries[1] or _("Tied to"),
        "kind": pgettext("of a tie", "Kind"),
        "since": _("Since"),
    }
    current = chosen.sort or SORTS[0]
    columns = []
    for name in SORTS:
        order = {name: "ascending", f"-{name}": "descending"}.get(current, "")
        wanted = f"-{name}" if order == "ascending" else name
        url = replace(chosen, sort="" if wanted == SORTS[0] else wanted).query() or "?"
        columns.append(SortableColumn(headings[name], url, order))
    return columns


def _file(ties: TieQuerySet, stories: ArticleQuerySet, form: str) -> HttpResponse:
    if form == "csv":
        content, mime_type = as_csv(records(ties, stories)), "text/csv; charset=utf-8"
    else:
        content = json.dumps(as_geojson(records(ties, stories)), ensure_ascii=False)
        mime_type = "application/geo+json"
    response = HttpResponse(content, content_type=mime_type)
    response["Content-Disposition"] = f'attachment; filename="ties.{form}"'
    return response
