"""The links of a page's frame: where they lead, in which language, and marked where they are."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from archive.site.addresses import LanguageLink, PageAddresses
from archive.site.feeds.documents import PageFeed
from archive.site.modes import ModeChoice
from tests.site.reading import one

HOSTILE = '"><script>alert(1)</script>'


def seen(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def language_items(found: list[LanguageLink], *, keeps_place: bool) -> str:
    values = {"links": found, "story_view": "both" if keeps_place else None}
    return render_to_string("archive/includes/languages.html", values)


def mode_items(found: list[ModeChoice]) -> str:
    return render_to_string("archive/stories/mode_links.html", {"choices": found})


def address_links(at: PageAddresses) -> str:
    return render_to_string("archive/includes/address_links.html", {"at": at})


def feed_links(feeds: list[PageFeed]) -> str:
    return render_to_string("archive/includes/feed_links.html", {"page_feeds": feeds})


@pytest.mark.parametrize("keeps_place", [True, False])
def test_each_language_is_named_in_itself(keeps_place: bool) -> None:
    found = [
        LanguageLink("en", "English", "/en/", is_current=True),
        LanguageLink("zh-hans", "中文", "/zh-hans/", is_current=False),
    ]
    english, chinese = seen(language_items(found, keeps_place=keeps_place)).select("li > a")
    assert (chinese.get_text(), chinese["lang"], chinese["hreflang"]) == (
        "中文",
        "zh-Hans",
        "zh-Hans",
    )
    assert (english["aria-current"], chinese.get("aria-current")) == ("true", None)
    assert chinese.has_attr("data-keep-place") is keeps_place


def test_only_a_mode_that_is_one_language_says_so() -> None:
    found = [
        ModeChoice("zh-hans", "中文", "/a", True),
        ModeChoice("both", "Side by side", "/b", False),
    ]
    links = seen(mode_items(found)).select("a")
    assert [link.get("lang") for link in links] == ["zh-Hans", None]
    assert [link.get("aria-current") for link in links] == ["true", None]
    assert {link["rel"][0] for link in links} == {"nofollow"}


def test_the_head_names_the_page_in_each_language() -> None:
    soup = seen(address_links(PageAddresses("/en/a/", [("en", "/en/a/"), ("zh-Hans", "/zh/a/")])))
    assert one(soup, 'link[rel="canonical"]')["href"] == "/en/a/"
    alternates = soup.select('link[rel="alternate"]')
    assert [(link["hreflang"], link["href"]) for link in alternates] == [
        ("en", "/en/a/"),
        ("zh-Hans", "/zh/a/"),
    ]


def test_hostile_addresses_and_names_stay_text() -> None:
    html = (
        address_links(PageAddresses(HOSTILE, [("en", HOSTILE)]))
        + mode_items([ModeChoice("both", HOSTILE, HOSTILE, False)])
        + language_items([LanguageLink("en", HOSTILE, HOSTILE, False)], keeps_place=True)
        + feed_links([PageFeed(HOSTILE, [("RSS", "application/rss+xml", HOSTILE)])])
    )
    soup = seen(html)
    assert not soup.select("script")
    assert {tag["href"] for tag in soup.select("[href]")} == {HOSTILE}
    assert [tag["title"] for tag in soup.select("[title]")] == [f"{HOSTILE} (RSS)"]
    assert [tag.get_text() for tag in soup.select("a")] == [HOSTILE, HOSTILE]
