"""The places with most ties: for charts, and beside the list of all ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id, canonical_value
from archive.site.browse.counts import story_counts
from archive.site.caching.site_chrome import site_chrome
from archive.site.caching.versions import counted
from archive.site.names.entries import sort_key
from archive.site.names.tie_figures import TieFilter
from archive.ties.querysets import TieQuerySet

MOST_PLACES = 10
# The table's columns.
CITY_SORTS = ("place", "ties", "stories")


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


def city_columns(chosen: TieFilter, sort: str) -> list[SortableColumn]:
    """Numbers begin with the greatest, names with A."""
    headings = {"place": _("Place"), "ties": _("Ties"), "stories": _("Stories")}
    columns = []
    for name, heading in headings.items():
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        first = name if name == "place" else f"-{name}"
        wanted = (name if sort == f"-{name}" else f"-{name}") if order else first
        columns.append(SortableColumn(heading, f"{chosen.query(cities=wanted)}#cities", order))
    return columns


@dataclass(frozen=True)
class SortableColumn:
    """`order` is "ascending", "descending" or ""; `url` sorts by it, or the other way round."""

    heading: str
    url: str
    order: str


def by_place(ties: TieQuerySet, country: str = "") -> list[tuple[int, int]]:
    """The key and the number of ties of the places that have most of them, the most first.

    Two queries; with `country`, only of places there.
    """
    counts: Counter[int] = Counter()
    for end in ("place_a", "place_b"):
        ends = ties.order_by()
        if country:
            ends = ends.alias(its_country=canonical_value(end, "country")).filter(
                its_country=country
            )
        counts.update(dict(ends.values_list(canonical_id(end)).annotate(Count("pk"))))
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_PLACES]
