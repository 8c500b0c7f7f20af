"""Feeds of stories: what feed readers make of them, in each form and language."""

import json
import re
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from archive.models import ArticleByline, ArticlePage, Author
from archive.site.feeds.documents import Feed, feed_response, feed_stories
from archive.text.language import column
from tests.factories import make_article, make_body, translate

pytestmark = pytest.mark.django_db

FEED = Feed("Ports\x07", "Stories of ports", "en", "http://testserver/en/", "Archive")
CHINESE_FEED = Feed("港口", "港口报道", "zh-hans", "http://testserver/zh-hans/", "资料库")
STORY = "http://localhost/{}/china-daily/2015/09/22/harbour-opens/"


def answer(form: str, feed: Feed = FEED, **headers: str) -> HttpResponse:
    request = RequestFactory().get("/feed/", {"form": form}, **headers)
    stories = feed_stories(ArticlePage.objects.all(), feed.language)
    return feed_response(request, feed, stories, form)


def make_story(headline: str = "Harbour opens", **fields: Any) -> ArticlePage:
    body = make_body("Ships\x0b came & <b>went</b>.")
    story = make_article(headline, body=body, print_page="17", **fields)
    for name in ("Li Na", "Tom Reed"):
        author = Author.objects.create(**{column("name", "en"): name})
        ArticleByline.objects.create(page=story, author=author)
    return story


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_program_reads_the_story(form: str) -> None:
    translate(make_story(), headline="港口启用")
    response = answer(form)
    read = feedparser.parse(response.content)
    assert not read.bozo, read.get("bozo_exception")
    assert (read.feed.title, read.feed.language) == ("Ports", "en")
    [entry] = read.entries
    assert (entry.title, entry.summary) == ("Harbour opens", "Ships came & went.")
    assert entry.link == STORY.format("en")
    assert re.fullmatch(r"tag:\w+,\d{4}-\d\d-\d\d:story-\d+-en", entry.id)
    assert entry.published_parsed.tm_year > 2015
    assert (entry.prism_publicationdate, entry.prism_startingpage) == ("2015-09-22", "17")
    assert [one.name for one in entry.authors] == ["Li Na", "Tom Reed"]
    others = [link for link in entry.links if link.get("hreflang") == "zh-Hans"]
    assert [link.href for link in others] == [STORY.format("zh-hans")]
    assert [link.href for link in read.feed.links if link.rel == "self"] == [
        f"http://testserver/feed/?form={form}"
    ]


def test_json_feed_says_the_same() -> None:
    translate(make_story(), headline="港口启用")
    read = json.loads(answer("json").content)
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    [item] = read["items"]
    assert item["url"] == STORY.format("en")
    assert item["id"].startswith("tag:")
    assert item["content_text"] == "Ships came & went."
    assert item["authors"] == [{"name": "Li Na"}, {"name": "Tom Reed"}]
    assert item["_prism"]["publicationDate"] == "2015-09-22"


def test_a_language_s_feed_holds_what_is_published_in_it() -> None:
    translate(make_story(), headline="港口启用")
    make_story("English only")
    chinese = answer("rss", CHINESE_FEED)
    [entry] = feedparser.parse(chinese.content).entries
    assert (entry.title, entry.link) == ("港口启用", STORY.format("zh-hans"))


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_translation_claims_no_print_but_names_what_was_printed(form: str) -> None:
    translate(make_story(), headline="港口启用")
    text = answer(form, CHINESE_FEED).content.decode()
    assert "Harbour opens. China Daily, 22 September 2015, page 17" in text
    assert "中国日报" not in text
    assert "startingPage" not in text


def test_a_sample_claims_no_print() -> None:
    make_story(is_sample=True)
    text = answer("rss").content.decode()
    assert "<prism:" not in text
    assert "<dc:source>" not in text


def test_neither_drafts_nor_restricted_stories_are_in_it() -> None:
    make_story("Draft", live=False)
    kept = make_story()
    PageViewRestriction.objects.create(page=kept, restriction_type="login")
    for form in ("rss", "atom", "json"):
        assert b"arbour" not in answer(form).content
        assert answer(form)["ETag"] == answer(form)["ETag"]


def test_what_the_asker_has_is_not_sent_again() -> None:
    story = make_story()
    first = answer("atom")
    assert "max-age" in first["Cache-Control"]
    assert answer("atom", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert "Last-Modified" not in first
    setattr(story, column("headline", "en"), "Harbour closes")
    story.save_revision().publish()
    assert answer("atom", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_many_stories_take_as_many_queries_as_one() -> None:
    counts = []
    for number in range(4):
        make_story(f"Harbour {number}")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer("rss")
        counts.append(len(captured))
    assert counts[1] == counts[3] <= 5, counts


def test_a_story_that_moves_is_not_news_again() -> None:
    story = make_story()
    [before] = feedparser.parse(answer("atom").content).entries
    story.slug = "elsewhere"
    story.save()
    [after] = feedparser.parse(answer("atom").content).entries
    assert after.link != before.link
    assert after.id == before.id
