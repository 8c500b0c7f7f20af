"""Sitemaps and robots.txt, by the rules of sitemaps.org, of Google News and of hreflang."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import parse_http_date
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from archive.models import HarvestRecord
from archive.site.sitemaps import kinds
from archive.text.language import CHINESE
from tests.factories import (
    make_article,
    make_entity,
    make_home,
    make_merged,
    make_tie,
    tag,
    translate,
)
from tests.site.asking import SITEMAP, XHTML, answered, locations, make_old

pytestmark = pytest.mark.django_db

STORY = "/{}/china-daily/2015/09/22/harbour-opens/"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def make_story(headline: str = "Harbour opens", **fields: Any) -> Any:
    return make_article(headline, **{"slug": "harbour-opens", **fields})


def stories(language: str) -> list[str]:
    """What the files of stories list, by way of the index."""
    files = [path for path in locations("/sitemap.xml") if f"{language}-stories" in path]
    return [path for file in files for path in locations(file)]


def test_a_language_s_files_list_what_is_published_in_it() -> None:
    story = make_story()
    assert (stories("en"), stories("zh-hans")) == ([STORY.format("en")], [])
    translation = translate(story, headline="港口启用")
    assert stories("zh-hans") == [STORY.format("zh-hans")]
    translation.unpublish()
    assert stories("zh-hans") == []
    PageViewRestriction.objects.create(page=story.publication, restriction_type="login")
    assert stories("en") == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_languages_name_each_other_and_the_default(language: str) -> None:
    translate(make_story(language=CHINESE), headline="Harbour opens")
    [path] = [one for one in locations("/sitemap.xml") if f"{language}-stories" in one]
    links = answered(path).iter(f"{XHTML}link")
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "en": "http://localhost" + STORY.format("en"),
        "zh-Hans": "http://localhost" + STORY.format("zh-hans"),
        "x-default": "http://localhost" + STORY.format("zh-hans"),
    }


def test_a_story_in_one_language_names_no_other() -> None:
    make_story()
    [path] = [one for one in locations("/sitemap.xml") if "en-stories" in one]
    [url] = answered(path).findall(f"{SITEMAP}url")
    assert [child.tag for child in url] == [f"{SITEMAP}loc", f"{SITEMAP}lastmod"]


def test_long_lists_are_cut_into_files_and_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "BATCH", 1)
    made = [make_story(f"Story {n}", slug=f"story-{n}") for n in range(3)]
    monkeypatch.setattr(kinds, "STORY_IDS", made[2].pk)
    assert len([one for one in locations("/sitemap.xml") if "en-stories" in one]) == 2
    assert [path.rsplit("/", 2)[1] for path in stories("en")] == ["story-0", "story-1", "story-2"]


def test_every_listed_page_is_there_and_canonical() -> None:
    one, two = make_entity(), make_entity("oakland", "Oakland", "奥克兰")
    make_tie(one, two)
    make_tie(make_merged("tsamkong", one), two, "visit")
    tag(translated := make_story(), one)
    translate(translated, headline="港口启用")
    files = [path for path in locations("/sitemap.xml") if "zh-hans" in path]
    listed = [path for file in files for path in locations(file)]
    expected = ["", "china-daily/", "china-daily/2015/", "china-daily/2015/09/22/"]
    expected += ["entities/zhanjiang/", "cities/oakland/", "ties/oakland/zhanjiang/"]
    assert {f"/zh-hans/{path}" for path in expected} < set(listed)
    assert len(set(listed)) == len(listed)
    for path in listed:
        response = Client().get(path)
        assert response.status_code == 200, path
        assert f'rel="canonical" href="http://localhost{path}"' in response.content.decode()


def test_a_file_that_has_not_changed_is_not_sent_again() -> None:
    story = make_story()
    make_old()
    path = f"/sitemap-en-stories-{story.pk // kinds.STORY_IDS}.xml"
    first = Client().get(path)
    assert first.streaming
    assert parse_http_date(first["Last-Modified"]) == 1577836800
    for headers in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        assert Client().get(path, headers=headers).status_code == 304
    story.save_revision().publish()
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200
    index = Client().get("/sitemap.xml")
    again = Client().get("/sitemap.xml", headers={"If-None-Match": index["ETag"]})
    assert again.status_code == 304


def test_there_are_no_empty_files() -> None:
    make_home()
    for path in ("en-stories-0", "en-issues-1999", "en-stories-999999999999", "fr-stories-0"):
        assert Client().get(f"/sitemap-{path}.xml").status_code == 404
    assert not any("stories" in path for path in locations("/sitemap.xml"))


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_number_that_no_file_has_is_not_found(kind: str) -> None:
    for number in (0, 10_000, 999_999_999_999, "-1", "x"):
        status = Client().get(f"/sitemap-en-{kind}-{number}.xml").status_code
        assert status == (200 if (kind, number) == ("pages", 0) else 404), number


def test_names_are_those_of_stories_that_readers_may_see() -> None:
    draft = make_story(live=False)
    tag(draft, make_entity())
    assert not [path for path in locations("/sitemap.xml") if "names" in path]
    draft.save_revision().publish()
    assert locations("/sitemap-en-names-0.xml") == ["/en/entities/zhanjiang/"]


def test_a_file_of_stories_takes_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [make_story(f"Story {n}", slug=f"story-{n}") for n in range(3)]
    assert HarvestRecord.objects.count() == 3
    # One of them looks for what is restricted at this moment, whatever the records say.
    with django_assert_max_num_queries(5):
        assert len(locations(f"/sitemap-en-stories-{made[0].pk // kinds.STORY_IDS}.xml")) == 3


def test_news_are_what_was_just_printed_never_what_is_just_archived() -> None:
    today = timezone.localdate()
    make_story("Old news")
    make_story("Too old", slug="too-old", day=today - timedelta(days=2))
    make_story("Tomorrow's", slug="tomorrow", day=today + timedelta(days=1))
    make_story("Sample", slug="sample", day=today, is_sample=True)
    fresh = make_story("Fresh & new", slug="fresh", day=today - timedelta(days=1))
    translate(fresh, headline="新鲜事")
    root = answered("/sitemap-news.xml")
    facts = [
        [one.find(f".//{NEWS}{name}").text for name in ("name", "language", "title")]
        for one in root
    ]
    assert facts == [["China Daily", "en", "Fresh & new"], ["资料库", "zh-cn", "新鲜事"]]
    days = [date.fromisoformat(one.find(f".//{NEWS}publication_date").text) for one in root]
    assert days == [fresh.print_date, today]


def test_robots_are_kept_from_the_admin_and_the_search(settings: Any) -> None:
    make_home()
    settings.ARCHIVE_ROBOTS_LINES = ["Disallow: /private/"]
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /zh-hans/search/" in lines
    assert "Disallow: /private/" in lines[:5]
    assert "Sitemap: http://localhost/sitemap.xml" in lines


def test_a_closed_site_keeps_them_out(settings: Any) -> None:
    make_home()
    settings.ARCHIVE_ROBOTS_CLOSED = True
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert b'content="noindex, nofollow"' in Client().get("/en/").content
