"""Ways between stories and pairs of places: timelines, most-connected places, marks, labels."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_entity, make_tie, tag
from tests.site.reading import address, opened, opened_at
from tests.ties.places import place, tie

pytestmark = pytest.mark.django_db

PAIR = "/en/ties/atlantic-city/zhanjiang/"


def make_story(headline: str = "Two harbours", *, role: str = "about", **fields: Any) -> Any:
    story = make_article(headline, slug=headline.lower().replace(" ", "-"), **fields)
    for key in ("zhanjiang", "atlantic-city"):
        tag(story, place(key), role)
    return story


def ways(story: Any, language: str = ENGLISH) -> list[str]:
    soup = opened(story, language)
    return [link["href"] for link in soup.select(".story-aside a[href*='/ties/']")]


def test_a_story_about_a_tied_pair_leads_to_its_timeline() -> None:
    story = make_story()
    tie(article=story, since="1980")
    assert ways(story) == [f"{PAIR}#timeline"]
    assert ways(story, CHINESE) == [f"{PAIR.replace('/en/', '/zh-hans/')}#timeline"]
    times = [time["datetime"] for time in opened_at(PAIR).select(".timeline time")]
    assert times == ["1980", "2015-09-22"]


def test_no_story_leads_to_places_that_nothing_ties_or_that_it_only_mentions() -> None:
    about, mentioning = make_story(), make_story("In passing", role="mentioned")
    assert ways(about) == []
    tie(article=about)
    assert ways(mentioning) == []


def test_a_story_s_way_comes_and_goes_with_the_tie(settings: Any) -> None:
    settings.ARCHIVE_CACHE_PAGES = True
    cache.clear()
    story, evidence = make_story(), make_article("They signed", slug="signed")
    path = address(story, ENGLISH)

    def leads() -> bool:
        return PAIR in Client().get(path).content.decode()

    assert not leads()
    found = tie(article=evidence, source_url="")
    assert leads()
    evidence.unpublish()
    assert not leads()
    evidence.save_revision().publish()
    assert leads()
    found.delete()
    assert not leads()


def make_many_ties() -> None:
    """Zhanjiang has three ties and no story, Long Beach one and two stories."""
    for number in range(2):
        other = make_entity(f"city-{number}", f"City {number}", "", country="US")
        make_tie(place("zhanjiang"), other, source_url="https://city.example/")
    tie(two="long-beach", source_url="https://city.example/")
    for number in range(2):
        tag(make_article(f"Port {number}", slug=f"port-{number}"), place("long-beach"))


def cities(query: str = "", language: str = ENGLISH) -> list[list[str]]:
    rows = opened_at(f"/{language}/ties/{query}").select("#cities tbody tr")
    return [[cell.get_text() for cell in row.select("th, td")] for row in rows]


def test_the_most_connected_places_are_counted_and_sorted_by_any_column() -> None:
    make_many_ties()
    by_ties = cities()
    assert by_ties[0] == ["Zhanjiang", "3", "0"]
    assert ["Long Beach", "1", "2"] in by_ties
    assert cities("?cities=-stories")[0] == ["Long Beach", "1", "2"]
    names = [row[0] for row in cities("?cities=place")]
    assert names == ["City 0", "City 1", "Long Beach", "Zhanjiang"]
    assert cities("?cities=ties")[-1][0] == "Zhanjiang"
    assert cities("?cities=nonsense") == by_ties
    heads = opened_at("/en/ties/?kind=sister_city&cities=-stories").select("#cities th[scope=col]")
    assert [head.get("aria-sort") for head in heads] == [None, None, "descending"]
    assert heads[2].a["href"] == "?kind=sister_city&cities=stories#cities"


def test_stories_that_readers_may_not_see_are_not_counted() -> None:
    make_many_ties()
    hidden = tag(make_article("Hidden", slug="hidden"), place("zhanjiang"))
    PageViewRestriction.objects.create(page=hidden.page, restriction_type="login")
    assert cities()[0] == ["Zhanjiang", "3", "0"]


@pytest.mark.parametrize("of", ["name", "pair", "issue"])
def test_lists_say_which_stories_are_in_the_other_language(of: str) -> None:
    story = make_story("两座港口", language=CHINESE, day=date(2015, 9, 22))
    tie(article=story)
    paths = {
        "name": "/en/entities/zhanjiang/",
        "pair": PAIR,
        "issue": address(story.get_parent().specific, ENGLISH),
    }
    soup = opened_at(paths[of])
    marks = [mark.get_text() for mark in soup.select("main .only")]
    # A pair names the story as evidence, in its timeline and in its list.
    assert marks == ["Chinese only"] * (3 if of == "pair" else 1)
