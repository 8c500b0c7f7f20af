"""The feeds of the archive and its parts, and the pages that announce them."""

import json
from typing import Any

import feedparser
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from archive.site.feeds import documents
from archive.site.feeds import views as channels
from archive.site.twins import MARKDOWN
from tests.factories import (
    make_article,
    make_entity,
    make_home,
    make_publication,
    make_section,
    make_tie,
    tag,
    translate,
)
from tests.site.reading import opened, opened_at

pytestmark = pytest.mark.django_db


def titles(path: str) -> list[str]:
    response = Client().get(path)
    assert response.status_code == 200
    read = feedparser.parse(response.content)
    assert not read.bozo, read.get("bozo_exception")
    return [entry.title for entry in read.entries]


def test_each_part_of_the_archive_has_its_own_in_each_language() -> None:
    section = make_section()
    make_article("In World", section=section, slug="in-world")
    translate(make_article("Elsewhere", slug="elsewhere"), headline="别处")
    make_article("Other paper", publication=make_publication("other-paper"))
    assert titles("/en/feed/") == ["Other paper", "Elsewhere", "In World"]
    assert titles("/en/china-daily/feed/?format=atom") == ["Elsewhere", "In World"]
    assert titles("/en/china-daily/world/feed/") == ["In World"]
    assert titles("/zh-hans/feed/") == titles("/zh-hans/china-daily/feed/") == ["别处"]


def test_a_pair_s_feed_names_both_places() -> None:
    one, two = make_entity(), make_entity("oakland", "Oakland", "奥克兰")
    both, single = make_article("Both", slug="both"), make_article("One", slug="one")
    for story, place in ((both, one), (both, two), (single, one)):
        tag(story, place)
    make_home()
    assert Client().get("/en/ties/oakland/zhanjiang/feed/").status_code == 404
    make_tie(one, two)
    assert titles("/en/ties/oakland/zhanjiang/feed/") == ["Both"]
    announced = opened_at("/en/ties/oakland/zhanjiang/").select('link[type="application/rss+xml"]')
    assert announced[0]["href"] == "/en/ties/oakland/zhanjiang/feed/?format=rss"


def test_what_is_kept_from_readers_has_no_feed() -> None:
    section = make_section()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    for path in ("china-daily/world/feed/", "nothing/feed/", "feed/?format=x", "feed/?before=x"):
        assert Client().get(f"/en/{path}").status_code == 404


def test_a_long_feed_leads_back_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (documents, channels):
        monkeypatch.setattr(module, "FEED_SIZE", 1)
    for number in range(3):
        make_article(f"Story {number}", slug=f"story-{number}")
    found, path = [], "/en/feed/?format=json"
    while path:
        read = json.loads(Client().get(path).content)
        found += [item["title"] for item in read["items"]]
        path = read.get("next_url", "")
    assert found == ["Story 2", "Story 1", "Story 0"]
    atom = feedparser.parse(Client().get("/en/feed/?format=atom").content)
    assert [link.rel for link in atom.feed.links].count("next") == 1


def test_pages_announce_all_forms_of_their_own_feed_and_the_archive_s() -> None:
    section = make_section()
    story = make_article(section=section)
    for page, language, own in (
        (section, "en", "/en/china-daily/world/feed/"),
        (story, "zh-hans", "/zh-hans/china-daily/world/feed/"),
        (section.get_parent().specific, "en", "/en/china-daily/feed/"),
    ):
        links = opened(page, language).select('link[rel="alternate"][type]')
        links = [link for link in links if link["type"] != MARKDOWN]
        assert [link["type"] for link in links] == [*documents.MIME_TYPES.values()] * 2
        whole = f"/{language}/feed/"
        assert [link["href"].partition("?")[0] for link in links] == [own] * 3 + [whole] * 3
    assert len(opened(section, "en").select(".feeds a")) == 3


def test_odd_characters_break_no_feed() -> None:
    make_article("Ports \x07 & <harbours> \ufffe 𠮷", slug="odd")
    assert titles("/en/feed/") == ["Ports  & <harbours>  𠮷"]
    json.loads(Client().get("/en/feed/?format=json").content)


def test_a_feed_takes_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    stories: list[Any] = [make_article(f"Story {n}", slug=f"story-{n}") for n in range(3)]
    assert stories
    titles("/en/china-daily/feed/")
    with django_assert_max_num_queries(13):
        assert len(titles("/en/china-daily/feed/")) == 3
