"""Browsing as readers do: down the calendar, along a paper's pages, by section and name."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from archive.models import ArticlePage, HomePage, PublicationPage
from archive.site.browse import counts
from archive.text.language import CHINESE, ENGLISH
from archive.visibility import RestrictedPlaces
from tests.contrib.related.rows import Row, make_entities, make_rows
from tests.factories import DAY, make_article, make_entity, make_publication, make_section, tag
from tests.site.reading import address, one, opened, opened_at, words

pytestmark = pytest.mark.django_db

in_each_language = pytest.mark.parametrize("language", [ENGLISH, CHINESE])


@pytest.fixture
def paper() -> ArticlePage:
    """Two pages of one paper, a second paper of the day, and a story of the year before."""
    make_article("Before", day=date(2014, 3, 1), slug="before")
    make_article("Elsewhere", publication=make_publication("another-paper", en="Another paper"))
    make_article("Inside", print_page="17", slug="inside")
    return make_article("Front", print_page="2", slug="front")


def links(page: Any, selector: str) -> dict[str, str]:
    return {" ".join(link.get_text().split()): link["href"] for link in page.select(selector)}


def test_the_way_down_the_calendar(paper: ArticlePage) -> None:
    decades = links(opened_at("/en/browse/"), ".browse-spans a")
    years = opened_at(decades["2010s"])
    assert links(years, ".browse-years a").keys() == {"2014", "2015"}
    assert words(years, ".page-head .filing") == "4 stories"
    year = opened_at(links(years, ".browse-years a")["2015"])
    month = opened_at(links(year, ".month caption a")["September 2015"])
    day = opened_at(links(month, ".calendar a")["22 3 stories"])
    assert [h2.get_text(" ", strip=True) for h2 in day.select("h2.browse-paper")] == [
        "China Daily 2 stories",
        "Another paper 1 story",
    ]
    assert [h.get_text() for h in day.select(".paper-page h3")] == [
        "Page 2",
        "Page 17",
        "Without a page number",
    ]


def test_the_trail_leads_back_up(paper: ArticlePage) -> None:
    page = opened_at("/en/browse/2015/09/22/china-daily/17/")
    assert links(page, ".trail a") == {
        "Browse": "/en/browse/",
        "2010s": "/en/browse/2010s/",
        "2015": "/en/browse/2015/",
        "September 2015": "/en/browse/2015/09/",
        "22 September 2015": "/en/browse/2015/09/22/",
    }


def test_a_paper_is_read_page_by_page(paper: ArticlePage) -> None:
    first = opened_at("/en/browse/2015/09/22/china-daily/2/")
    assert words(first, ".story-list .headline") == "Front"
    assert one(first, ".browse-labels [rel=next]").get_text() == "17"
    assert not first.select(".browse-labels [rel=prev]")
    second = opened_at(links(first, ".pagination a")["Next: page 17"])
    assert words(second, ".story-list .headline") == "Inside"
    assert one(second, ".kicker a")["href"] == address(paper.get_parent(), ENGLISH)
    assert "Previous issue 1 March 2014" in links(second, ".neighbours a")


def test_a_paper_may_have_any_slug() -> None:
    make_article("Front", publication=make_publication("中国日报"), print_page="2")
    day = opened_at("/en/browse/2015/09/22/")
    (page,) = links(day, ".paper-page h3 a").values()
    assert words(opened_at(page), ".story-list .headline") == "Front"


def test_a_paper_that_cannot_be_is_not_found(paper: ArticlePage) -> None:
    assert Client().get("/en/browse/2015/09/22/%00/2/").status_code == 404


def test_two_sites_may_have_a_paper_of_one_slug(paper: ArticlePage) -> None:
    other = Page.objects.get(depth=1).add_child(instance=HomePage(title="B", name="B", slug="b"))
    other.add_child(instance=PublicationPage(title="B", name="B", slug="china-daily"))
    page = opened_at("/en/browse/2015/09/22/china-daily/2/")
    assert words(page, ".story-list .headline") == "Front"


def test_a_paper_that_was_taken_down_is_not_linked() -> None:
    publication = make_publication()
    make_article("Front", print_page="2")
    publication.unpublish()
    day = opened_at("/en/browse/2015/09/22/")
    assert words(day, ".paper-page h3") == "Page 2"
    assert not day.select(".paper-page h3 a")


def test_the_first_decade_has_an_address() -> None:
    story = make_article("Old")
    ArticlePage.objects.filter(pk=story.pk).update(print_date=date(5, 1, 1))
    assert links(opened_at("/en/browse/"), ".browse-spans a")["0s"] == "/en/browse/0000s/"
    assert words(opened_at("/en/browse/0000s/"), ".browse-years a") == "5"


def test_labels_of_one_number_are_a_page_each() -> None:
    for label in ("2", "02", "2"):
        make_article("Story", print_page=label)
    day = opened_at("/en/browse/2015/09/22/")
    assert [h.get_text() for h in day.select(".paper-page h3")] == ["Page 02", "Page 2"]


def test_a_page_label_may_be_anything() -> None:
    make_article("Odd", print_page="A1/B 2?")
    day = opened_at("/en/browse/2015/09/22/")
    (page,) = links(day, ".paper-page h3 a").values()
    assert words(opened_at(page), ".story-list .headline") == "Odd"


def test_earlier_and_later_pass_over_what_is_empty(paper: ArticlePage) -> None:
    month = opened_at("/en/browse/2015/01/")
    assert words(month, ".page-head .filing") == "no stories"
    assert one(month, 'meta[name="robots"]')["content"] == "noindex"
    beside = links(month, ".neighbours a")
    assert beside == {
        "Earlier March 2014": "/en/browse/2014/03/",
        "Later September 2015": "/en/browse/2015/09/",
    }


def test_an_empty_day_says_so(paper: ArticlePage) -> None:
    day = opened_at("/en/browse/2015/01/05/")
    assert words(day, ".nothing") == "The archive has no story of this day."
    assert "noindex" in str(one(day, 'meta[name="robots"]'))


@in_each_language
def test_a_day_of_one_paper_is_that_papers_issue(language: str) -> None:
    issue = make_article("Only", slug="only").get_parent()
    day = opened_at(f"/{language}/browse/2015/09/22/")
    there = one(day, 'link[rel="canonical"]')["href"]
    assert there == f"http://localhost{address(issue, language)}"
    year = opened_at(f"/{language}/browse/2015/")
    assert year.select(".year-stories .headline")
    assert one(year, 'link[rel="canonical"]')["href"].endswith("/china-daily/2015/")
    month = opened_at(f"/{language}/browse/2015/09/")
    assert one(month, 'link[rel="canonical"]')["href"].endswith("/browse/2015/09/")


def test_what_is_not_there_is_not_found(paper: ArticlePage) -> None:
    paths = ("1980s/", "2013/", "0000/", "2015/13/", "2015/02/30/", "2016/01/01/", "2010/x/")
    for path in (*paths, "places/q/"):
        opened_at(f"/en/browse/{path}", status=404)


@in_each_language
def test_an_empty_archive_can_be_browsed(language: str) -> None:
    make_publication()
    for path in ("", "places/", "sections/"):
        assert opened_at(f"/{language}/browse/{path}").select(".nothing")


def test_names_are_counted_by_letter_and_stories(paper: ArticlePage) -> None:
    zhanjiang, other = make_entity(), make_entity("auckland", "Auckland", "奥克兰")
    make_entity("unused", "Unused", "未用")
    for story in ArticlePage.objects.all():
        tag(story, zhanjiang)
    tag(paper, other)
    page = opened_at("/en/browse/places/")
    named = [li.get_text(" ", strip=True) for li in page.select(".browse-names li")]
    assert named == ["Auckland 1 story", "Zhanjiang 4 stories"]
    letters = links(page, ".browse-labels a")
    assert letters.keys() == {"All 2", "A 1", "Z 1"}
    assert words(opened_at(letters["Z 1"]), ".browse-names a") == "Zhanjiang"
    chinese = opened_at("/zh-hans/browse/places/a/")
    assert words(chinese, ".browse-names a") == "奥克兰"
    # A letter has other names in English: the switch leads to all.
    assert one(chinese, '.languages a[lang="en"]')["href"] == "/en/browse/places/"
    assert one(chinese, "link[rel=canonical]")["href"].endswith("/zh-hans/browse/places/a/")
    assert not chinese.select("link[hreflang]")


def test_sections_with_stories_are_counted() -> None:
    section = make_section()
    make_section("empty")
    make_article("In it", section=section)
    page = opened_at("/en/browse/sections/")
    assert one(page, ".browse-spans a")["href"] == address(section, ENGLISH)
    assert words(page, ".browse-spans small") == "1 story"


def test_drafts_and_restricted_stories_are_neither_shown_nor_counted(paper: ArticlePage) -> None:
    place = make_entity()
    tag(paper, place)
    make_article("Draft", live=False, slug="draft")
    PageViewRestriction.objects.create(page=make_publication(), restriction_type="login")
    assert words(opened_at("/en/browse/"), ".page-head .filing").startswith("1 story")
    day = opened_at("/en/browse/2015/09/22/")
    assert words(day, ".story-list .headline") == "Elsewhere"
    opened_at("/en/browse/2015/09/22/china-daily/2/", status=404)
    opened_at("/en/browse/2014/", status=404)
    assert opened_at("/en/browse/places/").select(".nothing")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", 9),
        ("2010s/", 10),
        ("2015/", 11),
        ("2015/09/", 10),
        ("2015/09/22/", 13),
        ("2015/09/22/china-daily/7/", 17),
        ("places/", 10),
        ("sections/", 8),
    ],
)
def test_browsing_asks_little_however_much_there_is(
    path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    make_article("Filed", print_page="7", section=make_section())
    places = list(make_entities(f"place-{n}" for n in range(30)).values())
    rows = [
        Row(
            5000 + n, DAY + timedelta(days=n % 3), {places[n % 30]: True, places[-1 - n % 7]: False}
        )
        for n in range(60)
    ]
    make_rows(rows, make_publication())
    client = Client()
    assert client.get(f"/en/browse/{path}").status_code == 200
    cache.clear()
    Site.get_site_root_paths()
    with django_assert_max_num_queries(most):
        client.get(f"/en/browse/{path}")


@pytest.mark.parametrize("few", [900, 0])
def test_a_name_counts_only_stories_that_readers_see(few: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(counts, "_FEW_UNSEEN", few)
    city = make_entity()
    for number, fields in enumerate(({}, {}, {"live": False}, {"day": date(2014, 3, 1)})):
        tag(make_article(f"Harbour {number}", **fields), city)
    closed = ArticlePage.objects.get(print_date=date(2014, 3, 1)).get_parent()
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert counts.story_counts([city], RestrictedPlaces.load()) == {city.pk: 2}


@in_each_language
def test_a_story_leads_to_its_issue_and_its_page(language: str, paper: ArticlePage) -> None:
    story = make_article("On a page", slug="on-a-page", print_page="17")
    links_ = [link["href"] for link in opened(story, language).select(".story-line .filing a")]
    assert links_[0] == address(story.get_parent().specific, language)
    assert links_[1] == f"/{language}/browse/2015/09/22/china-daily/17/"
    for link in links_:
        assert "On a page" in opened_at(link).select_one("main").text


@in_each_language
def test_every_list_has_a_title_and_a_description_of_its_own(
    language: str, paper: ArticlePage
) -> None:
    tag(paper, make_entity())
    make_article("Filed", section=make_section(), slug="filed")
    paths = ["browse/", "browse/sections/", "browse/places/", "browse/places/z/", "entities/"]
    paths += ["browse/2010s/", "browse/2015/", "browse/2015/09/", "entities/zhanjiang/"]
    paths += ["china-daily/", "china-daily/2015/", "china-daily/2015/09/22/", "china-daily/world/"]
    pages = [opened_at(f"/{language}/{path}") for path in paths]
    assert len({page.title.text for page in pages}) == len(paths)
    found = [one(page, 'meta[name="description"]')["content"] for page in pages]
    assert all(len(words) > 8 for words in found)
    assert len(set(found)) == len(paths)
