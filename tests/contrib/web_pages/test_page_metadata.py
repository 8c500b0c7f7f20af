"""What a page's data for machines says of its story."""

from datetime import datetime, timedelta, timezone

import pytest

from archive.contrib.intake.documents import DocumentMetadata
from archive.contrib.web_pages.page_metadata import (
    author_names,
    parse_moment,
    read_page_metadata,
)
from archive.text.markup.html_tree import parse_html
from tests.contrib.web_pages.samples import ENGLISH_PAGE


def metadata(head: str, body: str = "") -> DocumentMetadata:
    source = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_page_metadata(parse_html(source), source)


def test_json_ld_says_who_when_and_where() -> None:
    said = read_page_metadata(parse_html(ENGLISH_PAGE), ENGLISH_PAGE)
    zone = timezone(timedelta(hours=8))
    assert (said.headline, said.publication) == ("Port opens a new route", "Harbour Post")
    assert said.bylines == ("Li Na", "Wang Wei")
    assert (said.published, said.has_time) == (datetime(2015, 9, 22, 8, 30, tzinfo=zone), True)
    assert said.modified == datetime(2015, 9, 23, 9, tzinfo=zone)
    assert (said.section, said.keywords, said.language) == ("Trade", ("ports", "shipping"), "en-GB")
    assert said.url == "https://harbour.example/trade/port-opens.html"
    assert said.document_title == "Port opens a new route | Harbour Post"


META = {
    "opengraph": (
        '<meta property="og:title" content="Port opens - Harbour Post">'
        '<meta property="og:site_name" content="Harbour Post">'
        '<meta property="article:published_time" content="2015-09-22T08:30:00Z">'
        '<meta property="article:author" content="https://harbour.example/li">'
        '<meta name="author" content="By Li Na">'
    ),
    "dublin core": (
        '<meta name="DC.title" content="Port opens"><meta name="DC.creator" content="Li Na">'
        '<meta name="DC.date.issued" content="2015-09-22">'
        '<meta name="DC.publisher" content="Harbour Post">'
    ),
    "microdata": (
        '<title>Port opens | Harbour Post</title><h1 itemprop="headline">Port opens</h1>'
        '<span itemprop="author" itemscope><b itemprop="name">Li Na</b></span>'
        '<time itemprop="datePublished" datetime="2015-09-22T08:30">Tuesday</time>'
    ),
    "print": (
        "<title>Port opens_Harbour Post</title><h1>Port opens</h1><a rel=author>By Li Na</a>"
        "<time>September 22, 2015</time>"
    ),
}


@pytest.mark.parametrize("case", META)
def test_other_marks_say_it_too(case: str) -> None:
    said = metadata(META[case])
    assert (said.headline, said.publication) == ("Port opens", "Harbour Post")
    assert said.bylines == ("Li Na",)
    assert said.published
    assert said.published.date().isoformat() == "2015-09-22"


@pytest.mark.parametrize(
    ("text", "expected", "has_time"),
    [
        ("2015-09-22T08:30:00+08:00", "2015-09-22T08:30:00+08:00", True),
        ("Tue, 22 Sep 2015 08:30:00 +0800", "2015-09-22T08:30:00+08:00", True),
        ("2015年9月22日 08:30", "2015-09-22T08:30:00", True),
        ("September 22, 2015 8:30 am", "2015-09-22T08:30:00", True),
        ("2015-09-22", "2015-09-22T00:00:00", False),
        ("20150922", "2015-09-22T00:00:00", False),
    ],
)
def test_moments_are_read(text: str, expected: str, has_time: bool) -> None:
    moment, timed = parse_moment(text)
    assert moment
    assert (moment.isoformat(), timed) == (expected, has_time)


def test_a_date_that_no_calendar_has_is_kept() -> None:
    wrong = '<meta property="article:published_time" content="2015-13-45">'
    assert metadata(wrong).unread == ("2015-13-45",)
    said = metadata(f'{wrong}<meta name="pubdate" content="2015-09-22">')
    assert (str(said.published)[:10], said.unread) == ("2015-09-22", ("2015-13-45",))


@pytest.mark.parametrize("text", ["", "Monday", "04/11/2015", "2015-13-45", "2015年13月40日"])
def test_an_uncertain_moment_is_none(text: str) -> None:
    assert parse_moment(text) == (None, False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Li Na and Wang Wei", ["Li Na", "Wang Wei"]),
        ("作者：李娜、王伟", ["李娜", "王伟"]),
        ("https://harbour.example/li", []),
        ("admin", []),
    ],
)
def test_authors_are_names(text: str, names: list[str]) -> None:
    assert author_names(text) == names


@pytest.mark.parametrize("canonical", ["/", "https://harbour.example/", "javascript:void(0)"])
def test_the_front_page_is_no_storys_address(canonical: str) -> None:
    saved = "<!-- saved from url=(0031)https://harbour.example/port.html -->"
    source = f'{saved}<html><head><link rel="canonical" href="{canonical}"></head></html>'
    assert read_page_metadata(parse_html(source), source).url == "https://harbour.example/port.html"


def test_broken_json_ld_is_passed_over() -> None:
    deep = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    said = metadata(f'{deep}<script type="application/ld+json">{{"a": </script><title>Port</title>')
    assert said.headline == "Port"


def test_a_title_may_have_the_headings_first_words() -> None:
    heading = "Port opens a new route to the south"
    said = metadata("<title>Port opens a new route - Harbour Post</title>", f"<h1>{heading}</h1>")
    assert (said.headline, said.publication) == (heading, "Harbour Post")
