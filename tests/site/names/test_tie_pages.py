"""The pages of all ties: list, filters, timeline and charts, in both languages."""

import pytest
from bs4 import BeautifulSoup

from archive.models import Entity
from archive.text.language import ENGLISH, column
from tests.factories import make_article, make_entity, make_home, make_merged, make_tie
from tests.ties.places import place, tie

pytestmark = pytest.mark.django_db

PATHS = ["ties/", "ties/timeline/", "ties/overview/"]


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


def pairs(page: BeautifulSoup) -> list[str]:
    return [link.text for link in page.select(".tie-list > li > a")]


def headings(page: BeautifulSoup) -> list[str]:
    return [heading.text for heading in page.select(".tie-group > h2")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Sister cities", "October 2005", "Planned", "They signed."]),
        ("zh-hans", ["友好城市", "2005年10月", "计划中", "They signed."]),
    ],
)
def test_every_tie_is_in_the_list_with_what_says_so_behind_it(read, language, words):
    tie(since="2005-10", status="planned", sentence="They signed.", article=make_article("Signed"))
    (row,) = read(language, "ties/").select(".tie-list > li")
    assert all(word in row.text for word in words)
    assert row.a["href"] == f"/{language}/ties/atlantic-city/zhanjiang/"
    # The day is behind the line, which has its year; the head tells the usual kind for all.
    for hidden in row.select("details"):
        hidden.extract()
    assert row.text.split()[0] == "2005"
    assert words[0] not in row.text
    links = [link["href"] for link in hidden.select("a")]
    assert "https://example.org/tie" in links
    assert any("/china-daily/2015/09/22/" in link for link in links)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?kind=visit", 1),
        ("?country=CN", 2),
        ("?country=US", 3),
        ("?year=2004", 1),
        ("?year=2005", 2),
        ("?year=2011", 1),
        ("?begun=2005", 1),
        ("?begun=2000s", 2),
        ("?begun=2003&year=2005", 1),
        ("?begun=200", 3),
        ("?kind=sister_city&country=CN&year=2005", 1),
        # What makes no sense narrows nothing.
        ("?kind=invented&country=xx&year=soon&p=999", 3),
        ("?country=%F0%9F%87%A8&year=99999999999999999999", 3),
        ("?year=000002015" + 5000 * "0", 3),
    ],
)
@pytest.mark.parametrize("path", ["ties/", "ties/overview/"])
def test_ties_are_narrowed_by_kind_country_and_year(client, path, query, found):
    tie(since="2005-10-31", until="2010")
    tie(two="long-beach", kind="visit")
    make_tie(place("long-beach"), place("atlantic-city"), since="2003")
    assert client.get(f"/en/{path}{query}").context["total"] == found


def test_the_form_works_without_a_script_and_keeps_what_was_chosen(read):
    tie(since="2005")
    tie(two="long-beach", kind="visit", since="2015-10")
    form = read("en", "ties/?kind=visit&year=2015").select_one("form.tie-filter")
    assert (form["method"], form.select_one("button")["type"]) == ("get", "submit")
    chosen = {s["name"]: s.select_one("[selected]") for s in form.select("select")}
    named = {name: option["value"] for name, option in chosen.items() if option}
    assert named == {"sort": "", "kind": "visit", "year": "2015"}
    assert [o.text for o in form.select("#filter-kind option")] == [
        "All kinds",
        "Sister cities (1)",
        "Visit (1)",
    ]


def test_links_to_files_and_other_views_keep_the_filter(read):
    tie(kind="visit")
    page = read("en", "ties/?kind=visit")
    links = [link["href"] for link in page.select(".downloads a, .tie-views a")]
    assert len(links) == 5
    assert all("kind=visit" in link for link in links)


@pytest.mark.exhaustive
def test_a_long_list_comes_in_pages(read, monkeypatch):
    monkeypatch.setattr("archive.site.names.tie_views.TIES_PER_PAGE", 50)
    hub = place("zhanjiang")
    for number in range(51):
        make_tie(hub, make_entity(f"city-{number:02}", f"City {number:02}", ""))
    assert len(pairs(read("en", "ties/"))) == 50
    assert pairs(read("en", "ties/?p=2")) == ["City 50 ↔ Zhanjiang"]


@pytest.mark.exhaustive
def test_some_hundred_ties_stand_on_one_page(read):
    hub = place("zhanjiang")
    for number in range(120):
        make_tie(hub, make_entity(f"city-{number:03}", f"City {number:03}", ""))
    assert len(pairs(read("en", "ties/"))) == 120


@pytest.fixture
def three_ties():
    """Of two countries, from either end."""
    make_tie(place("atlantic-city"), place("zhanjiang"), since="2005-10")
    make_tie(place("zhanjiang"), place("long-beach"), kind="visit")
    make_tie(place("guangzhou"), place("long-beach"), since="1983")


@pytest.mark.parametrize(
    ("query", "language", "found"),
    [
        ("", "en", ["1980s (1)", "2000s (1)", "Date not known (1)"]),
        ("?sort=-since", "zh-hans", ["21世纪头十年（1）", "20世纪80年代（1）", "日期不详（1）"]),
        ("?sort=place", "en", ["China (2)", "Guangdong (1)"]),
        ("?sort=other&kind=visit", "en", ["United States of America (1)"]),
        ("?sort=kind", "zh-hans", ["友好城市（2）", "访问（1）"]),
        ("?sort=nonsense", "en", ["1980s (1)", "2000s (1)", "Date not known (1)"]),
    ],
)
@pytest.mark.usefixtures("three_ties")
def test_the_list_is_grouped_as_the_reader_chooses(read, query, language, found):
    Entity.objects.filter(key="guangzhou").update(**{column("region", ENGLISH): "Guangdong"})
    page = read(language, f"ties/{query}")
    assert headings(page) == found
    assert page.select_one("#filter-sort [selected]")["value"] in query


@pytest.mark.usefixtures("three_ties")
def test_a_way_to_group_by_place_names_the_country_of_all_its_places(read):
    labels = [option.text for option in read("en", "ties/").select("#filter-sort option")]
    assert labels[2:4] == ["Where in China", "Where in United States of America"]
    make_tie(make_entity("hanoi", "Hanoi", "河内", country="VN"), place("guangzhou"))
    labels = [option.text for option in read("en", "ties/").select("#filter-sort option")]
    assert labels[2:4] == ["Where in China", "Where the other place is"]


def test_a_time_in_which_no_tie_began_stays_chosen(read):
    tie(since="2005")
    for begun, label in (("1930s", "1930s"), ("1931", "1931")):
        page = read("en", f"ties/?begun={begun}")
        assert page.select_one("#filter-begun [selected]").text == label
        assert page.select_one(".nothing a")["href"] == "?"


def test_a_tie_of_a_merged_place_is_shown_as_one_of_the_name_that_stands_for_it(client, read):
    make_tie(make_merged("tsamkong", place("zhanjiang")), place("long-beach"), since="1983")
    assert client.get("/en/ties/?country=CN").context["total"] == 1
    assert "without coordinates" not in read("en", "ties/").text
    titles = [title.text for title in read("en", "ties/").select(".tie-map-whole title")]
    assert sorted(titles) == ["Long Beach", "Zhanjiang"]
    charts = read("en", "ties/overview/").select(".chart")
    assert [chart.select_one("tbody th").text for chart in charts[:2]] == [
        "Zhanjiang",
        "Long Beach",
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", PATHS)
def test_without_ties_the_pages_say_so(read, language, path):
    assert read(language, path).select_one(".nothing")


@pytest.mark.parametrize("number", [1, 5])
@pytest.mark.parametrize("path", PATHS)
def test_costs_the_same_for_any_number_of_ties(client, number, path, django_assert_max_num_queries):
    hub = place("zhanjiang")
    for n in range(number):
        other = make_entity(f"city-{n}", f"City {n}", "", country="US", latitude=1, longitude=n)
        make_tie(hub, other, since=str(1980 + n), article=make_article(f"Story {n}"))
    # One of them asks for ties that a merge of names made the same, two are the map's,
    # four the frame's, which other pages of the process then have at hand; nine count the most
    # connected places, and are kept.
    with django_assert_max_num_queries(19 + 9 * (path == "ties/")):
        client.get(f"/en/{path}?country=US")


@pytest.mark.parametrize("path", PATHS)
def test_ties_of_a_kind_have_a_title_of_their_own(read, path):
    tie(kind="sister_city")
    titles = {read("en", f"{path}{query}").title.text for query in ("", "?kind=sister_city")}
    assert len(titles) == 2
