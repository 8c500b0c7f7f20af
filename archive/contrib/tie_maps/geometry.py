"""Great circles, and the world as our maps lay it out: cut in the Atlantic, the Pacific whole.

Pure: degrees in, degrees out. A point is (longitude, latitude), as in GeoJSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin

Point = tuple[float, float]
# Left, top, width, height.
Box = tuple[float, float, float, float]

# The meridian where the maps' world begins: no inhabited land but Greenland's lies across it.
WEST_EDGE = -30
# Maps are plate carrée, true to scale at 35° north, where most cities of China and the US lie.
STRETCH = 1.22
# So many kilometres a degree to the east is there.
DEGREE_KM = 111.2 / STRETCH
# An arc is drawn in pieces of at most so many degrees.
PIECE_DEGREES = 2
# What of a map's width is left free on each side of what it shows.
MARGIN = 0.12
# How far from a curve's chord its control point lies, as a share of the chord.
BEND = 0.16
# What rounding leaves beyond the border isn't a crossing of it.
_DECIMALS = 9


def great_circle(start: Point, end: Point, piece: float = PIECE_DEGREES) -> list[Point]:
    """The shortest way over the globe, both ends included; longitudes run on past ±180.

    Points that are opposite each other have no shortest way: they are joined through whatever
    the rounding makes of it. The same point twice gives that point twice.
    """
    a, b = _vector(start), _vector(end)
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    angle = atan2(hypot(*cross), sum(x * y for x, y in zip(a, b, strict=True)))
    count = max(1, round(degrees(angle) / piece))
    if sin(angle) < 1e-9:
        return [start, near(end, start)]
    points = [start]
    for step in range(1, count):
        share = step / count
        of_a, of_b = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
        x, y, z = (of_a * one + of_b * other for one, other in zip(a, b, strict=True))
        point = (degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y))))
        points.append(near(point, points[-1]))
    return [*points, near(end, points[-1])]


def cut_at_antimeridian(points: Iterable[Point]) -> list[list[Point]]:
    """A way whose longitudes run on, in pieces between −180 and 180 (RFC 7946, section 3.1.9)."""
    pieces: list[list[Point]] = []
    turn = 0
    for here, there in _legs([(round(x, _DECIMALS), y) for x, y in points]):
        # A leg along the border belongs to the side that the way came from.
        middle = (here[0] + there[0]) / 2 + 180
        now = turn if pieces and middle in (360 * turn, 360 * turn + 360) else int(middle // 360)
        if not pieces or now != turn:
            pieces.append([_home(here, now)])
            turn = now
        pieces[-1].append(_home(there, turn))
    return pieces


def _legs(way: list[Point]) -> Iterator[tuple[Point, Point]]:
    """From point to point; a leg over the border in two, for none is half around the world."""
    for here, there in pairwise(way):
        low, high = sorted((here[0], there[0]))
        border = (low + 180) // 360 * 360 + 180.0
        if low < border < high:
            share = (border - here[0]) / (there[0] - here[0])
            crossing = (border, here[1] + share * (there[1] - here[1]))
            yield here, crossing
            yield crossing, there
        else:
            yield here, there


def in_world(longitude: float) -> float:
    """The longitude on our maps: from the western edge on, less than once around."""
    return (longitude - WEST_EDGE) % 360 + WEST_EDGE


def project(point: Point) -> Point:
    """Where a point lies on a map drawn on the server: x to the right, y downwards."""
    return point[0], -point[1] * STRETCH


def near(point: Point, other: Point) -> Point:
    """The point with the longitude, of all that mean it, that is nearest to the other's."""
    return point[0] + 360 * round((other[0] - point[0]) / 360), point[1]


@dataclass(frozen=True)
class Curve:
    """What joins two projected points to the eye: one bow to the north, a twelfth as high as long.

    `control` is the point that a quadratic Bézier curve bends towards.
    """

    start: Point
    control: Point
    end: Point

    @classmethod
    def between(cls, one: Point, two: Point) -> Curve:
        start, end = sorted((one, two))
        across, down = end[0] - start[0], end[1] - start[1]
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        return cls(start, (middle[0] + BEND * down, middle[1] - BEND * across), end)

    @property
    def top(self) -> Point:
        """The middle of the curve: halfway from its chord to the control point."""
        (x1, y1), (x2, y2), (x3, y3) = self.start, self.control, self.end
        return (x1 + 2 * x2 + x3) / 4, (y1 + 2 * y2 + y3) / 4

    def points(self, count: int) -> list[Point]:
        """So many along the curve, both ends left out."""
        (x1, y1), (x2, y2), (x3, y3) = self.start, self.control, self.end
        shares = (step / (count + 1) for step in range(1, count + 1))
        return [
            (
                (1 - t) ** 2 * x1 + 2 * t * (1 - t) * x2 + t * t * x3,
                (1 - t) ** 2 * y1 + 2 * t * (1 - t) * y2 + t * t * y3,
            )
            for t in shares
        ]

    @property
    def drawn(self) -> str:
        """For an SVG path's `d`."""
        start, control, end = (f"{x:.1f} {y:.1f}" for x, y in (self.start, self.control, self.end))
        return f"M{start}Q{control} {end}"


def frame_of(points: list[Point], aspect: float, least_width: float) -> Box:
    """A rectangle around projected points, `aspect` times as high as wide, not beyond the poles."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    north, south = min(y for _x, y in points), max(y for _x, y in points)
    width = max((east - west) * (1 + 2 * MARGIN), (south - north) * (1 + 3 * MARGIN) / aspect)
    width = min(max(width, least_width), 360)
    height = width * aspect
    middle = max((north + south) / 2, -90 * STRETCH + height / 2)
    return (west + east) / 2 - width / 2, middle - height / 2, width, height


def overlap(one: Box, two: Box) -> bool:
    """Whether two rectangles have more than a border in common."""
    return all(
        one[axis] < two[axis] + two[axis + 2] and two[axis] < one[axis] + one[axis + 2]
        for axis in (0, 1)
    )


def worlds(left: float, width: float) -> list[float]:
    """The offsets at which the world has to be drawn for what lies between two meridians."""
    return [
        offset
        for offset in (-360.0, 0.0, 360.0)
        if WEST_EDGE + offset < left + width and left < WEST_EDGE + offset + 360
    ]


def _home(point: Point, turn: int) -> Point:
    return point[0] - 360 * turn, point[1]


def _vector(point: Point) -> tuple[float, float, float]:
    longitude, latitude = radians(point[0]), radians(point[1])
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)
