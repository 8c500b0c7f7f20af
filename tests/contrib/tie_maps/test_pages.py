"""Ties on maps, by decades and in charts; as GeoJSON after RFC 7946."""

import json
import re
from math import hypot

import pytest
from bs4 import BeautifulSoup

from archive.contrib.tie_maps.maps import NEAR, SMALL_LETTER, SMALL_PIXELS, MapDot, small_map
from archive.entities.models import Entity
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_entity, make_home, make_tie
from tests.ties.places import place, tie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return make_home()


@pytest.fixture
def read(client):
    """An address below the language's prefix, parsed."""

    def get(language: str, path: str) -> BeautifulSoup:
        response = client.get(f"/{language}/{path}")
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


def test_a_telephone_has_the_map_in_parts_without_the_ocean(read):
    tie(since="2005")
    make_tie(place("guangzhou"), place("long-beach"))
    page = read("zh-hans", "ties/")
    west, east = page.select(".tie-map-part")
    assert {text.text for text in west.select("text")} == {"湛江", "广州"}
    assert {text.text for text in east.select("text")} == {"大西洋城", "长滩"}
    assert west.select_one("a")["href"].startswith("/zh-hans/cities/")
    # The list says the same: the keyboard isn't led through the map.
    assert {link["tabindex"] for link in page.select(".tie-map a")} == {"-1"}
    assert {one["aria-hidden"] for one in page.select(".map-view")} == {"true"}
    assert page.select_one(f"{page.select_one('main .skip')['href']} .tie-list")


def test_every_tie_is_one_curve_from_place_to_place_inside_the_map(read):
    tie(since="2005")
    make_tie(place("guangzhou"), place("long-beach"))
    whole = read("en", "ties/").select_one(".tie-map-whole")
    left, top, width, height = map(float, whole.svg["viewbox"].split())
    ways = whole.select(".tie-ways path")
    assert len(ways) == 2
    for way in ways:
        start, bend, end = re.findall(r"([\d.-]+) ([\d.-]+)", way["d"])
        assert float(bend[1]) < (float(start[1]) + float(end[1])) / 2
        for x, y in ((float(x), float(y)) for x, y in (start, end)):
            assert left < x < left + width
            assert top < y < top + height


def test_a_tie_is_lit_from_its_row_and_from_both_places(read):
    tie(since="2005")
    page = read("en", "ties/")
    key = page.select_one(".tie-ways path")["data-tie"]
    assert [row["data-ties"] for row in page.select(".tie-list > li")] == [key]
    dots = page.select(f'.tie-map-whole a[data-ties="{key}"]:has(circle) title')
    assert {title.text for title in dots} == {"Zhanjiang", "Atlantic City"}


def test_the_key_has_the_kinds_that_are_on_the_map(read):
    tie(kind="visit")
    legend = read("en", "ties/").select(".tie-legend-line")
    assert [kind.text for kind in legend] == ["Visit"]


def test_says_which_ties_the_map_lacks(read):
    place("long-beach", latitude=None, longitude=None)
    tie()
    tie(two="long-beach")
    assert "1 tie leads to a place without coordinates" in read("en", "ties/").text


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("ties/", "page"),
        ("ties/timeline/", "true"),
        ("ties/overview/", "true"),
        ("ties/atlantic-city/zhanjiang/", "true"),
        ("cities/zhanjiang/", "true"),
    ],
)
def test_the_navigation_marks_the_ties_on_all_their_pages(read, path, current):
    tie(since="2005")
    marked = read("en", path).select(".sections [aria-current]")
    assert [(one.text, one["aria-current"]) for one in marked] == [("City ties", current)]


@pytest.mark.parametrize(
    ("language", "decades"),
    [("en", ["1980s", "2000s"]), ("zh-hans", ["20世纪80年代", "21世纪头十年"])],
)
def test_the_timeline_goes_by_decades(read, language, decades):
    tie(since="2005-10")
    tie(two="long-beach", since="1983")
    make_tie(place("long-beach"), place("atlantic-city"))
    page = read(language, "ties/timeline/")
    assert [heading.text for heading in page.select(".timeline h2")] == decades
    assert [time["datetime"] for time in page.select(".timeline time")] == ["1983", "2005-10"]
    assert page.select(".timeline ~ .tie-note")
    one = read(language, "ties/timeline/?begun=1980s")
    assert [time["datetime"] for time in one.select(".timeline time")] == ["1983"]


def test_the_timeline_tells_a_tie_as_the_list_does_and_names_other_kinds_alone(read):
    tie(since="1985")
    make_tie(place("atlantic-city"), place("guangzhou"), kind="friendly_exchange", since="1987")
    page = read("en", "ties/timeline/")
    names = [" ".join(link.text.split()) for link in page.select(".timeline a")]
    assert names == [
        " ".join(link.text.split()) for link in read("en", "ties/").select(".tie-list > li > a")
    ]
    assert [kind.text for kind in page.select(".timeline small")] == ["Friendly exchange"]
    of_one_kind = read("en", "ties/timeline/?kind=sister_city")
    assert len(of_one_kind.select(".timeline a")) == 1
    assert not of_one_kind.select(".timeline small, .tie-note")


def test_charts_say_the_same_as_pictures_and_as_tables(read):
    tie(since="1983")
    tie(two="long-beach", since="2005")
    page = read("en", "ties/overview/")
    headings = [chart.h2.text for chart in page.select(".chart")]
    assert headings == [
        "Places with most ties: China",
        "Places with most ties: United States of America",
        "Ties by kind",
        "Ties by the decade they began in",
    ]
    for chart in page.select(".chart"):
        rows = [(row.th.text, row.td.text) for row in chart.select("tbody tr")]
        assert "; ".join(map(": ".join, rows)) == chart.svg.desc.text
        assert len(chart.select("rect")) == len(rows)
        assert chart.svg["aria-labelledby"].split() == [chart.svg.title["id"], chart.svg.desc["id"]]
    decades = [row.th.text for row in page.select("#decades ~ details tbody tr")]
    assert decades == ["1980s", "1990s", "2000s"]


def test_a_map_tells_when_a_tie_began_on_its_line_and_how_long_a_stretch_is(read):
    tie(since="1985-12-03")
    page = read("zh-hans", "cities/zhanjiang/")
    assert {year.text for year in page.select(".map-years text")} == {"1985年"}
    assert page.select_one(".map-scale").text.strip() == "2000公里（北纬35度处）"


def test_a_map_tells_no_year_of_what_is_planned(read):
    tie(since="2015", status="planned")
    assert read("en", "cities/zhanjiang/").select(".map-years text") == []


def test_geojson_cuts_ways_at_the_date_line(client):
    tie(since="2005")
    response = client.get("/zh-hans/ties/?format=geojson")
    assert response["Content-Type"] == "application/geo+json"
    data = json.loads(response.content)
    assert data["type"] == "FeatureCollection"
    [feature] = data["features"]
    assert feature["properties"]["from_en"] == "Atlantic City"
    geometry = feature["geometry"]
    assert geometry["type"] == "MultiLineString"
    first, last = geometry["coordinates"]
    assert first[0] == [-74.42, 39.36]
    assert last[-1] == [110.36, 21.27]
    assert abs(first[-1][0]) == abs(last[0][0]) == 180


def test_geojson_has_ties_without_coordinates_too(client):
    place("long-beach", latitude=None, longitude=None)
    tie(two="long-beach")
    [feature] = json.loads(client.get("/en/ties/?format=geojson").content)["features"]
    assert feature["geometry"] is None


def test_a_map_names_each_of_a_port_s_neighbours() -> None:
    """Four ties of which two lead to the same spot, and one from it."""
    port = make_entity("port", "Port of Long Beach", "", longitude=-118.2, latitude=33.75)
    spots = {"Port of Guangzhou": (113.6, 23), "Port of Shenzhen": (114.2, 22.5)}
    spots |= {"Zhanjiang": (110.36, 21.27), "Port of Qingdao": (120.3, 36)}
    others = [
        Entity(key=name.lower(), kind="place", name_en=name, longitude=east, latitude=north)
        for name, (east, north) in spots.items()
    ]
    drawn = small_map(port, others, ENGLISH)
    assert drawn is not None
    names = drawn.view.wide_names
    assert {name.place.name.text for name in names} == {"Port of Long Beach", *spots}
    # Names stand in the picture, each where no other does.
    assert len({(name.x, name.y, name.dx, name.dy) for name in names}) == 5


def test_no_line_joins_two_places_that_nothing_ties(read):
    one, two = place("zhanjiang"), place("long-beach")
    drawn = read("en", "ties/long-beach/zhanjiang/").select_one(".small-map")
    assert len(drawn.select(".map-place")) == 2
    assert not drawn.select(".map-arcs path")
    make_tie(one, two)
    assert read("en", "ties/long-beach/zhanjiang/").select(".small-map .map-arcs path")


def test_names_keep_off_the_lines_of_ties_where_there_is_room() -> None:
    spots = {"Zhanjiang": (110.36, 21.27), "Los Angeles": (-118.24, 34.05)}
    spots |= {"Port of Long Beach": (-118.21, 33.75), "Atlantic City": (-74.42, 39.36)}
    home, *others = [
        Entity(key=name, kind="place", name_en=name, longitude=east, latitude=north)
        for name, (east, north) in spots.items()
    ]
    drawn = small_map(home, others, ENGLISH)
    assert drawn is not None
    # The lines come from the west, above them: a port and its city stand below each other.
    below = {name.place.name.text for name in drawn.view.wide_names if name.dy > 0.5}
    assert below == {"Zhanjiang", "Los Angeles", "Port of Long Beach", "Atlantic City"}


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_no_name_is_nearer_to_the_dot_of_another(language: str) -> None:
    """On a telephone, where four places share an ocean's other side."""
    spots = {
        ("Zhanjiang", "湛江"): (110.36, 21.27),
        ("Los Angeles", "洛杉矶"): (-118.24, 34.05),
        ("Port of Long Beach", "长滩港"): (-118.21, 33.75),
        ("Seattle", "西雅图"): (-122.33, 47.61),
        ("Atlantic City", "大西洋城"): (-74.42, 39.36),
    }
    home, *others = [
        Entity(
            key=en,
            kind="place",
            name_en=en,
            name_zh_hans=zh,
            longitude=east,
            latitude=north,
        )
        for (en, zh), (east, north) in spots.items()
    ]
    drawn = small_map(home, others, language)
    assert drawn is not None
    view, letter = drawn.view, SMALL_LETTER / SMALL_PIXELS[0] * 100
    for name in view.names:
        text = name.place.name.text
        length = sum(1 if sign > "\u2e80" else 0.5 for sign in text) * letter
        left = name.x + name.dx * letter
        left -= length * {"start": 0, "middle": 0.5, "end": 1}[name.anchor]
        # The map is half as high as wide.
        middle = name.y / 2 + (name.dy - 0.35) * letter

        def away(dot: MapDot, left=left, right=left + length, middle=middle) -> float:
            return hypot(max(left - dot.x, dot.x - right, 0), dot.y / 2 - middle)

        own = next(dot for dot in view.dots if dot.place == name.place)
        nearest = min(view.dots, key=away)
        apart = hypot(own.x - nearest.x, (own.y - nearest.y) / 2)
        assert apart < NEAR * letter or away(own) < away(nearest) + letter / 2
