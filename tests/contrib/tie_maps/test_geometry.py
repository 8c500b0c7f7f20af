"""Great circles, and maps across the Pacific: pure, without a database."""

import json
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.contrib.tie_maps.geometry import (
    PIECE_DEGREES,
    Point,
    cut_at_antimeridian,
    great_circle,
    in_world,
)
from tests.ties.places import POINTS

points = st.tuples(st.floats(-180, 180), st.floats(-89, 89))
FINE = "archive/maps/land.json"
COARSE = "archive_tie_maps/maps/land.svg"


def angle(a: Point, b: Point) -> float:
    """Degrees between two points, by another formula than the one that is tested."""
    (x1, y1), (x2, y2) = [(radians(x), radians(y)) for x, y in (a, b)]
    d = x2 - x1
    across = hypot(cos(y2) * sin(d), cos(y1) * sin(y2) - sin(y1) * cos(y2) * cos(d))
    return degrees(atan2(across, sin(y1) * sin(y2) + cos(y1) * cos(y2) * cos(d)))


@given(start=points, end=points)
def test_no_way_is_shorter_than_the_great_circle(start, end):
    way = great_circle(start, end)
    length = sum(angle(a, b) for a, b in pairwise(way))
    assert length == pytest.approx(angle(start, end), abs=0.01)
    # Nobody can say which way leads to the other side of the globe.
    assume(angle(start, end) < 179.9)
    assert max(angle(a, b) for a, b in pairwise(way)) <= PIECE_DEGREES * 1.51 + 0.01


@given(start=points, end=points)
def test_a_way_never_jumps_over_the_map(start, end):
    way = great_circle(start, end)
    assert way[0] == start
    assert all(abs(b[0] - a[0]) <= 180.001 for a, b in pairwise(way))


@given(start=points, end=points)
def test_a_way_in_pieces_stays_within_the_world(start, end):
    pieces = cut_at_antimeridian(great_circle(start, end))
    assert all(len(piece) > 1 for piece in pieces)
    assert all(-180 <= x <= 180 for piece in pieces for x, _y in piece)
    for before, after in pairwise(pieces):
        assert abs(before[-1][0]) == abs(after[0][0]) == 180
        assert before[-1][0] == -after[0][0]
        assert before[-1][1] == after[0][1]


def test_the_way_from_zhanjiang_to_the_us_crosses_the_date_line_once():
    way = great_circle(POINTS["zhanjiang"], POINTS["long-beach"])
    assert way[-1][0] == pytest.approx(POINTS["long-beach"][0] + 360)
    west, east = cut_at_antimeridian(way)
    assert (west[0], east[-1][0]) == (POINTS["zhanjiang"], pytest.approx(-118.19))


@pytest.mark.parametrize(
    ("start", "end"),
    [((180.0, 10.0), (170.0, 10.0)), ((-180.0, 10.0), (-170.0, 10.0)), ((5.0, 5.0), (5.0, 5.0))],
)
def test_a_way_that_only_touches_the_date_line_is_one_piece(start, end):
    assert len(cut_at_antimeridian(great_circle(start, end))) == 1


@pytest.mark.parametrize(
    ("longitude", "there"), [(110.0, 110.0), (-74.0, 286.0), (-30.0, -30.0), (-31.0, 329.0)]
)
def test_the_maps_have_china_west_of_america(longitude, there):
    assert in_world(longitude) == there


def test_the_land_is_small_and_holds_china_and_america():
    files = [Path(str(finders.find(name))) for name in (FINE, COARSE)]
    assert sum(path.stat().st_size for path in files) <= 100_000
    rings = json.loads(files[0].read_text())
    widest = sorted((_span(ring) for ring in rings), key=lambda span: span[0] - span[1])
    assert any(west < 100 and east > 120 for west, east in widest)
    assert any(west < 240 and east > 280 for west, east in widest)


def _span(steps: list[int]) -> tuple[float, float]:
    longitude, seen = 0, []
    for step in steps[::2]:
        longitude += step
        seen.append(longitude / 100)
    return min(seen), max(seen)
