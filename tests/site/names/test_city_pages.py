"""City pages and pair pages: ties by kind, evidence in both languages, maps, timelines."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from archive.models import TieEvidence
from archive.text.language import CHINESE, column
from tests.factories import make_article, make_entity, make_home, make_tie, tag, translate
from tests.ties.places import place, tie

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("language", ["en", "zh-hans"])


@pytest.fixture(autouse=True)
def home():
    return make_home()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Zhanjiang", "Sister cities (1)", "Visit (1)", "since October 2005"]),
        ("zh-hans", ["湛江", "友好城市（1）", "2005年10月", "大西洋城"]),
    ],
)
def test_a_city_lists_its_ties_by_kind(read, language, words):
    tie(since="2005-10", sentence="They signed.")
    tie(two="long-beach", kind="visit", since="2015")
    page = read(f"/{language}/cities/zhanjiang/")
    text = " ".join(page.main.text.split())
    assert all(word in text for word in [*words, "They signed."])
    times = [time["datetime"] for time in page.select(".timeline time")]
    assert times == ["2005-10", "2015"]
    assert page.select_one("link[rel=canonical]")["href"].endswith(f"/{language}/cities/zhanjiang/")


@pytest.mark.parametrize(
    ("language", "facts", "label"),
    [
        ("en", "planned for October 2015", "Planned for"),
        ("zh-hans", "计划于2015年10月", "计划时间"),
    ],
)
def test_what_was_only_planned_is_not_said_to_have_begun(read, language, facts, label):
    tie(kind="visit", since="2015-10", status="planned")
    city = read(f"/{language}/cities/zhanjiang/").select_one(".tie-facts").text
    assert city.strip().endswith(facts)
    pair = read(f"/{language}/ties/atlantic-city/zhanjiang/")
    assert label in [term.text for term in pair.select("dt")]


def test_a_citys_map_names_the_places_and_draws_ways_between_them(read):
    tie()
    tie(two="long-beach")
    drawing = read("/en/cities/zhanjiang/").select_one(".small-map")
    assert len(drawing.select(".map-arcs path")) == 2
    for width in ("narrow", "wide"):
        labels = {label.text for label in drawing.select(f".map-names-{width} text")}
        assert labels == {"Zhanjiang", "Atlantic City", "Long Beach"}
    assert drawing.svg.title.text == "Map of the places that Zhanjiang is tied to"


def test_a_city_without_ties_is_the_entitys_page_to_search_engines(read):
    place("zhanjiang")
    page = read("/en/cities/zhanjiang/")
    assert page.select_one(".nothing")
    canonical = page.select_one("link[rel=canonical]")["href"]
    assert canonical == "http://localhost/en/entities/zhanjiang/"


@BOTH
def test_only_places_have_city_pages(client, language):
    make_entity("chen-lanbin", "Chen Lanbin", "陈兰彬", kind="person")
    response = client.get(f"/{language}/cities/chen-lanbin/")
    assert response["Location"] == f"/{language}/entities/chen-lanbin/"
    assert client.get(f"/{language}/cities/nowhere/").status_code == 404
    assert client.get(f"/{language}/cities/")["Location"] == f"/{language}/ties/"


def test_a_citys_stories_name_a_partner_too(read):
    tie()
    stranger = make_entity("chen-lanbin", "Chen Lanbin", "陈兰彬", kind="person")
    for headline, entities in {
        "Both": [place("zhanjiang"), place("atlantic-city")],
        "Alone": [place("zhanjiang"), stranger],
    }.items():
        article = make_article(headline)
        for entity in entities:
            tag(article, entity)
    text = read("/en/cities/zhanjiang/").select_one(".story-list").text
    assert "Both" in text
    assert "Alone" not in text


@BOTH
def test_a_pair_has_one_address(client, language):
    tie()
    response = client.get(f"/{language}/ties/zhanjiang/atlantic-city/?after=2015-09-22")
    assert response.status_code == 301
    assert response["Location"] == f"/{language}/ties/atlantic-city/zhanjiang/?after=2015-09-22"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "pair", ["atlantic-city/nowhere", "atlantic-city/liu-xiaohua", "long-beach/long-beach"]
)
def test_what_is_no_pair_is_not_found(client, pair):
    tie()
    place("long-beach")
    make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    assert client.get(f"/en/ties/{pair}/").status_code == 404


@BOTH
def test_two_places_that_nothing_ties_are_compared(client, language):
    tie(since="1985")
    make_tie(place("long-beach"), place("zhanjiang"))
    for headline, day in (("Apart", date(1999, 5, 4)), ("Together", date(2015, 9, 22))):
        story = make_article(headline, slug=headline.lower(), day=day)
        tag(story, place("long-beach"))
    tag(story, place("atlantic-city"))
    response = client.get(f"/{language}/ties/atlantic-city/long-beach/")
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one(".pair-ties .nothing")
    rows = [[cell.text for cell in row.select("td")] for row in page.select(".compared tbody tr")]
    assert [rows[0], rows[1]] == [["1", "1"], ["1", "2"]]
    assert [link["href"] for link in page.select(".pair-shared a")] == [
        f"/{language}/cities/zhanjiang/"
    ]
    assert [card.text.strip() for card in page.select(".story-list .headline")] == ["Together"]
    # Nobody's cache keeps it, and no search engine: there are as many as pairs of places.
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-cache", "noindex")


def test_a_form_leads_from_a_place_to_any_other(client, read):
    place("long-beach"), place("zhanjiang")
    (link,) = read("/en/entities/zhanjiang/").select("a[href*='/ties/compare/']")
    form = read(link["href"]).select_one("form.compare")
    assert form.select_one("#compare-one [selected]")["value"] == "zhanjiang"
    assert [one.text for one in form.select("#compare-two option")][1:] == [
        "Long Beach",
        "Zhanjiang",
    ]
    found = client.get("/en/ties/compare/?one=zhanjiang&two=long-beach")
    assert found["Location"] == "/en/ties/long-beach/zhanjiang/"
    assert "two different places" in read("/en/ties/compare/?one=zhanjiang&two=zhanjiang").text


@pytest.mark.parametrize(
    ("language", "sentences"),
    [("en", ["They signed.", "两市签约。"]), ("zh-hans", ["两市签约。", "They signed."])],
)
def test_evidence_is_shown_in_both_languages_and_leads_to_its_paragraph(read, language, sentences):
    article = make_article("Signed in the harbour")
    block_id = article.body[1].id
    tie(article=article, sentence="They signed.", source_url="")
    TieEvidence.objects.update(block_id=block_id, **{column("sentence", CHINESE): "两市签约。"})
    piece = read(f"/{language}/ties/atlantic-city/zhanjiang/").select_one(".evidence li")
    spans = piece.select("span")
    assert [span.text for span in spans] == sentences
    assert {span["lang"] for span in spans} == {"en", "zh-Hans"}
    address, anchor = piece.cite.a["href"].split("#")
    assert anchor == block_id
    assert read(address).find(id=block_id).text.strip() == "Second paragraph."


@pytest.mark.parametrize("how", ["unpublished", "restricted"])
def test_evidence_from_a_story_that_readers_may_not_see_is_not_shown(read, how):
    article = make_article("Secret plans", live=how != "unpublished")
    if how == "restricted":
        restriction = PageViewRestriction.objects.create(
            page=article, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.add(Group.objects.create(name="Board"))
    joined = tie(article=article, source_url="", sentence="Secret words")
    known = {column("sentence", "en"): "Known words", "source_url": "https://example.org/known"}
    joined.evidence.create(**known)
    joined.save()
    for one in (joined.place_a, joined.place_b):
        tag(article, one)
    for path in (
        "ties/",
        "ties/?format=csv",
        "ties/?format=geojson",
        "ties/atlantic-city/zhanjiang/",
        "cities/zhanjiang/",
        "entities/zhanjiang/",
    ):
        assert "Secret" not in read(f"/en/{path}").text
    TieEvidence.objects.update(source_url="https://example.org/tie")
    assert "Secret words" in read("/en/ties/atlantic-city/zhanjiang/").text
    assert "Secret words" in read("/en/ties/?format=csv").text


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("en", ["October 2005", "Not known", "Medium"]),
        ("zh-hans", ["2005年10月", "不详", "中"]),
    ],
)
def test_a_pair_says_since_when_and_how_sure_it_is(read, language, facts):
    tie(since="2005-10", confidence="medium")
    listed = read(f"/{language}/ties/atlantic-city/zhanjiang/").select(".pair-ties dd")
    assert [fact.text.strip() for fact in listed] == facts


def test_a_pairs_timeline_joins_its_dates_and_its_stories(read):
    tie(since="2005-10", until="2016")
    for headline, day in {"Later": date(2015, 1, 2), "Earlier": date(1999, 1, 2)}.items():
        article = make_article(headline, day=day)
        tag(article, place("zhanjiang"))
        tag(article, place("atlantic-city"), "mentioned")
    tag(make_article("Alone"), place("zhanjiang"))
    page = read("/en/ties/atlantic-city/zhanjiang/")
    told = [(item.time["datetime"], item["class"][0]) for item in page.select(".timeline ol > li")]
    assert told == [
        ("1999-01-02", "timeline-story"),
        ("2005-10", "timeline-begun"),
        ("2015-01-02", "timeline-story"),
        ("2016", "timeline-ended"),
    ]
    assert [h.text for h in page.select(".story-list .headline")] == ["Later", "Earlier"]


def test_a_story_that_is_not_translated_is_marked(read):
    tie()
    both, english = make_article("In both", day=date(2015, 1, 2)), make_article("In English")
    translate(both, headline="两种语言")
    for article in (both, english):
        tag(article, place("zhanjiang"))
        tag(article, place("atlantic-city"))
    links = read("/zh-hans/ties/atlantic-city/zhanjiang/").select(".timeline a")
    assert [(link.text, link.get("lang")) for link in links] == [
        ("两种语言", None),
        ("In English", "en"),
    ]


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize(
    "path",
    ["cities/zhanjiang/", "ties/atlantic-city/zhanjiang/", "ties/atlantic-city/guangzhou/"],
)
def test_costs_the_same_for_any_number_of_rows(client, number, path, django_assert_max_num_queries):
    kinds = ["sister_city", "visit", "trade", "study", "consultation", "port_cooperation"]
    for n in range(number):
        article = make_article(f"Story {n}")
        tag(article, place("zhanjiang"))
        tag(article, place("atlantic-city"))
        if n < len(kinds):
            tie(kind=kinds[n], article=article, since="1990")
        make_tie(place("zhanjiang"), make_entity(f"city-{n}", f"City {n}", ""), article=article)
    place("guangzhou")
    # The site's frame is read once a process.
    client.get(f"/en/{path}")
    # Two of a pair's compare its places.
    with django_assert_max_num_queries(12):
        client.get(f"/en/{path}")
