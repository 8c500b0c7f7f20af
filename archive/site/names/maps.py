"""Small maps that are drawn on the server, and the data of the map of all ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id, canonical_value
from archive.site.names.geometry import STRETCH, WEST_EDGE, Point, great_circle, in_world, project
from archive.text.language import HTML_CODES
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

# Height to width, and the least width in degrees: enough to recognise a coast by.
ASPECT = 0.5
LEAST_WIDTH = 50
MARGIN = 0.12
# Labels as a share of the map's width, and how far apart they must stand in letters' heights.
LETTER = 0.026
MOST_LABELS = 12
# Left, top, width, height.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapDot:
    """A place on the map; `label` is "" where its name would run into another's."""

    x: float
    y: float
    name: Text
    label: Text
    is_left: bool
    is_chief: bool


@dataclass(frozen=True)
class SmallMap:
    """In degrees of longitude; `lands` are the offsets at which the world has to be drawn."""

    left: float
    top: float
    width: float
    height: float
    arcs: tuple[str, ...]
    dots: tuple[MapDot, ...]
    lands: tuple[float, ...]

    @property
    def view_box(self) -> str:
        return f"{self.left:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"

    @property
    def letter(self) -> float:
        return round(self.width * LETTER, 2)

    @property
    def dot(self) -> float:
        return round(self.width * 0.006, 2)

    @property
    def label_gap(self) -> float:
        return round(self.width * 0.012, 2)

    @property
    def line(self) -> float:
        return round(self.width * 0.0022, 3)

    @property
    def world_left(self) -> list[float]:
        return [WEST_EDGE + offset for offset in self.lands]

    @property
    def world_top(self) -> int:
        return -round(90 * STRETCH)

    @property
    def world_height(self) -> int:
        return 2 * round(90 * STRETCH)


def small_map(chief: Entity, others: Iterable[Entity], language: str) -> SmallMap | None:
    """The place and those it is tied to, the Pacific whole; None without coordinates."""
    if chief.latitude is None or chief.longitude is None:
        return None
    start = (in_world(chief.longitude), chief.latitude)
    placed = [place for place in others if place.latitude is not None]
    ways = [great_circle(start, (place.longitude or 0, place.latitude or 0)) for place in placed]
    points = [project(point) for way in ways for point in way] or [project(start)]
    left, top, width, height = _frame(points)
    ends = [(chief, project(start))]
    ends += [(place, project(way[-1])) for place, way in zip(placed, ways, strict=True)]
    return SmallMap(
        left=left,
        top=top,
        width=width,
        height=height,
        # Each for an SVG path's `d`.
        arcs=tuple(
            "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in map(project, way)) for way in ways
        ),
        dots=tuple(_dots(ends, language, left + width / 2, width * LETTER)),
        lands=tuple(
            offset
            for offset in (-360.0, 0.0, 360.0)
            if WEST_EDGE + offset < left + width and left < WEST_EDGE + offset + 360
        ),
    )


def _frame(points: list[Point]) -> Box:
    """A rectangle of our aspect around the points, not beyond the poles."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    north, south = min(y for _x, y in points), max(y for _x, y in points)
    width = max((east - west) * (1 + 2 * MARGIN), (south - north) * (1 + 3 * MARGIN) / ASPECT)
    width = min(max(width, LEAST_WIDTH), 360)
    height = width * ASPECT
    middle = max((north + south) / 2, -90 * STRETCH + height / 2)
    return (west + east) / 2 - width / 2, middle - height / 2, width, height


def _dots(
    ends: list[tuple[Entity, Point]], language: str, middle: float, letter: float
) -> Iterable[MapDot]:
    """A label stands on the side of its dot that has more room, if no other is in its way."""
    taken: list[Box] = []
    for place, (x, y) in ends:
        name = text_in(place, "name", language)
        is_left = x > middle
        length = sum(1.0 if sign >= "\u2e80" else 0.55 for sign in name.text) * letter + letter
        box = (x - length if is_left else x, y - letter * 0.6, length, letter * 1.2)
        is_free = len(taken) < MOST_LABELS and not any(_overlap(box, other) for other in taken)
        if is_free:
            taken.append(box)
        label = name if is_free else Text("", language)
        yield MapDot(round(x, 2), round(y, 2), name, label, is_left, place is ends[0][0])


def _overlap(one: Box, two: Box) -> bool:
    return all(
        one[axis] < two[axis] + two[axis + 2] and two[axis] < one[axis] + one[axis + 2]
        for axis in (0, 1)
    )


_DECIMALS = 3


def map_data(language: str) -> dict[str, Any]:
    """Places and ties by their numbers in the lists: two queries at any size.

    places: [key, name, language of the name, country, longitude, latitude]; ties: [place,
    place, kind, since, until]. A tie of which an end has no coordinates isn't there.
    """
    ties = placed_ties()
    one, two = canonical_id("place_a"), canonical_id("place_b")
    rows = ties.values_list(one, two, "kind", "since", "until")
    ends = Q(pk__in=ties.order_by().values_list(one)) | Q(pk__in=ties.order_by().values_list(two))
    places = list(Entity.objects.filter(ends).order_by("key"))
    numbers = {place.pk: number for number, place in enumerate(places)}
    return {
        "places": [
            [
                place.key,
                name.text,
                HTML_CODES[name.language],
                place.country,
                round(place.longitude or 0, _DECIMALS),
                round(place.latitude or 0, _DECIMALS),
            ]
            for place in places
            for name in [text_in(place, "name", language)]
        ],
        "ties": [[numbers[one], numbers[two], *rest] for one, two, *rest in rows],
    }


def placed_ties() -> TieQuerySet:
    """The ties that a map can show."""
    one, two = (canonical_value(end, "latitude") for end in ("place_a", "place_b"))
    return (
        Tie.objects.published()
        .alias(one=one, two=two)
        .exclude(Q(one=None) | Q(two=None))
        .order_by("pk")
    )
