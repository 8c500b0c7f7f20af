"""What readers see of reprints: who printed it, when and how; the two texts; nothing hidden."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from archive.contrib.reprints.models import StoryReuse
from archive.contrib.reprints.time_apart import time_between
from archive.models import ArticlePage, RelatedArticle
from archive.site.permalinks import short_id
from archive.text.language import CHINESE, ENGLISH
from tests.contrib.reprints.labelled import publish
from tests.site.reading import address, one, opened, opened_at, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def wire() -> ArticlePage:
    return publish("crane")


@pytest.fixture
def cut(wire: ArticlePage) -> ArticlePage:
    return publish("crane-cut", "harbour-post")


def compared(earlier: ArticlePage, later: ArticlePage, language: str = ENGLISH) -> str:
    with translation.override(language):
        return reverse("archive:reprint", args=[short_id(earlier.pk), short_id(later.pk)])


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "the same day"),
        (-1, "1 day earlier"),
        (38, "5 weeks later"),
        (366, "12 months later"),
        (-4383, "12 years earlier"),
    ],
)
def test_how_far_apart_in_time(days: int, told: str) -> None:
    assert time_between(days, ENGLISH) == told


def test_a_story_names_the_other_paper_when_and_how(wire: ArticlePage, cut: ArticlePage) -> None:
    there = words(opened(wire, ENGLISH), ".reprints")
    assert "Zhanjiang buys US cranes" in there
    assert "Harbour-Post" in there
    assert "1 day later; shortened" in there
    assert "1 day earlier; longer" in words(opened(cut, ENGLISH), ".reprints")


def test_chinese_readers_are_told_in_chinese(wire: ArticlePage, cut: ArticlePage) -> None:
    page = opened(wire, CHINESE)
    assert "晚1天；有删节" in words(page, ".reprints")
    assert words(page, ".reprints h2") == "也刊登于"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("crane-zh", "2 days later; in the other language"),
        ("crane-british", "2 days later; nearly word for word"),
    ],
)
def test_other_kinds_are_told_too(wire: ArticlePage, key: str, told: str) -> None:
    publish(key, "harbour-post")
    assert told in words(opened(wire, ENGLISH), ".reprints")


def test_a_translation_that_leaves_much_out_is_called_shortened() -> None:
    story = publish("solar")
    publish("solar-en-short", "harbour-post")
    assert "translated and shortened" in words(opened(story, ENGLISH), ".reprints")


def test_a_reprint_is_no_related_story_unless_an_editor_says_so(
    wire: ArticlePage, cut: ArticlePage
) -> None:
    RelatedArticle.objects.create(page=wire, related=cut)
    page = opened(wire, ENGLISH)
    assert page.select_one(".reprints")
    assert page.select_one(".related")


def test_a_story_costs_one_query_more(
    wire: ArticlePage, cut: ArticlePage, django_assert_max_num_queries: Any
) -> None:
    opened(wire, ENGLISH)
    with django_assert_max_num_queries(7):
        opened(wire, ENGLISH)


@pytest.mark.parametrize("how", ["unpublished", "restricted", "refused", "deleted"])
def test_what_readers_may_not_see_is_nowhere(wire: ArticlePage, cut: ArticlePage, how: str) -> None:
    path = compared(wire, cut)
    assert opened(wire, ENGLISH).select_one(".reprints")
    if how == "unpublished":
        cut.unpublish()
    elif how == "deleted":
        ArticlePage.objects.get(pk=cut.pk).delete()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=cut, restriction_type="login")
    else:
        StoryReuse.objects.update(state="refused")
    page = opened(wire, ENGLISH)
    assert page.select_one(".reprints") is None
    assert cut.title not in str(page)
    opened_at(path, 404)


def test_a_kept_page_follows(wire: ArticlePage, settings: Any) -> None:
    """Readers get the page anew with each find, and with each loss."""
    settings.DEBUG = False
    path = address(wire, ENGLISH)
    assert b"reprints" not in Client().get(path).content
    cut = publish("crane-cut", "harbour-post")
    assert b"reprints" in Client().get(path).content
    cut.unpublish()
    assert b"reprints" not in Client().get(path).content


def test_the_two_texts_are_compared_word_by_word(wire: ArticlePage) -> None:
    british = publish("crane-british", "harbour-post")
    page = opened_at(compared(wire, british))
    assert one(page, 'meta[name="robots"]')["content"] == "noindex"
    assert "harbor" in [found.text for found in page.select("del")]
    assert "harbour" in [found.text for found in page.select("ins")]
    assert "We looked at offers" in words(page, ".reprint")
    columns = page.select(".reprint-row")[1].select(".reprint-text")
    assert [column["lang"] for column in columns] == ["en", "en"]


def test_translations_stand_paragraph_by_paragraph(wire: ArticlePage) -> None:
    chinese = publish("crane-zh", "harbour-post")
    page = opened_at(compared(wire, chinese, CHINESE))
    assert not page.select("ins, del")
    rows = [row.select(".reprint-text") for row in page.select(".reprint-row")[1:]]
    assert len(rows) == 6
    assert [text["lang"] for text in rows[0]] == ["en", "zh-Hans"]
    assert "sister ports since 2008" in rows[4][0].text
    assert "2008年结为友好港" in rows[4][1].text


def test_stories_that_are_no_reprints_are_not_compared(wire: ArticlePage) -> None:
    other = publish("typhoon", "harbour-post")
    opened_at(compared(wire, other), 404)
    opened_at(compared(wire, wire), 404)


def test_comparing_takes_a_fixed_number_of_queries(
    wire: ArticlePage, cut: ArticlePage, django_assert_max_num_queries: Any
) -> None:
    path = compared(wire, cut)
    opened_at(path)
    with django_assert_max_num_queries(8):
        opened_at(path)


def graph_of(page: BeautifulSoup) -> dict[str, Any]:
    data = json.loads(one(page, 'script[type="application/ld+json"]').text)
    found: dict[str, Any] = data["@graph"][0]
    return found


def test_machines_are_told_what_it_is_based_on(wire: ArticlePage, cut: ArticlePage) -> None:
    based = graph_of(opened(cut, ENGLISH))["isBasedOn"]
    assert based["@type"] == "NewsArticle"
    assert based["url"].endswith(address(wire, ENGLISH))
    assert based["headline"] == wire.title
    assert "isBasedOn" not in graph_of(opened(wire, ENGLISH))


def test_machines_are_told_of_a_printed_translation(wire: ArticlePage) -> None:
    chinese = publish("crane-zh", "harbour-post")
    there = graph_of(opened(wire, ENGLISH))["workTranslation"]
    assert (there["inLanguage"], there["headline"]) == ("zh-Hans", chinese.title)
    here = graph_of(opened(chinese, CHINESE))["translationOfWork"]
    assert here["headline"] == wire.title


def test_the_markdown_twin_says_the_same(wire: ArticlePage, cut: ArticlePage) -> None:
    path = address(wire, ENGLISH).rstrip("/") + ".md"
    text = Client().get(path).content.decode()
    assert "Also printed in" in text
    assert "1 day later; shortened" in text
