"""The results page's surroundings: feeds, OpenSearch, active filters, pages without results."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from archive.entities.merging.actions import merge_entities
from archive.models import ArticlePage, SectionPage
from archive.search.actions import index_stories
from tests.factories import (
    DAY,
    block,
    make_article,
    make_entity,
    make_image,
    make_publication,
    make_section,
    make_user,
    tag,
    translate,
)

pytestmark = pytest.mark.django_db


def page(address: str, **parameters: Any) -> BeautifulSoup:
    response = Client().get(address, parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def feed(language: str = "en", **parameters: Any) -> Any:
    response = Client().get(f"/{language}/search/feed/", parameters)
    assert response.status_code == 200
    read = feedparser.parse(response.content)
    assert not read.bozo
    return read


def make_harbour() -> int:
    story = make_article("Harbour opens", section=make_section())
    tag(story, make_entity())
    translate(story, headline="港口启用")
    make_article("Harbour closes")
    make_article("Elsewhere")
    index_stories([story.pk])
    return story.pk


@pytest.fixture(scope="module")
def _harbour(make_once: Callable[..., int]) -> int:
    return make_once(make_harbour)


@pytest.fixture
def harbour(_harbour: int) -> ArticlePage:
    return ArticlePage.objects.get(pk=_harbour)


def test_a_search_is_a_feed_with_its_filters(harbour: ArticlePage) -> None:
    read = feed(q="harbour")
    assert {entry.title for entry in read.entries} == {"Harbour opens", "Harbour closes"}
    assert read.feed.title == "harbour: search in Archive"
    assert read.feed.link == "http://testserver/en/search/?q=harbour"
    one = feed(q="harbour", place="zhanjiang", format="atom")
    assert [entry.title for entry in one.entries] == ["Harbour opens"]
    chinese = feed("zh-hans", q="harbour")
    assert [entry.title for entry in chinese.entries] == ["港口启用"]
    assert feed(q='"').entries == []
    assert len(feed().entries) == 3
    items = Client().get("/en/search/feed/", {"q": "湛江", "format": "json"}).json()["items"]
    assert [item["title"] for item in items] == ["Harbour opens"]
    assert Client().get("/en/search/feed/", {"q": "x", "format": "pdf"}).status_code == 404


def test_a_feed_s_queries_don_t_grow_with_its_stories(harbour: ArticlePage) -> None:
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as captured:
            feed(q="harbour")
        counts.append(len(captured))
        make_article(f"Harbour {number}")
    assert counts[1] == counts[2] <= counts[0]


def test_a_results_page_leads_to_its_feeds(harbour: ArticlePage) -> None:
    shown = page("/en/search/", q="harbour", sort="oldest", p="1")
    types = {link["type"]: link["href"] for link in shown.select("head link[rel=alternate]")}
    assert set(types) == {"application/rss+xml", "application/atom+xml", "application/feed+json"}
    for address in types.values():
        assert Client().get(address).status_code == 200
        assert "sort" not in address
    named = [link.text for link in shown.select(".feeds a[type]")]
    assert named == ["RSS", "Atom", "JSON Feed"]


def test_browsers_can_take_the_search_over_in_both_languages(harbour: ArticlePage) -> None:
    for language, code in (("en", "en"), ("zh-hans", "zh-Hans")):
        [link] = page(f"/{language}/search/").select("link[rel=search]")
        response = Client().get(link["href"])
        assert response["Content-Type"].startswith("application/opensearchdescription+xml")
        root = ElementTree.fromstring(response.content)
        space = "{http://a9.com/-/spec/opensearch/1.1/}"
        assert root.findtext(f"{space}Language") == code
        assert len(root.findtext(f"{space}ShortName") or "") <= 16
        templates = {one.get("rel"): one.get("template") for one in root.iter(f"{space}Url")}
        assert f"/{language}/search/" in str(templates["results"])
        for name in ("results", "suggestions"):
            address = str(templates[name]).replace("{searchTerms}", "harbour")
            address = address.replace("{startPage?}", "1")
            assert Client().get(address).status_code == 200


def test_each_filter_that_is_on_can_be_taken_off(harbour: ArticlePage) -> None:
    filters = {"year": "2015", "place": "zhanjiang", "section": str(harbour.section_id)}
    shown = page("/en/search/", q="harbour", **filters)
    shown_filters = {
        one.select("span")[1].text: one["href"] for one in shown.select(".active-filters a[rel]")
    }
    assert set(shown_filters) == {"2015", "Zhanjiang", "World"}
    assert "place" not in shown_filters["Zhanjiang"]
    assert "year=2015" in shown_filters["Zhanjiang"]
    # Where nothing is left, too.
    none = page("/zh-hans/search/", q="nowhere", picture="1", **filters)
    assert [one.select("span")[1].text for one in none.select(".active-filters a[rel]")] == [
        *("2015", "湛江", "国际", "有图片")
    ]


def test_addresses_name_sections_and_papers_by_keys_that_stay(harbour: ArticlePage) -> None:
    shown = page("/en/search/", q="harbour", section="china-daily/world")
    (section,) = shown.select("[aria-labelledby=facet-section] a")
    assert section["aria-current"] == "true"
    of_both = page("/en/search/", q="harbour", publication="china-daily", section="nowhere/world")
    assert len(of_both.select(".active-filters a[rel]")) == 1
    # What another version of the archive wrote still works, and leads on by the key.
    by_id = page("/en/search/", q="harbour", section=str(harbour.section_id))
    assert len(by_id.select(".search-list .card")) == len(shown.select(".search-list .card")) == 1
    assert by_id.select_one("[aria-labelledby=facet-section] [aria-current]")
    newest = by_id.select(".facet a")[0]["href"]
    assert f"section={harbour.section_id}" not in newest
    assert not page("/en/search/", q="harbour", section="9" * 9).select(".search-list .card")


def test_sections_of_one_name_are_told_apart(harbour: ArticlePage) -> None:
    paper = make_publication("gulf-post", en="Gulf Post", zh="海湾邮报")
    other = make_article("Harbour", publication=paper, section=make_section("world", paper))
    index_stories([other.pk])
    shown = page("/en/search/", q="harbour").select("[aria-labelledby=facet-section] .facet-label")
    assert {one.text for one in shown} == {"World, China Daily", "World, Gulf Post"}
    shown = page("/zh-hans/search/", q="harbour").select(".facet-label")
    assert "国际（海湾邮报）" in {one.text for one in shown}


def test_results_come_before_their_filters_and_lead_to_the_help(harbour: ArticlePage) -> None:
    shown = page("/en/search/", q="harbour")
    order = [one["class"][0] for one in shown.select(".search-list, .search-narrow")]
    assert order == ["search-list", "search-narrow"]
    path, anchor = shown.select_one(".search-hint a")["href"].split("#")
    assert page(path).find(id=anchor)


def test_a_result_shows_its_picture(harbour: ArticlePage) -> None:
    assert not page("/en/search/", q="harbour").select(".search-list img")
    picture = {
        "image": make_image(credit="x", rights="x").pk,
        "caption": "",
        "alt_text": "Cranes",
        "credit": "x",
    }
    other = make_article("Harbour", body=[block("image", picture)])
    index_stories([other.pk])
    (image,) = page("/en/search/", q="harbour").select(".search-list .card-picture img")
    assert image["alt"] == ""
    assert image["width"]


@pytest.mark.parametrize("given", [["tsamkong"], ["tsamkong", "zhanjiang"]])
def test_a_merged_name_s_key_filters_by_the_name_that_is_kept(
    harbour: ArticlePage, given: list[str]
) -> None:
    kept = harbour.entity_tags.get().entity
    merge_entities(kept, [make_entity("tsamkong", "Tsamkong", "广州湾")], user=make_user("chief"))
    shown = page("/en/search/", q="harbour", place=given)
    [active] = shown.select(".active-filters a[rel]")
    assert active.select("span")[1].text == "Zhanjiang"
    [value] = shown.select("[aria-labelledby=facet-place] a")
    assert value["aria-current"] == "true"
    assert value.select_one(".facet-label").text == "Zhanjiang"
    assert active["href"] == value["href"] == "?q=harbour"
    assert feed(q="harbour", place=given).feed.title == "harbour · Zhanjiang: search in Archive"


def test_a_page_without_results_names_a_merged_name_once(harbour: ArticlePage) -> None:
    kept = harbour.entity_tags.get().entity
    lost = make_entity("tsamkong", "Tsamkong", "广州湾")
    tag(harbour, lost)
    merge_entities(kept, [lost], user=make_user("chief"))
    shown = page("/en/search/", q="nowhereatall")
    assert [one.text for one in shown.select(".search-examples a")] == ["Zhanjiang"]


def test_an_active_filter_tells_no_draft_s_name_and_no_filter_that_is_not_on(
    harbour: ArticlePage,
) -> None:
    SectionPage.objects.update(live=False)
    shown = page("/en/search/", q="nowhere", year=["soon", "2015"], section=harbour.section_id)
    [one] = shown.select(".active-filters a[rel]")
    assert one.select("span")[1].text == "2015"
    assert "year" not in one["href"]


def test_a_page_without_results_leads_on(harbour: ArticlePage) -> None:
    for words in ("", "nowhereatall", "???", "😀"):
        shown = page("/zh-hans/search/", q=words)
        [example] = shown.select(".search-examples a")
        assert example.text == "湛江"
        assert page(str(example["href"])).select(".card")
        assert shown.select(".search-ways a[href='/zh-hans/entities/']")
        assert shown.select(".search-ways a[href='/zh-hans/browse/']")
        assert shown.select(".search-tips")


def test_each_language_shows_its_own_and_links_the_other(harbour: ArticlePage) -> None:
    for form in ("湛江", "Zhanjiang", "Zhànjiāng", "zhan jiang", "湛江市"):
        shows_its_own_and_links_the_other(form)


def shows_its_own_and_links_the_other(form: str) -> None:
    english = page("/en/search/", q=form).select_one(".card")
    assert english.select_one(".headline").text.strip() == "Harbour opens"
    assert english.select_one(".also-in a")["hreflang"] == "zh-Hans"
    chinese = page("/zh-hans/search/", q=form).select_one(".card")
    assert chinese.select_one(".headline").text.strip() == "港口启用"
    assert chinese.select_one(".also-in a")["hreflang"] == "en"


def test_a_corrected_query_keeps_to_itself_from_page_to_page(
    harbour: ArticlePage, settings: Any
) -> None:
    settings.ARCHIVE_PAGE_SIZE = 1
    other = make_article("Another")
    tag(other, make_entity("x", "Other", "别处"))
    tag(other, harbour.entity_tags.get().entity)
    index_stories([other.pk])
    first = page("/en/search/", q="Zhanjang")
    following = first.select_one(".pagination a[rel=next]")["href"]
    assert "q=Zhanjiang" in following
    titles = [
        first.select_one(".headline").text,
        page(f"/en/search/{following}").select_one(".headline").text,
    ]
    assert {title.strip() for title in titles} == {"Harbour opens", "Another"}


def test_a_facet_names_no_section_that_was_taken_down(harbour: ArticlePage) -> None:
    make_article("Harbour closes again", section=make_section("sport"))
    assert [one.text for one in page("/en/search/", q="harbour").select("#facet-section")]
    SectionPage.objects.update(live=False)
    shown = page("/en/search/", q="harbour")
    assert not shown.select("#facet-section")
    assert len(shown.select(".card")) == 3


@pytest.mark.exhaustive
def test_every_year_is_among_the_facets(harbour: ArticlePage) -> None:
    for year in range(1990, 2005):
        make_article(f"Harbour {year}", day=date(year, 5, 6))
    years = page("/en/search/", q="harbour").select("[aria-labelledby=facet-year]")[0]
    assert len(years.select(".facet-more a")) == 4
    oldest = years.select("a")[-1]
    assert oldest.select_one(".facet-label").text == "1990"
    assert len(page(f"/en/search/{oldest['href']}").select(".card")) == 1


# Site and sections of the frame; names, restrictions, the search itself with what changed since
# the stored sets were made, cards, facets' names, the section of the address.
RESULTS = 15


def test_results_are_read_in_few_queries(django_assert_max_num_queries: Any) -> None:
    section, city = make_section(), make_entity()
    for number in range(8):
        one = make_article(f"Harbour {number}", section=section, day=DAY + timedelta(days=number))
        tag(one, city)
        if number % 2:
            translate(one, headline="译文")
        index_stories([one.pk])
    client = Client()
    for query in ("harbour", "湛江", "zhan jiang -x place:湛江 after:2015"):
        for language in ("en", "zh-hans"):
            assert client.get(f"/{language}/search/", {"q": query}).status_code == 200
            cache.clear()
            Site.get_site_root_paths()
            with django_assert_max_num_queries(RESULTS):
                response = client.get(f"/{language}/search/", {"q": query, "section": section.pk})
            assert response.content.count(b'class="card"') == 8, (query, language)


def test_what_is_known_of_a_search_takes_few_queries_more(
    django_assert_max_num_queries: Any,
) -> None:
    story = make_article("Harbour opens")
    tag(story, make_entity())
    index_stories([story.pk])
    client = Client()
    for query, most in (("harbour", RESULTS + 3), ("湛江", RESULTS + 9)):
        client.get("/en/search/", {"q": query})
        cache.clear()
        Site.get_site_root_paths()
        with django_assert_max_num_queries(most):
            client.get("/en/search/", {"q": query})
