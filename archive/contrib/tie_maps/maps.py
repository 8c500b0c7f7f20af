"""Maps that are drawn on the server: small ones of a place, and that of all ties.

Their letters and dots have a size in pixels at any width: they stand in an SVG without a view
box, at percentages of it, over one of the land that gives both their height.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import dist, hypot, sqrt
from operator import itemgetter
from types import MappingProxyType

from django.db.models import Q

from archive.contrib.tie_maps.geometry import (
    DEGREE_KM,
    STRETCH,
    WEST_EDGE,
    Box,
    Curve,
    Point,
    frame_of,
    in_world,
    near,
    overlap,
    project,
    worlds,
)
from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id, canonical_value
from archive.ties.querysets import TieQuerySet

# A letter's height and a dot's radius in pixels.
LETTER_PIXELS, DOT_PIXELS = 12.0, 2.5
# Dots so few letters' heights apart can't each have its name to itself.
NEAR = 3
# Lengths in kilometres that a scale may have.
SCALES = (50, 100, 200, 500, 1000, 2000)
WORLD_TOP, WORLD_HEIGHT = -round(90 * STRETCH), 2 * round(90 * STRETCH)
Side = tuple[float, float, str]
# From the dot to the middle of its name in letters' heights, and how the name stands to that point.
_SIDES: tuple[Side, ...] = (
    (0.7, 0.0, "start"),
    (-0.7, 0.0, "end"),
    (0.0, -1.1, "middle"),
    (0.0, 1.1, "middle"),
    (0.5, -0.8, "start"),
    (0.5, 0.8, "start"),
    (-0.5, -0.8, "end"),
    (-0.5, 0.8, "end"),
)
# A small map's curves leave its dots upwards: names stand below if they can. For a port and its
# city, whose dots are one, they stand below each other.
_BELOW_FIRST: tuple[Side, ...] = (
    *sorted(_SIDES, key=lambda side: side[1] <= 0),
    *((dx, dy, anchor) for dy in (2.0, -2.0) for dx, _dy, anchor in _SIDES[:3]),
)


@dataclass(frozen=True)
class MapPlace:
    """A place at `point`; `ties` are those keys whose lines end there."""

    key: str
    name: Text
    point: Point
    is_region: bool = False
    ties: tuple[int, ...] = ()

    @property
    def radius(self) -> float:
        """In pixels: the dot's area goes with the number of ties."""
        return round(DOT_PIXELS * sqrt(len(self.ties) or 1), 1)

    @property
    def side(self) -> float:
        """Of the square that a province has for a dot."""
        return round(2 * self.radius, 1)


@dataclass(frozen=True)
class MapName:
    """A name at percentages of the map, `dx` and `dy` letters' heights from there."""

    place: MapPlace
    x: float
    y: float
    dx: float
    dy: float
    anchor: str


@dataclass(frozen=True)
class MapDot:
    """A place at percentages of the map."""

    place: MapPlace
    x: float
    y: float


@dataclass(frozen=True)
class MapYear:
    """The year of a tie, below its line at percentages of the map."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class MapScale:
    """A length and how much of the map's width it takes, in per cent."""

    km: int
    width: float


@dataclass(frozen=True)
class Pane:
    """A part of the map with a piece of the world; `shift` is what is left out before it."""

    frame: Box
    shift: float = 0

    @property
    def view_box(self) -> str:
        left, top, width, height = self.frame
        return f"{left + self.shift:.1f} {top:.1f} {width:.1f} {height:.1f}"

    @property
    def world_left(self) -> list[float]:
        left, width = self.frame[0] + self.shift, self.frame[2]
        return [WEST_EDGE + offset for offset in worlds(left, width)]

    world_top, world_height = WORLD_TOP, WORLD_HEIGHT


@dataclass(frozen=True)
class MapView:
    """The land in panes, and on it dots, and the names that fit a narrow and a wide map."""

    frame: Box
    panes: tuple[Pane, ...]
    dots: tuple[MapDot, ...]
    names: tuple[MapName, ...]
    wide_names: tuple[MapName, ...] = ()

    @property
    def view_box(self) -> str:
        return " ".join(f"{value:.1f}" for value in self.frame)

    @property
    def scale(self) -> MapScale:
        """The longest round length that takes no more than a fifth of the width."""
        km = self.frame[2] * DEGREE_KM
        length = max((one for one in SCALES if one <= km / 5), default=SCALES[0])
        return MapScale(length, round(100 * length / km, 2))

    @property
    def seams(self) -> list[float]:
        return [round(pane.frame[0], 1) for pane in self.panes[1:]]


def _view(
    places: list[MapPlace],
    frame: Box,
    pixels: tuple[float, ...],
    letter: float = LETTER_PIXELS,
    seen: Box | None = None,
    sides: tuple[Side, ...] = _SIDES,
    panes: Iterable[Pane] = (),
    lines: Sequence[Point] = (),
) -> MapView:
    """With names for each of the widths in `pixels`, the narrowest first, in what is `seen`.

    They keep off the points of `lines` where there is room elsewhere.
    """
    dots = tuple(MapDot(place, *_percent(place.point, frame)) for place in places)
    names = [
        tuple(_names(places, letter, frame, width, seen or frame, sides, lines)) for width in pixels
    ]
    return MapView(frame, tuple(panes) or (Pane(frame),), dots, *names)


def _percent(point: Point, frame: Box) -> Point:
    return (
        round(100 * (point[0] - frame[0]) / frame[2], 2),
        round(100 * (point[1] - frame[1]) / frame[3], 2),
    )


def _names(
    places: list[MapPlace],
    pixels: float,
    frame: Box,
    width: float,
    seen: Box,
    sides: tuple[Side, ...],
    lines: Sequence[Point],
) -> Iterator[MapName]:
    """The names that fit on a map so many pixels wide, each on the first free side of its dot."""
    degrees = frame[2] / width
    letter, middle = pixels * degrees, frame[0] + frame[2] / 2
    dots = [_around(one.point, one.radius * degrees) for one in places]
    taken: list[Box] = []
    for place, dot in zip(places, dots, strict=True):
        # The side with more room first.
        inward = "end" if place.point[0] > middle else "start"
        others = [*taken, *(one for one in dots if one is not dot)]
        gap = place.radius * degrees / letter
        found = []
        for dx, dy, anchor in sides:
            away = dx + (gap if dx > 0 else -gap if dx < 0 else 0)
            box = _box_of_name(place, letter, away, dy, anchor)
            if not _is_within(box, seen) or any(overlap(box, one) for one in others):
                continue
            # Nearer to another's dot it would be read as that one's name: at best a neighbour's.
            own = _distance(place.point, box) - letter / 4
            nearer = [one.point for one in places if _distance(one.point, box) < own]
            if all(dist(point, place.point) < NEAR * letter for point in nearer):
                crossed = sum(_is_in(point, box) for point in lines)
                found.append((bool(nearer), crossed, anchor != inward, box, away, dy, anchor))
        if found:
            *_ranks, box, away, dy, anchor = min(found, key=itemgetter(0, 1, 2))
            taken.append(box)
            x, y = _percent(place.point, frame)
            yield MapName(place, x, y, round(away, 2), round(dy + 0.35, 2), anchor)


def _is_in(point: Point, box: Box) -> bool:
    return all(box[axis] <= point[axis] <= box[axis] + box[axis + 2] for axis in (0, 1))


def _distance(point: Point, box: Box) -> float:
    """Zero inside the box."""
    beside, above = (
        max(box[axis] - point[axis], point[axis] - box[axis] - box[axis + 2], 0) for axis in (0, 1)
    )
    return hypot(beside, above)


def _box_of_name(place: MapPlace, letter: float, dx: float, dy: float, anchor: str) -> Box:
    length = _length(place.name.text) * letter
    left = place.point[0] + dx * letter - length * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    return left, place.point[1] + (dy - 0.6) * letter, length, letter * 1.2


def _around(point: Point, half: float) -> Box:
    return point[0] - half, point[1] - half, 2 * half, 2 * half


def _length(name: str) -> float:
    """In letters' heights, a little more than most fonts take."""
    return sum(1.0 if sign >= "\u2e80" else 0.6 for sign in name)


def _is_within(box: Box, frame: Box) -> bool:
    return all(
        frame[axis] <= box[axis] and box[axis] + box[axis + 2] <= frame[axis] + frame[axis + 2]
        for axis in (0, 1)
    )


def _place(entity: Entity, language: str, ties: Iterable[int] = ()) -> MapPlace:
    return MapPlace(
        entity.key,
        text_in(entity, "name", language),
        project((in_world(entity.longitude or 0), entity.latitude or 0)),
        entity.place_type in (Entity.PlaceType.PROVINCE, Entity.PlaceType.STATE),
        tuple(ties),
    )


# A small map's height to its width: of the middle that wide windows show of a pair's, and of the
# whole, which telephones show; and its least width in degrees: enough to recognise a coast by.
BAND, WHOLE = 0.25, 0.5
LEAST_WIDTH = 50
# The widths in pixels that its names are for, and its letter. On a telephone's 320 pixels letters
# are a fifth smaller: that is as 400.
SMALL_PIXELS, SMALL_LETTER = (400.0, 700.0), 15.0
# Close enough for no name to lie between two of a curve's.
CURVE_POINTS = 100
# Where on a curve its year may stand: not at its ends, where the names are.
YEAR_POINTS = 11


@dataclass(frozen=True)
class SmallMap:
    """`is_tall` where more than the band that wide windows show of a pair's map is needed."""

    view: MapView
    arcs: tuple[str, ...]
    is_tall: bool
    years: tuple[MapYear, ...] = ()
    wide_years: tuple[MapYear, ...] = ()


def small_map(
    chief: Entity,
    others: Iterable[Entity],
    language: str,
    years: Mapping[str, str] = MappingProxyType({}),
    *,
    is_tied: bool = True,
) -> SmallMap | None:
    """The place and others, the Pacific whole, and lines to those it is tied to; None without
    coordinates.

    `years` are those of the ties by the other place's key.
    """
    if chief.latitude is None or chief.longitude is None:
        return None
    start = _place(chief, language)
    ends = [_place(one, language) for one in others if one.latitude is not None]
    ends = [replace(one, point=near(one.point, start.point)) for one in ends]
    tied = ends if is_tied else []
    curves = [Curve.between(start.point, end.point) for end in tied]
    shown = [start.point, *(end.point for end in ends), *(curve.top for curve in curves)]
    left, top, width, height = seen = frame_of(shown, BAND, LEAST_WIDTH)
    depth = max(y for _x, y in shown) - min(y for _x, y in shown)
    is_tall = len(ends) > 1 or depth > height
    if is_tall:
        frame = seen = frame_of(shown, WHOLE, LEAST_WIDTH)
    else:
        frame = (left, top - (WHOLE - BAND) / 2 * width, width, WHOLE * width)
    lines = [point for curve in curves for point in curve.points(CURVE_POINTS)]
    view = _view([start, *ends], frame, SMALL_PIXELS, SMALL_LETTER, seen, _BELOW_FIRST, lines=lines)
    dated = [
        (years[end.key], curve) for end, curve in zip(tied, curves, strict=True) if end.key in years
    ]
    told = [tuple(_years(dated, curves, frame, width)) for width in SMALL_PIXELS]
    return SmallMap(view, tuple(curve.drawn for curve in curves), is_tall, *told)


def _years(
    dated: list[tuple[str, Curve]], curves: list[Curve], frame: Box, width: float
) -> Iterator[MapYear]:
    """Those for which a map so many pixels wide has room, each where fewest lines cross it."""
    letter = LETTER_PIXELS * frame[2] / width
    lines = [point for curve in curves for point in curve.points(CURVE_POINTS)]
    taken: list[Box] = []
    for text, curve in dated:
        found = []
        for x, y in curve.points(YEAR_POINTS)[1:-1]:
            half = _length(text) * letter / 2
            box = (x - half, y + letter * 0.4, 2 * half, letter * 1.2)
            if not any(overlap(box, one) for one in taken):
                crossed = sum(_is_in(point, box) for point in lines)
                found.append((crossed, abs(x - curve.top[0]), (x, y), box))
        if found:
            _crossed, _away, point, box = min(found)
            taken.append(box)
            yield MapYear(text, *_percent(point, frame))


# Emptier than so many degrees of longitude, the map of all ties shows an ocean so many wide.
OCEAN, NARROW_OCEAN = 45, 40
# The map's width to its height, and the widths in pixels that its names are for.
NARROWEST, WIDEST = 1.8, 3.4
ALL_PIXELS, PART_PIXELS = (550.0, 880.0), (280.0,)
PART_NARROWEST, PART_WIDEST = 0.8, 1.6
LEAST_PART = 20
# What is left free around the places, in degrees.
FREE = 5


@dataclass(frozen=True)
class MapWay:
    """A tie's line; `curve` is for an SVG path's `d`."""

    tie: int
    kind: str
    curve: str


@dataclass(frozen=True)
class TieMap:
    """The whole with the `ways` of all ties, and its parts beyond each ocean for a telephone."""

    ways: tuple[MapWay, ...] = ()
    whole: MapView | None = None
    parts: tuple[MapView, ...] = ()


def tie_map(ties: TieQuerySet, language: str) -> TieMap:
    """The ties on a map: two queries at any size."""
    one, two = canonical_id("place_a"), canonical_id("place_b")
    rows = list(ties.values_list("pk", one, two, "kind"))
    if not rows:
        return TieMap()
    ties_of: dict[int, list[int]] = {}
    for tie, *ends, _kind in rows:
        for pk in set(ends):
            ties_of.setdefault(pk, []).append(tie)
    entities = Entity.objects.in_bulk(ties_of)
    places = {pk: _place(one, language, ties_of[pk]) for pk, one in entities.items()}
    groups = _beyond_oceans(list(places.values()))
    shifts = _shifts(groups)
    shift_of = {one.key: shift for shift, of in zip(shifts, groups, strict=True) for one in of}
    moved = {
        pk: replace(place, point=(place.point[0] - shift_of[place.key], place.point[1]))
        for pk, place in places.items()
    }
    curves = [Curve.between(moved[one].point, moved[two].point) for _, one, two, _ in rows]
    shown = [*(place.point for place in moved.values()), *(curve.top for curve in curves)]
    frame = _frame(shown, NARROWEST, WIDEST)
    # Each ocean is cut in its middle.
    firsts = [group[0].point[0] - shift for group, shift in zip(groups, shifts, strict=True)]
    starts = [frame[0], *(first - NARROW_OCEAN / 2 for first in firsts[1:])]
    panes = _panes(frame, starts, shifts)
    return TieMap(
        tuple(MapWay(row[0], row[3], curve.drawn) for row, curve in zip(rows, curves, strict=True)),
        _view(_most_first(moved.values()), frame, ALL_PIXELS, panes=panes),
        tuple(_part(group) for group in groups),
    )


def _part(places: list[MapPlace]) -> MapView:
    frame = _frame([place.point for place in places], PART_NARROWEST, PART_WIDEST)
    return _view(_most_first(places), frame, PART_PIXELS)


def _most_first(places: Iterable[MapPlace]) -> list[MapPlace]:
    """Those with most ties are named where not all can be."""
    return sorted(places, key=lambda place: (-len(place.ties), place.key))


def _beyond_oceans(places: list[MapPlace]) -> list[list[MapPlace]]:
    """The places in groups from west to east."""
    groups: list[list[MapPlace]] = []
    for place in sorted(places, key=lambda one: (one.point, one.key)):
        if not groups or place.point[0] - groups[-1][-1].point[0] > OCEAN:
            groups.append([])
        groups[-1].append(place)
    return groups


def _shifts(groups: list[list[MapPlace]]) -> list[float]:
    """How far west each group moves for what of the oceans before it is left out."""
    shifts = [0.0]
    for here, there in pairwise(groups):
        shifts.append(shifts[-1] + there[0].point[0] - here[-1].point[0] - NARROW_OCEAN)
    return shifts


def _panes(frame: Box, starts: list[float], shifts: list[float]) -> Iterator[Pane]:
    left, top, width, height = frame
    for start, end, shift in zip(starts, [*starts[1:], left + width], shifts, strict=True):
        yield Pane((start, top, end - start, height), shift)


def _frame(points: list[Point], narrowest: float, widest: float) -> Box:
    """A rectangle around the points, neither too slim nor too flat."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    north, south = min(y for _x, y in points), max(y for _x, y in points)
    width = max(east - west + 2 * FREE, LEAST_PART)
    height = max(south - north + 2 * FREE, LEAST_PART)
    width, height = max(width, height * narrowest), max(height, width / widest)
    return (west + east) / 2 - width / 2, (north + south) / 2 - height / 2, width, height


def placed(ties: TieQuerySet) -> TieQuerySet:
    """Those that a map can show."""
    one, two = (canonical_value(end, "latitude") for end in ("place_a", "place_b"))
    on_map: TieQuerySet = ties.alias(lat_a=one, lat_b=two).exclude(Q(lat_a=None) | Q(lat_b=None))
    return on_map.order_by("pk")
