"""From a story, readers turn to those beside it on its printed page."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.factories import DAY, make_article, translate
from tests.site.reading import address, one, opened

pytestmark = pytest.mark.django_db


def on_page(headline: str, label: str = "17", **fields: Any) -> ArticlePage:
    return make_article(headline, print_page=label, slug=headline.lower(), **fields)


def headlines(story: ArticlePage, language: str = ENGLISH) -> list[str]:
    page = opened(story, language)
    return [link.find("span").get_text() for link in page.select(".on-page a")]


def test_a_story_leads_to_the_previous_and_the_next_of_its_page() -> None:
    on_page("Elsewhere", "16")
    first, second, third = on_page("First"), on_page("Second"), on_page("Third")
    on_page("Tomorrow", day=DAY + timedelta(days=1))
    on_page("Draft", live=False)
    assert [headlines(story) for story in (first, second, third)] == [
        ["Second"],
        ["First", "Third"],
        ["Second"],
    ]
    links = one(opened(second, ENGLISH), "nav.on-page").select("a")
    assert [link["rel"] for link in links] == [["prev"], ["next"]]
    assert [link["href"] for link in links] == [address(story, ENGLISH) for story in (first, third)]


def test_a_headline_of_the_other_language_says_so() -> None:
    first, second = on_page("First"), on_page("Second")
    translate(first, headline="第一篇")
    assert headlines(second, CHINESE) == ["第一篇"]
    assert opened(first, CHINESE).select_one(".on-page span")["lang"] == "en"


@pytest.mark.parametrize("label", ["", "17"])
def test_a_story_alone_on_its_page_leads_nowhere(label: str) -> None:
    assert not opened(on_page("Alone", label), ENGLISH).select(".on-page")


def test_no_reader_is_led_to_what_is_restricted() -> None:
    first, second = on_page("First"), on_page("Second")
    PageViewRestriction.objects.create(page=first, restriction_type="password", password="x")
    assert headlines(second) == []


@pytest.fixture
def _pages_are_kept(settings: Any) -> None:
    settings.ARCHIVE_CACHE_PAGES = True
    cache.clear()


@pytest.mark.usefixtures("_pages_are_kept")
def test_a_kept_page_follows_what_stands_beside_it() -> None:
    first, second = on_page("First"), on_page("Second")
    assert headlines(first) == ["Second"]
    second.print_page = "18"
    second.save_revision().publish()
    assert headlines(first) == []
    third = on_page("Third")
    assert headlines(first) == ["Third"]
    third.headline_en = "Renamed"
    third.save_revision().publish()
    assert headlines(first) == ["Renamed"]
    third.unpublish()
    assert headlines(first) == []
    assert Client().get(address(third, ENGLISH)).status_code == 410
