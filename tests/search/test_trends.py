"""How often words stand in the stories of each year, beside how many there are."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.search.engines import Filters
from archive.search.matching import spread
from archive.search.query import Conditions, conditions_of, parse
from archive.text.language import CHINESE
from tests.factories import make_article, make_entity, make_publication, tag, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _stories(make_once: Callable[..., None]) -> None:
    make_once(make_stories)


def make_stories() -> None:
    """Four stories of 2014 and 2016, one of them in both languages; two of harbours."""
    story = make_article("Harbour opens", day=date(2014, 3, 1))
    translate(story, headline="港口启用")
    make_article("Elsewhere", day=date(2014, 5, 2))
    make_article("Harbour closes", day=date(2016, 3, 1))
    make_article("港口关闭", language=CHINESE, day=date(2016, 4, 1))


def test_a_form_without_words_offers_names_of_the_archive_to_compare(client: Client) -> None:
    story = make_article("Twins", slug="twins")
    for key in ("Boston", "Hangzhou"):
        tag(story, make_entity(key.lower(), key, ""))
    page = BeautifulSoup(client.get("/en/search/trends/").content, "html.parser")
    link = page.select_one(".inline-list a")
    assert (link.text, link["href"]) == (
        "Boston · Hangzhou",
        "/en/search/trends/?q=Boston&q=Hangzhou",
    )
    searched = BeautifulSoup(client.get(link["href"]).content, "html.parser")
    assert not searched.select("main > .inline-list")


def found(text: str, year: int | None = None) -> dict[int, dict[str, int]]:
    numbers = spread(conditions_of(parse(text)), Filters(year=year))
    return {period: one for period, one in numbers.items() if any(one.values())}


def rows(**parameters: Any) -> list[dict[str, Any]]:
    answer = Client().get("/en/search/trends/", {**parameters, "format": "json"}).json()
    return [row for row in answer["trends"] if row["stories"]]


@pytest.mark.parametrize("is_stored", [False, True])
def test_stories_are_counted_by_year_and_language(is_stored: bool) -> None:
    if is_stored:
        call_command("check_archive", "search", rebuild=True, verbosity=0)
    assert found("harbour") == {2014: {"en": 1, CHINESE: 0}, 2016: {"en": 1, CHINESE: 0}}
    assert found("港口") == {2014: {"en": 0, CHINESE: 1}, 2016: {"en": 0, CHINESE: 1}}
    whole = spread(Conditions(), Filters())
    assert whole == {2014: {"en": 2, CHINESE: 1}, 2016: {"en": 1, CHINESE: 1}}


def test_within_a_year_stories_are_counted_by_month() -> None:
    assert found("harbour", 2014) == {3: {"en": 1, CHINESE: 0}}
    assert spread(Conditions(), Filters(year=2016))[4] == {"en": 0, CHINESE: 1}


@pytest.mark.parametrize("is_stored", [False, True])
def test_months_that_were_counted_follow_what_is_published_and_withdrawn(
    is_stored: bool, django_capture_on_commit_callbacks: Any
) -> None:
    if is_stored:
        call_command("check_archive", "search", rebuild=True, verbosity=0)
    assert found("harbour", 2014) == {3: {"en": 1, CHINESE: 0}}
    with django_capture_on_commit_callbacks(execute=True):
        late = make_article("Harbour grows", slug="grows", day=date(2014, 3, 31))
    assert found("harbour", 2014) == {3: {"en": 2, CHINESE: 0}}
    with django_capture_on_commit_callbacks(execute=True):
        late.unpublish()
        ArticlePage.objects.get(print_date=date(2014, 3, 1)).unpublish()
    assert found("harbour", 2014) == {}


def test_a_share_is_of_the_stories_of_the_time_in_the_language() -> None:
    [first, second] = rows(q="harbour")
    assert first == {
        "period": "2014",
        "language": "en",
        "query": "harbour",
        "stories": 1,
        "all_stories": 2,
        "per_cent": 50.0,
    }
    assert (second["period"], second["per_cent"]) == ("2016", 100.0)
    assert rows(q="harbour", year=2014)[0]["period"] == "2014-03"


def test_up_to_four_searches_are_drawn_to_one_scale() -> None:
    words = ["harbour", "elsewhere", "港口", "closes", "opens"]
    page = BeautifulSoup(Client().get("/en/search/trends/", {"q": words}).content, "html.parser")
    assert [one.text for one in page.select(".trend h2 a")] == words[:4]
    # One story of two, and one of one, are no half and no whole: few stories are drawn as of ten.
    heights = [one["height"] for one in page.select(".trend")[0].select("rect")]
    assert heights == ["40", "0", "40", "0", "0", "0"]
    assert {one.text for one in page.select(".trend-top")} == {"15%"}
    assert len(page.select("svg[role=img][aria-labelledby]")) == 8
    # The same figures as a table: three years, six figures each.
    cells = page.select(".trend")[0].select("tbody tr")
    assert [len(row.select("td")) for row in cells] == [6, 6, 6]


def test_words_that_no_story_has_are_no_chart() -> None:
    answer = Client().get("/en/search/trends/", {"q": ["harbour", "zzyxq"]})
    known, unknown = BeautifulSoup(answer.content, "html.parser").select(".trend")
    assert known.select("svg")
    assert not known.select(".nothing")
    assert not unknown.select("svg, table")
    assert "Check the spelling" in unknown.text


def test_the_figures_are_a_table_to_keep() -> None:
    response = Client().get("/en/search/trends/", {"q": "=harbour", "format": "csv"})
    read = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert read[0] == ["period", "language", "query", "stories", "all_stories", "per_cent"]
    assert read[1] == ["2014", "en", "'=harbour", "1", "2", "50.0"]
    assert len(read) == 1 + 3 * 2


def test_a_results_page_has_the_chart_above_its_stories() -> None:
    page = BeautifulSoup(Client().get("/en/search/", {"q": "harbour"}).content, "html.parser")
    assert len(page.select(".trend svg")) == 2
    link = page.select_one(".trend > p a")
    assert link
    assert link["href"] == "/en/search/trends/?q=harbour"
    # One time is no trend, but the way to others is there; and browsing leads to them too.
    page = BeautifulSoup(Client().get("/en/search/", {"q": "opens"}).content, "html.parser")
    assert not page.select(".trend")
    assert page.select("a[href='/en/search/trends/?q=opens']")
    assert '"/en/search/trends/"' in Client().get("/en/browse/").content.decode()


def test_an_archive_of_one_year_is_shown_by_its_months() -> None:
    ArticlePage.objects.filter(print_date__year=2016).delete()
    call_command("check_archive", "search", rebuild=True, verbosity=0)
    cache.clear()
    assert rows(q="harbour")[0]["period"] == "2014-03"


def test_what_readers_cannot_see_counts_nowhere() -> None:
    make_article("Harbour hidden", day=date(2014, 6, 1), live=False)
    PageViewRestriction.objects.create(page=make_publication(), restriction_type="login")
    assert found("harbour") == {}
    assert rows(q="harbour") == []
    answer = Client().get("/en/search/trends/", {"q": "harbour", "format": "json"}).json()
    assert answer["trends"] == []


def test_trends_cost_few_queries(django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.get("/en/search/trends/", {"q": ["harbour", "港口"]})
    with django_assert_max_num_queries(18):
        client.get("/en/search/trends/", {"q": ["harbour", "港口"]})


@pytest.mark.parametrize("query", ["?q=%22", "?q=-", "?q=x&year=0", "?q=x&year=9999", "?year=2014"])
def test_no_query_is_an_error(query: str) -> None:
    assert Client().get(f"/zh-hans/search/trends/{query}").status_code == 200


def test_an_engine_that_does_not_answer_is_told(settings: Any) -> None:
    settings.ARCHIVE_SEARCH_ENGINE = "tests.access.newspaper.absent_engine"
    response = Client().get("/en/search/trends/", {"q": "harbour"})
    assert (response.status_code, response["Retry-After"]) == (503, "60")
