"""The page "not found" speaks the address's language and leads on."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_home
from tests.site.reading import one, opened_at, words

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

GONE = "china-daily/2015/09/22/city-builds-nothing-2/"


def links(soup, selector: str = ".missing-ways") -> list[str]:
    return [str(a["href"]) for a in one(soup, selector).select("a")]


@pytest.mark.parametrize(
    ("language", "heading", "other"),
    [(ENGLISH, "Page not found", "页面不存在"), (CHINESE, "页面不存在", "Page not found")],
)
def test_speaks_the_language_of_the_address_and_offers_the_other(language, heading, other):
    make_article()
    soup = opened_at(f"/{language}/{GONE}", 404)
    assert words(soup, "h1") == heading
    assert words(soup, "section.not-found h2") == other
    assert one(soup, "meta[name=robots]")["content"] == "noindex"


def test_searches_for_the_words_of_the_address():
    make_article()
    soup = opened_at(f"/en/{GONE}", 404)
    assert one(soup, ".search-large input[name=q]")["value"] == "city builds nothing"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("old/content_21943296.htm/", "content"),
        ("browse/2015/99/", ""),
        ("entities/li-na/", "li na"),
    ],
)
def test_makes_words_of_what_has_words(path, query):
    make_home()
    soup = opened_at(f"/en/{path}", 404)
    assert one(soup, ".search-large input[name=q]")["value"] == query


def test_leads_to_the_nearest_page_that_exists():
    make_article()
    front = "/en/"
    paper = "/en/china-daily/"
    year, issue = f"{paper}2015/", f"{paper}2015/09/22/"
    assert links(opened_at(f"/en/{GONE}", 404)) == [issue, year, paper, front]
    assert links(opened_at(f"{year}10/01/a/", 404)) == [year, paper, front]
    assert links(opened_at(f"{paper}nothing/", 404)) == [paper, front]
    assert links(opened_at("/en/entities/nobody/", 404)) == ["/en/entities/", front]


def test_a_day_without_a_paper_says_so_and_leads_to_those_around_it():
    for day in (date(2015, 9, 20), date(2015, 9, 25)):
        make_article(f"Of {day}", day=day, slug=f"of-{day.day}")
    soup = opened_at("/zh-hans/china-daily/2015/09/23/", 404)
    assert words(soup, "h1") == "2015年9月23日"
    paper = "/zh-hans/china-daily/2015/09/"
    assert links(soup, ".neighbours") == [f"{paper}20/", f"{paper}25/"]
    assert not one(soup, ".search-large input[name=q]")["value"]


def test_finds_a_story_that_is_filed_under_another_day():
    make_article("Harbour notes", slug="harbour-notes")
    soup = opened_at("/en/china-daily/1999/01/02/harbour-notes/", 404)
    assert one(soup, "article.card h3 a")["href"] == "/en/china-daily/2015/09/22/harbour-notes/"


@pytest.mark.parametrize(("language", "front"), [("en", "/zh-hans/"), ("zh-hans", "/en/")])
def test_the_other_languages_front_page_is_what_its_link_says(language, front):
    make_article()
    assert links(opened_at(f"/{language}/{GONE}", 404), "section.not-found") == [front]


def test_a_wrong_name_of_the_language_leads_to_the_page_in_both():
    make_article("Harbour notes", slug="harbour-notes")
    soup = opened_at("/zh-CN/china-daily/2015/09/22/harbour-notes/", 404)
    found = [str(a["href"]) for a in soup.select(".not-found .ways-on a")]
    assert found == [
        f"/{code}/china-daily/2015/09/22/harbour-notes/" for code in (CHINESE, ENGLISH)
    ]


def test_an_address_in_no_language_follows_the_reader_s_preference():
    make_home()
    response = Client().get("/nowhere/", headers={"accept-language": "zh-CN,zh"}, follow=True)
    assert response.status_code == 404
    assert response.headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("start", ["//", "///", "/\\", "/\t/"])
def test_never_links_to_a_host_that_the_address_names(start):
    make_home()
    answer = Client().get("/", PATH_INFO=f"{start}evil.example/en/")
    hrefs = [
        str(link["href"]) for link in BeautifulSoup(answer.content, "html.parser").select("[href]")
    ]
    assert answer.status_code == 404
    assert {"/en/", "/zh-hans/"} <= set(hrefs)
    assert [href for href in hrefs if "evil" in href] == []


def test_costs_few_queries(django_assert_max_num_queries):
    make_article()
    Client().get(f"/en/{GONE}")
    with django_assert_max_num_queries(10):
        Client().get(f"/en/{GONE}")
