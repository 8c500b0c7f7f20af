"""Maps that are drawn on the server: small ones of a place, and that of all ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from archive.contrib.tie_maps.geometry import (
    MARGIN,
    STRETCH,
    WEST_EDGE,
    Box,
    Point,
    frame_of,
    great_circle,
    in_world,
    overlap,
    project,
    worlds,
)
from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id, canonical_value
from archive.ties.querysets import TieQuerySet

# Height to width, and the least width in degrees: enough to recognise a coast by.
ASPECT = 0.5
LEAST_WIDTH = 50
# A letter's height and a dot's radius as shares of the map's width, and how much larger letters
# are on a telephone: see tie-maps.css.
LETTER, DOT, PHONE_LETTER = 0.026, 0.006, 1.35
MOST_LABELS = 12


@dataclass(frozen=True)
class MapDot:
    """A place on the map; `label` is "" where its name would run into others' on every side.

    From the dot to the label's baseline are `dx` and `dy`, in letters' heights; `anchor` is SVG's.
    """

    x: float
    y: float
    name: Text
    label: Text
    dx: float
    dy: float
    anchor: str
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
        return round(self.width * DOT, 2)

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
    left, top, width, height = frame_of(points, ASPECT, LEAST_WIDTH)
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
        dots=tuple(_dots(ends, language, (left, top, width, height))),
        lands=tuple(worlds(left, width)),
    )


def _dots(ends: list[tuple[Entity, Point]], language: str, frame: Box) -> Iterable[MapDot]:
    """A label stands on the side of its dot that has more room, or else on the next free one.

    Telephones draw the letters larger: where that has room, it is left.
    """
    letter, middle = frame[2] * LETTER, frame[0] + frame[2] / 2
    dots = [_around(point, frame[2] * DOT) for _place, point in ends]
    taken: list[Box] = []
    for (place, point), dot in zip(ends, dots, strict=True):
        name = text_in(place, "name", language)
        outward = "end" if point[0] > middle else "start"
        sides = [*sorted(_SIDES, key=lambda side: side[2] != outward), *_FURTHER]
        others = [*taken, *(one for one in dots if one != dot)]
        found = None
        if len(taken) < MOST_LABELS:
            for size in (letter * PHONE_LETTER, letter):
                found = found or _free_side(point, name.text, size, sides, others, frame)
        (dx, dy, anchor), box = found or (_SIDES[0], None)
        taken += [box] if box else []
        label = name if box else Text("", language)
        x, y = round(point[0], 2), round(point[1], 2)
        yield MapDot(x, y, name, label, dx, round(dy + 0.35, 2), anchor, place is ends[0][0])


Side = tuple[float, float, str]


def _free_side(
    point: Point, name: str, letter: float, sides: Iterable[Side], others: list[Box], frame: Box
) -> tuple[Side, Box] | None:
    """The first side of a dot on which its name stands in the frame and in nobody's way."""
    for dx, dy, anchor in sides:
        length = _length(name) * letter
        left = point[0] + dx * letter - length * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        box = (left, point[1] + (dy - 0.6) * letter, length, letter * 1.2)
        if _is_within(box, frame) and not any(overlap(box, one) for one in others):
            return (dx, dy, anchor), box
    return None


def _around(point: Point, half: float) -> Box:
    return point[0] - half, point[1] - half, 2 * half, 2 * half


# The map of all ties: its parts stand side by side in a wide window, below each other on a phone.
WIDE_PIXELS, NARROW_PIXELS, LETTER_PIXELS, DOT_PIXELS = 1216, 358, 12.5, 4.5
# Emptier than so many degrees of longitude, an ocean parts the map in two.
OCEAN = 45
NARROWEST, WIDEST = 0.8, 1.6
LEAST_PART = 20
# From the dot to the middle of its name in letters' heights, and how the name stands to that point.
_SIDES = (
    (0.6, 0.0, "start"),
    (-0.6, 0.0, "end"),
    (0.0, -1.0, "middle"),
    (0.0, 1.0, "middle"),
    (0.4, -0.8, "start"),
    (0.4, 0.8, "start"),
    (-0.4, -0.8, "end"),
    (-0.4, 0.8, "end"),
)
# For a port and its city, whose dots are one: their names stand below each other.
_FURTHER = tuple((dx, dy, anchor) for dy in (1.9, -1.9) for dx, _dy, anchor in _SIDES[:3])


@dataclass(frozen=True)
class MapPlace:
    """A place of the map of all ties."""

    key: str
    name: Text
    point: Point
    ties: int


@dataclass(frozen=True)
class MapName:
    """A place's name where no other name and no dot is in its way."""

    place: MapPlace
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class MapPart:
    """One side of an ocean. `share` is of the map's width, in percent: all parts are equally high.

    `ways` are kinds with an SVG path's `d`; there are names for two sizes.
    """

    frame: Box
    share: float
    places: tuple[MapPlace, ...]
    ways: tuple[tuple[str, str], ...]
    letter: float
    names: tuple[MapName, ...]
    narrow_letter: float
    narrow_names: tuple[MapName, ...]

    @property
    def view_box(self) -> str:
        return " ".join(f"{value:.1f}" for value in self.frame)

    @property
    def world_left(self) -> list[float]:
        return [WEST_EDGE + offset for offset in worlds(self.frame[0], self.frame[2])]

    world_top = -round(90 * STRETCH)
    world_height = 2 * round(90 * STRETCH)


@dataclass(frozen=True)
class TieMap:
    """`number` of the ties that are asked for have both ends on it."""

    parts: list[MapPart]
    number: int


def tie_map(ties: TieQuerySet, language: str) -> TieMap:
    """The ties on a map in parts, without the oceans between them: two queries at any size."""
    one, two = canonical_id("place_a"), canonical_id("place_b")
    rows = list(ties.values_list(one, two, "kind"))
    counts = Counter(pk for first, second, _kind in rows for pk in {first, second})
    entities = Entity.objects.in_bulk(counts)
    places = {
        pk: MapPlace(
            entity.key,
            text_in(entity, "name", language),
            project((in_world(entity.longitude or 0), entity.latitude or 0)),
            counts[pk],
        )
        for pk, entity in entities.items()
    }
    ways = [
        (kind, [project(point) for point in _way(entities[first], entities[second])])
        for first, second, kind in rows
    ]
    groups = _beyond_oceans(list(places.values()))
    frames = [_part_frame([place.point for place in group]) for group in groups]
    shares = sum(width / height for _left, _top, width, height in frames)
    parts = [
        _part(group, frame, ways, frame[2] / frame[3] / shares)
        for group, frame in zip(groups, frames, strict=True)
    ]
    return TieMap(parts, len(rows))


def _way(one: Entity, two: Entity) -> list[Point]:
    start, end = ((in_world(end.longitude or 0), end.latitude or 0) for end in (one, two))
    return great_circle(start, end, piece=3)


def _beyond_oceans(places: list[MapPlace]) -> list[list[MapPlace]]:
    """The places in groups from west to east."""
    groups: list[list[MapPlace]] = []
    for place in sorted(places, key=lambda one: (one.point, one.key)):
        if not groups or place.point[0] - groups[-1][-1].point[0] > OCEAN:
            groups.append([])
        groups[-1].append(place)
    return groups


def _part_frame(points: list[Point]) -> Box:
    """A rectangle around the points, neither too slim nor too flat."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    north, south = min(y for _x, y in points), max(y for _x, y in points)
    width = max((east - west) * (1 + 2 * MARGIN), LEAST_PART)
    height = max((south - north) * (1 + 2 * MARGIN), LEAST_PART)
    width, height = max(width, height * NARROWEST), max(height, width / WIDEST)
    return (west + east) / 2 - width / 2, (north + south) / 2 - height / 2, width, height


def _part(
    places: list[MapPlace],
    frame: Box,
    ways: list[tuple[str, list[Point]]],
    share: float,
) -> MapPart:
    pixels = WIDE_PIXELS * share, NARROW_PIXELS
    letters = [LETTER_PIXELS * frame[2] / width for width in pixels]
    most_first = sorted(places, key=lambda place: (-place.ties, place.key))
    wide, narrow = (tuple(_names(most_first, letter, frame)) for letter in letters)
    return MapPart(
        frame=frame,
        # A gap of a hundredth between them.
        share=round(99 * share, 2),
        places=tuple(places),
        ways=tuple((kind, piece) for kind, way in ways for piece in _pieces(way, frame)),
        letter=round(letters[0], 2),
        names=wide,
        narrow_letter=round(letters[1], 2),
        narrow_names=narrow,
    )


def _names(places: list[MapPlace], letter: float, frame: Box) -> Iterator[MapName]:
    """The names that fit, those with most ties first, each on the first free side of its dot."""
    dots = [_around(one.point, letter * DOT_PIXELS / LETTER_PIXELS) for one in places]
    taken: list[Box] = []
    for place, dot in zip(places, dots, strict=True):
        others = [*taken, *(one for one in dots if one != dot)]
        found = _free_side(place.point, place.name.text, letter, _SIDES, others, frame)
        if found is None:
            continue
        (dx, dy, anchor), box = found
        taken.append(box)
        x, y = place.point[0] + dx * letter, place.point[1] + dy * letter
        yield MapName(place, round(x, 2), round(y, 2), anchor)


def _length(name: str) -> float:
    """In letters' heights, a little more than most fonts take."""
    return sum(1.0 if sign >= "\u2e80" else 0.6 for sign in name)


def _is_within(box: Box, frame: Box) -> bool:
    return all(
        frame[axis] <= box[axis] and box[axis] + box[axis + 2] <= frame[axis] + frame[axis + 2]
        for axis in (0, 1)
    )


def _pieces(way: list[Point], frame: Box) -> Iterator[str]:
    """What of a way is seen in the frame, each piece for an SVG path's `d`."""
    for offset in worlds(min(x for x, _y in way) - 360, 720):
        moved = [(x + offset, y) for x, y in way]
        legs = [leg for leg in pairwise(moved) if overlap(_box_of(*leg), frame)]
        piece: list[Point] = []
        for here, there in legs:
            if piece and piece[-1] != here:
                yield _drawn(piece)
                piece = []
            piece += [here, there] if not piece else [there]
        if piece:
            yield _drawn(piece)


def _box_of(here: Point, there: Point) -> Box:
    left, top = min(here[0], there[0]), min(here[1], there[1])
    return left, top, abs(here[0] - there[0]), abs(here[1] - there[1])


def _drawn(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def placed(ties: TieQuerySet) -> TieQuerySet:
    """Those that a map can show."""
    one, two = (canonical_value(end, "latitude") for end in ("place_a", "place_b"))
    on_map: TieQuerySet = ties.alias(lat_a=one, lat_b=two).exclude(Q(lat_a=None) | Q(lat_b=None))
    return on_map.order_by("pk")
