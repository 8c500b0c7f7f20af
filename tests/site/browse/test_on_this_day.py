"""On this day: what was printed on a day of the year, and when the page becomes another."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.site import anniversaries
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_entity, make_home, make_tie
from tests.site.reading import address, one, opened_at, words

pytestmark = pytest.mark.django_db

TODAY = "/en/browse/on-this-day/"
# Morning in China, evening of the day before in America.
MORNING = datetime(2026, 9, 22, 1, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 9, 22, 16, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: Any, settings: Any) -> Any:
    """Sets the time; the site is in China."""
    settings.TIME_ZONE = "Asia/Shanghai"

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(MORNING)
    return set_to


def make_years(*years: int) -> list[Any]:
    return [
        make_article(f"Of {year}", day=date(year, 9, 22), slug=f"of-{year}", print_page="1")
        for year in years
    ]


def headlines(path: str) -> list[str]:
    return [link.get_text() for link in opened_at(path).select("main .headline a")]


def test_today_shows_earlier_years_alone_and_a_day_s_own_page_all(clock: Any) -> None:
    make_years(2014, 2026, 2015)
    make_article("Of another day", day=date(2014, 9, 23), slug="other")
    assert headlines(TODAY) == ["Of 2015", "Of 2014"]
    assert headlines(f"{TODAY}09/22/") == ["Of 2026", "Of 2015", "Of 2014"]
    assert words(opened_at("/zh-hans/browse/on-this-day/09/22/"), "h1") == "历史上的9月22日"


def test_the_page_of_today_has_one_title_all_year(clock: Any) -> None:
    make_years(2014, 2015)
    titles = [words(opened_at(path), "title") for path in (TODAY, f"{TODAY}09/22/")]
    assert titles[0].startswith("On this day ·")
    assert titles[1].startswith("On this day: 22 September ·")


def test_a_story_in_the_other_language_is_there_and_says_so(clock: Any) -> None:
    make_article("往年今日", language=CHINESE, day=date(2013, 9, 22), slug="then")
    assert "Chinese only" in words(opened_at(TODAY), ".card .filing")
    assert "Chinese only" in words(opened_at("/en/"), ".front-day .filing")


def test_the_front_page_has_a_box_where_there_is_something(clock: Any) -> None:
    make_home()
    assert not opened_at("/en/").select(".front-day")
    make_years(2012, 2013, 2014, 2015)
    soup = opened_at("/en/")
    links = [link.get_text() for link in soup.select(".front-day li a")]
    assert links == ["Of 2015", "Of 2014", "Of 2013"]
    assert one(soup, ".front-day h2 a")["href"] == TODAY


def test_the_front_page_has_the_ties_that_began_this_week(clock: Any) -> None:
    make_home()
    first, *others = [make_entity(f"city-{number}", f"City {number}", "") for number in range(5)]
    # Monday and Sunday of the week, the day after it, no day, and a plan.
    for other, since in zip(
        others, ("1985-09-27", "1990-09-21", "1985-09-28", "1985-09"), strict=True
    ):
        make_tie(first, other, since=since)
    make_tie(others[0], others[1], since="2015-09-22", status="planned")
    soup = opened_at("/en/")
    links = [link.get_text() for link in soup.select(".front-foot a[href^='/en/ties/city']")]
    assert links == ["City 0 ↔ City 2", "City 0 ↔ City 1"]


def test_what_readers_may_not_see_is_neither_shown_nor_counted(clock: Any) -> None:
    hidden, draft, _seen = make_years(2013, 2014, 2015)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    draft.unpublish()
    assert headlines(TODAY) == ["Of 2015"]
    assert "1 story" in words(opened_at(TODAY), ".page-head .filing")
    links = [link.get_text() for link in opened_at("/en/").select(".front-day li a")]
    assert links == ["Of 2015"]


def test_the_last_of_february_has_a_page_and_every_fourth_year(clock: Any) -> None:
    make_article("Leap", day=date(2016, 2, 29), slug="leap")
    make_article("Before", day=date(2015, 2, 28), slug="before")
    assert headlines(f"{TODAY}02/29/") == ["Leap"]
    links = [link["href"] for link in opened_at(f"{TODAY}02/29/").select(".neighbours a")]
    assert links == [f"{TODAY}02/28/", f"{TODAY}03/01/"]
    opened_at(f"{TODAY}02/30/", 404)
    opened_at(f"{TODAY}00/10/", 404)


def test_an_empty_day_says_so_and_is_not_indexed(clock: Any) -> None:
    make_years(2015)
    soup = opened_at(f"{TODAY}01/01/")
    assert words(soup, "main .nothing") == "The archive has no story of this day in any year."
    assert soup.select("meta[name=robots][content=noindex]")


def test_an_empty_day_leads_to_the_nearest_ones(clock: Any) -> None:
    make_article("First", day=date(1985, 3, 1), slug="first")
    make_article("Last", day=date(1990, 11, 30), slug="last")
    page = opened_at("/en/browse/on-this-day/12/01/")
    days = [link.text for link in page.select("main .inline-list a")]
    assert days == ["30 November", "1 March"]


def test_of_many_stories_the_first_are_shown_and_the_day_s_page_has_all(
    clock: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(anniversaries, "MOST_STORIES", 4)
    monkeypatch.setattr(anniversaries, "FEWEST_A_YEAR", 1)
    for number in range(3):
        make_article(f"Story {number}", day=date(2015, 9, 22), slug=f"n-{number}", print_page="1")
    make_years(2014)
    assert headlines(TODAY) == ["Story 0", "Story 1", "Of 2014"]
    assert one(opened_at(TODAY), ".paper-page .ways-on a")["href"] == "/en/browse/2015/09/22/"


def test_more_stories_cost_no_more_queries(clock: Any, django_assert_max_num_queries: Any) -> None:
    make_years(2013)
    opened_at(TODAY)
    for number in range(2):
        make_years(2010 + number)
        # The masthead is made again after any change, too.
        opened_at("/en/browse/2013/09/22/")
        with django_assert_max_num_queries(9):
            opened_at(TODAY)


@pytest.mark.parametrize("path", [TODAY, "/en/"])
def test_it_is_kept_until_midnight_in_the_site_s_time_zone(
    clock: Any, settings: Any, path: str
) -> None:
    settings.ARCHIVE_CACHE_PAGES = True
    settings.ARCHIVE_CACHE_SHARED_MAX_AGE = 24 * 3600
    settings.WAGTAILFRONTENDCACHE = {"front": {"BACKEND": "a cache that is told of changes"}}
    cache.clear()
    make_years(2015)
    make_article("Tomorrow's", day=date(2014, 9, 23), slug="tomorrow")
    first = Client().get(path)
    assert first["Cache-Control"] == f"public, max-age=0, s-maxage={15 * 3600}"
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    clock(MIDNIGHT)
    second = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "Of 2015" in first.content.decode()
    assert "Tomorrow’s" in second.content.decode()


def test_other_pages_stay_kept_at_midnight(clock: Any, settings: Any) -> None:
    settings.ARCHIVE_CACHE_PAGES = True
    (story,) = make_years(2015)
    paths = [address(story, ENGLISH), "/en/browse/", f"{TODAY}09/22/"]
    tags = [Client().get(path)["ETag"] for path in paths]
    clock(MIDNIGHT)
    assert [Client().get(path)["ETag"] for path in paths] == tags
