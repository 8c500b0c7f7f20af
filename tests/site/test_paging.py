"""Long lists by the keys of their stories: each story once, either way, whatever is published."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client, RequestFactory

from archive.models import ArticlePage
from archive.site import paging
from archive.site.paging import Place
from archive.text.language import ENGLISH
from tests.factories import DAY, make_article, make_entity, make_publication, make_section, tag
from tests.site.reading import address, one, opened, words

pytestmark = pytest.mark.django_db
SIZE = 3


@pytest.fixture(autouse=True)
def _pages_are_short(settings: Any) -> None:
    settings.ARCHIVE_PAGE_SIZE = SIZE


def make_rows(count: int, dates: list[date | None], labels: list[str]) -> list[int]:
    """Live stories in the publication, past publishing: some of a day, some without one."""
    paper = make_publication()
    found = []
    for number in range(count):
        story = ArticlePage(title=f"s{number}", slug=f"s{number}", headline_en="x", live=False)
        story = paper.add_child(instance=story)
        values = {"print_date": random.choice(dates), "print_page": random.choice(labels)}
        ArticlePage.objects.filter(pk=story.pk).update(publication=paper.pk, live=True, **values)
        found.append(story.pk)
    return found


def page_at(query: str) -> paging.StoryPage:
    stories = ArticlePage.objects.cards().filter(publication=make_publication().pk)
    return paging.page_of(RequestFactory().get(f"/?{query}"), stories)


def walk(start: str, way: str, between: Callable[[], None] = lambda: None) -> Iterator[list[int]]:
    """The ids of each page, from one end of the list to the other."""
    page = page_at(start)
    while True:
        yield [story.pk for story in page]
        between()
        key = page.next if way == "after" else page.previous
        if not key:
            return
        page = page_at(f"{way}={key}")


@pytest.mark.parametrize("seed", range(3))
def test_there_and_back_each_story_comes_once(seed: int) -> None:
    random.seed(seed)
    dates = [None, *(DAY + timedelta(days=day) for day in range(4))]
    every = make_rows(random.choice([SIZE, 10, 14]), dates, ["", "2", "10", "B8", "Ü-1"])
    there = [pk for pks in walk("", "after") for pk in pks]
    back = list(walk("before=end", "before"))
    assert sorted(there) == sorted(every)
    # The last page back is the first one, whole.
    tail = [pk for pks in reversed(back[:-1]) for pk in pks]
    assert there == list(dict.fromkeys(back[-1] + tail))
    assert all(len(pks) == SIZE for pks in back)
    days = [ArticlePage.objects.get(pk=pk).print_date for pk in there]
    assert days == sorted(days, key=lambda day: day or date.min, reverse=True)


@pytest.mark.parametrize("way", ["after", "before"])
def test_what_is_published_meanwhile_moves_no_other_story(way: str) -> None:
    random.seed(way)
    every = make_rows(14, [DAY, DAY + timedelta(days=1), None], ["", "1", "2"])
    late = random.sample(every, 5)
    ArticlePage.objects.filter(pk__in=late).update(live=False)
    waiting = list(late)

    def publish() -> None:
        if waiting:
            ArticlePage.objects.filter(pk=waiting.pop()).update(live=True)

    start = "" if way == "after" else "before=end"
    seen = [pk for pks in walk(start, way, publish) for pk in pks]
    known = [pk for pk in seen if pk not in late]
    if way == "before":
        # The first page is whole, and so shows again what stood behind it.
        known = list(dict.fromkeys(known))
    assert sorted(known) == sorted(set(every) - set(late))


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("2015-09-22-17-123", Place(DAY, "17", 123)),
        ("2015-09-22-B-8-5", Place(DAY, "B-8", 5)),
        ("2015-09-22-5", Place(DAY, "", 5)),
        ("undated-5", Place(None, "", 5)),
        ("2015-09-22", Place(DAY)),
    ],
)
def test_a_key_says_where_its_story_stands(key: str, place: Place) -> None:
    assert Place.read(key) == place
    assert str(place) == key


NO_KEYS = ["x", "2015-02-30", "0000-01-01-1", "undated", "2015-09-22-", "２０１５-09-22-1", "\0"]


@pytest.mark.parametrize("key", [*NO_KEYS, f"2015-09-22-{'9' * 30}"])
def test_what_is_no_key_leads_to_the_beginning(key: str) -> None:
    section = make_section()
    path = address(section, ENGLISH)
    response = Client().get(path, {"after": key, "view": "both"})
    assert (response.status_code, response["Location"]) == (302, f"{path}?view=both")


def make_days(count: int, **fields: Any) -> list[ArticlePage]:
    """One story a day, the newest first."""
    days = [DAY - timedelta(days=number) for number in range(count)]
    return [make_article(f"Of {day}", day=day, slug=f"of-{day}", **fields) for day in days]


def shown(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select(".story-list .headline a")]


def test_a_day_or_a_story_that_is_gone_leads_to_the_nearest() -> None:
    section = make_section()
    stories = make_days(5, section=section)
    key = Place.of(stories[1])
    stories[1].delete()
    for query in (f"?after={key}", "?after=2015-09-20", "?after=2015-09-20-0"):
        page = opened(section, ENGLISH, query)
        assert shown(page)[0] == "Of 2015-09-20"
        assert one(page, 'meta[name="robots"]')["content"] == "noindex, follow"
    beyond = opened(section, ENGLISH, "?after=1900-01-01")
    assert shown(beyond)[-1] == "Of 2015-09-18"


def canonical(page: BeautifulSoup) -> str:
    return str(one(page, 'link[rel="canonical"]')["href"]).partition("/world/")[2]


def test_search_engines_learn_one_address_of_a_page() -> None:
    section = make_section()
    stories = make_days(8, section=section)
    keys = [Place.of(story) for story in stories]
    assert canonical(opened(section, ENGLISH, f"?before={keys[6]}")) == f"?after={keys[2]}"
    assert canonical(opened(section, ENGLISH, f"?after={keys[2]}")) == f"?after={keys[2]}"
    assert canonical(opened(section, ENGLISH, f"?before={keys[2]}")) == ""
    last = opened(section, ENGLISH, "?before=end")
    assert canonical(last) == f"?after={keys[4]}"
    assert not last.select('meta[name="robots"], .pagination a[rel="next"]')


@pytest.mark.parametrize("kind", ["section", "publication", "entity"])
def test_every_page_costs_the_same(kind: str, django_assert_max_num_queries: Any) -> None:
    section, place = make_section(), make_entity("zhanjiang", "Zhanjiang", "湛江")
    stories = make_days(8, section=section)
    for story in stories:
        tag(story, place)
    pages = {"section": section, "publication": section.get_parent()}
    path = f"/en/entities/{place.key}/" if kind == "entity" else address(pages[kind], ENGLISH)
    most = {"section": 9, "publication": 10, "entity": 12}[kind]
    # The end asks for stories that have a date, and for those that have none.
    for query, more in (("", 0), (f"?after={Place.of(stories[3])}", 0), ("?before=end", 1)):
        cache.clear()
        Client().get(path)
        with django_assert_max_num_queries(most + more):
            assert Client().get(f"{path}{query}").status_code == 200


def test_a_narrowed_list_stays_narrow(client: Client) -> None:
    place = make_entity("zhanjiang", "Zhanjiang", "湛江")
    for story in make_days(5):
        tag(story, place)
    path = f"/en/entities/{place.key}/?role=about&year=2015"
    page = BeautifulSoup(client.get(path).content, "html.parser")
    link = str(one(page, '.pagination a[rel="next"]')["href"])
    assert link.startswith("?role=about&year=2015&after=2015-09-20-")
    further = BeautifulSoup(client.get(path.partition("?")[0] + link).content, "html.parser")
    assert shown(further) == ["Of 2015-09-19", "Of 2015-09-18"]


def test_the_number_of_stories_is_counted_once_until_one_is_published() -> None:
    section = make_section()
    make_days(4, section=section)
    for _ in range(2):
        assert words(opened(section, ENGLISH), ".page-head .filing") == "4 stories"
    make_article("Fifth", section=section, slug="fifth")
    assert words(opened(section, ENGLISH), ".page-head .filing") == "5 stories"
