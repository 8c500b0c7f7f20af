"""The pages that list stories: front page, publication, year, issue, section, and not found."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from archive.text.language import CHINESE, ENGLISH, other
from tests.factories import (
    DAY,
    make_article,
    make_entity,
    make_home,
    make_publication,
    make_section,
    tag,
)
from tests.site.reading import (
    CHINESE_HEADLINE,
    HTML_CODES,
    address,
    make_in,
    make_translated,
    one,
    opened,
    opened_at,
    words,
)

pytestmark = pytest.mark.django_db

in_each_language = pytest.mark.parametrize("language", [ENGLISH, CHINESE])


@pytest.mark.parametrize(("language", "mark"), [(ENGLISH, "Chinese only"), (CHINESE, "仅英文")])
def test_an_untranslated_story_is_marked_in_lists(language: str, mark: str) -> None:
    article = make_in(other(language))
    card = one(opened(make_home(), language), ".card")
    assert words(card, ".only") == mark
    headline = one(card, ".headline a")
    assert headline["lang"] == HTML_CODES[other(language)]
    assert headline["href"] == address(article, language)


def test_a_translated_story_has_its_translated_headline_in_lists() -> None:
    make_translated()
    card = one(opened(make_home(), CHINESE), ".card")
    assert words(card, ".headline") == CHINESE_HEADLINE
    assert not card.select(".only")


def test_the_front_page_leads_with_the_newest_story() -> None:
    make_article("Older")
    make_article("Newest", day=date(2016, 3, 1))
    page = opened(make_home(), ENGLISH)
    assert words(page, ".card-lead .headline") == "Newest"
    issues = [time["datetime"] for time in page.select(".issue-list time")]
    assert issues == ["2016-03-01", DAY.isoformat()]


def test_an_issue_of_drafts_alone_is_in_no_list() -> None:
    for headline, day in (("Older", date(2015, 9, 21)), ("Newer", date(2016, 3, 1))):
        story = make_article(headline, day=day)
    make_article("In the making", day=date(2015, 12, 1), live=False)
    for page in (make_home(), story.publication):
        listed = [time["datetime"] for time in opened(page, ENGLISH).select(".issue-list time")]
        assert listed == ["2016-03-01", "2015-09-21"]
    drafts = "/en/china-daily/2015/12/01/"
    assert not opened_at("/en/china-daily/2015/").select(f'.month a[href="{drafts}"]')


@pytest.mark.parametrize(("language", "name"), [(ENGLISH, "Zhanjiang"), (CHINESE, "湛江")])
def test_the_front_page_names_the_places_in_the_news(language: str, name: str) -> None:
    tag(make_translated(), make_entity())
    assert name in words(opened(make_home(), language), ".names-about")


@in_each_language
def test_an_empty_archive_has_a_front_page(language: str) -> None:
    page = opened(make_home(), language)
    assert page.select_one(".not-found h2")


def test_a_publication_lists_its_own_stories_and_years() -> None:
    ours, theirs = make_publication(), make_publication("another-paper", en="Another paper")
    make_article("Ours", publication=ours)
    make_article("Theirs", day=date(2014, 3, 1), publication=theirs)
    page = opened(ours, ENGLISH)
    assert words(page, ".story-list .headline") == "Ours"
    assert words(page, ".years li") == str(DAY.year)


@pytest.mark.parametrize(
    ("language", "label", "caption"),
    [
        (ENGLISH, "22 September 2015, 2 stories", "September 2015 1 issue · 2 stories"),
        (CHINESE, "2015年9月22日，2篇", "2015年9月 1期 · 2篇"),
    ],
)
def test_a_year_is_a_calendar_of_its_issues(language: str, label: str, caption: str) -> None:
    first, _second = make_article("One"), make_article("Two", slug="two")
    issue = first.get_parent().specific
    page = opened(issue.get_parent().specific, language)
    day = one(page, ".month td a")
    assert (day.get_text(), day["aria-label"]) == ("22", label)
    assert day["href"] == address(issue, language)
    assert words(page, ".month caption") == caption
    # 22 September 2015 was a Tuesday.
    assert day.find_parent("tr").select("td").index(day.find_parent("td")) == 1


@pytest.mark.parametrize(
    ("language", "pages"), [(ENGLISH, ["Page 2", "Page 17"]), (CHINESE, ["第2版", "第17版"])]
)
def test_an_issue_is_read_page_by_page(language: str, pages: list[str]) -> None:
    article = make_article("Inside", print_page="17", slug="inside")
    make_article("Front", print_page="2", slug="front")
    make_article("The day before", day=date(2015, 9, 21), slug="before")
    page = opened(article.get_parent().specific, language)
    assert [h2.get_text() for h2 in page.select(".paper-page h2")] == pages
    headlines = [a.get_text() for a in page.select(".paper-page .headline a")]
    assert headlines == ["Front", "Inside"]
    assert one(page, '.neighbours a[rel="prev"]')["href"].endswith("/2015/09/21/")
    assert not page.select('.neighbours a[rel="next"]')


def test_a_section_goes_page_by_page(settings) -> None:
    settings.ARCHIVE_PAGE_SIZE = 1
    section = make_section()
    make_article("Newer", day=date(2015, 9, 23), section=section, slug="newer")
    make_article("Older", day=date(2015, 9, 22), section=section, slug="older")
    first = opened(section, ENGLISH)
    assert words(first, ".page-head .filing") == "2 stories"
    place = one(first, '.pagination a[rel="next"]')["href"]
    page = opened(section, ENGLISH, place)
    assert words(page, ".story-list .headline") == "Older"
    assert one(page, '.pagination a[rel="prev"]')["href"].startswith("?before=2015-09-22-")
    canonical = one(page, 'link[rel="canonical"]')["href"]
    assert canonical == f"http://localhost{address(section, ENGLISH)}{place}"
    switch = one(page, '.languages a[lang="zh-Hans"]')
    assert switch["href"] == f"{address(section, CHINESE)}{place}"


@in_each_language
def test_the_masthead_leads_to_sections_in_the_readers_language(language: str) -> None:
    section = make_section("world")
    make_section("world", make_publication("another-paper", en="Another paper"))
    page = opened(make_home(), language)
    links = [link.get_text() for link in page.select(".sections a")]
    assert links.count({ENGLISH: "World", CHINESE: "国际"}[language]) == 1
    assert page.select(f'.sections a[href="{address(section, language)}"]')


def test_of_sections_of_one_name_the_masthead_leads_to_one_with_stories() -> None:
    empty = make_section("world")
    other = make_section("world", make_publication("another-paper", en="Another paper"))
    assert opened(make_home(), ENGLISH).select(f'.sections a[href="{address(empty, ENGLISH)}"]')
    make_article(publication=other.get_parent().specific, section=other)
    page = opened(make_home(), ENGLISH)
    assert page.select(f'.sections a[href="{address(other, ENGLISH)}"]')


@in_each_language
def test_keyboard_readers_can_skip_the_masthead(language: str) -> None:
    page = opened(make_home(), language)
    first = page.select_one("body a")
    assert first["href"] == "#content"
    assert one(page, "main")["id"] == "content"


@in_each_language
def test_a_page_that_is_not_there_says_so_in_both_languages(language: str) -> None:
    make_home()
    page = opened_at(f"/{language}/nothing/here/", status=404)
    headings = [heading.get_text() for heading in page.select(".not-found :is(h1, h2)")]
    in_order = ["Page not found", "页面不存在"]
    assert headings == (in_order if language == ENGLISH else in_order[::-1])
    stranger = one(page, "section.not-found")
    assert stranger["lang"] == HTML_CODES[other(language)]
    front_page = f"/{other(language)}/"
    assert one(stranger, ".ways-on a")["href"].startswith(front_page)
    assert not page.select('link[rel="canonical"]')


def test_the_page_for_a_fault_needs_nothing_that_may_be_at_fault(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(0):
        page = BeautifulSoup(render_to_string("500.html"), "html.parser")
    assert [h1.get_text() for h1 in page.select("h1")] == ["Something went wrong", "出错了"]
    assert [link["href"] for link in page.select("a")] == ["/en/", "/zh-hans/"]


def test_a_band_of_one_paper_names_it_once_and_once_that_it_is_sample_text() -> None:
    section = make_section()
    for number in range(2):
        sample = {"is_sample": True, "section": section, "slug": f"sample-{number}"}
        make_article(f"Sample {number}", day=date(2015, 9, 20 + number), **sample)
    page = opened(section, ENGLISH)
    shown = one(page, "main").text
    assert [shown.count(told) for told in ("Sample text", "China Daily")] == [1, 1]
    # Among others each says it of itself.
    make_article("Report", day=date(2015, 9, 25), section=section, slug="report")
    page = opened(section, ENGLISH)
    filings = [" ".join(line.text.split()) for line in page.select(".card .filing")]
    assert ["Sample text" in line for line in filings] == [False, True, True]
    assert all("China Daily" in line for line in filings)


@pytest.mark.parametrize(
    "path", ["china-daily/", "china-daily/2015/", "china-daily/2015/09/22/", "entities/zhanjiang/"]
)
def test_a_list_of_one_papers_sample_text_says_so_once(path: str) -> None:
    city = make_entity("zhanjiang", "Zhanjiang", "湛江")
    for slug in ("one", "two"):
        article = make_article(f"Story {slug}", slug=slug, is_sample=True, print_page="17")
        tag(article, city)
    page = opened_at(f"/en/{path}")
    assert len(page.select("main .card")) == 2
    assert one(page, "main").text.count("Sample text") == 1


def test_a_printed_page_stands_with_its_day() -> None:
    section = make_section()
    make_article("Paged", section=section, slug="paged", print_page="17")
    day = one(opened(section, ENGLISH), ".card .when")
    assert " ".join(day.text.split()) == "22 September 2015 page 17"


def test_a_sections_newest_story_leads_its_first_page_alone(settings: Any) -> None:
    settings.ARCHIVE_PAGE_SIZE = 6
    section = make_section()
    for number in range(8):
        make_article(f"Story {number}", day=date(2015, 9, 1 + number), section=section)
    first = opened(section, ENGLISH)
    assert [one.text for one in first.select(".front-lead .headline")] == ["Story 7"]
    newest = [f"Story {number}" for number in range(7, 1, -1)]
    assert [one.text for one in first.select(".headline")] == newest
    older = opened_at(f"{section.url}{first.select_one('[rel=next]')['href']}")
    assert not older.select(".front")
    assert [one.text for one in older.select(".headline")] == ["Story 1", "Story 0"]
