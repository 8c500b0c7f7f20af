"""What a search finds and counts: the same as reading every story, with stored sets or without."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.entities.merging.actions import merge_entities
from archive.journal.undo import undo
from archive.models import ArticlePage, Entity, SearchBits, SearchChange, SearchDocument
from archive.search import facet_index, frequent_terms, matching
from archive.search.actions import index_stories
from archive.search.analysis import TermPhrase, phrase, terms
from archive.search.engines import (
    NEWEST,
    OLDEST,
    RELEVANCE,
    Filters,
    Results,
    SearchQuestion,
    SQLEngine,
    WantedPhrase,
    get_engine,
)
from archive.search.facet_index import key_of
from archive.search.frequent_terms import rows_of_terms
from archive.search.query import conditions_of, parse
from archive.search.rebuild import refresh
from tests.factories import make_entity, make_user, tag
from tests.search.by_reading import brief, read
from tests.search.test_searching import story

ALL = Filters()
QUERIES = [
    *("harbour", "港", "“友好港口”", "harbour -学校", "school OR harbour", "harbour 2", "湛江"),
    *("harbour after:2011-06-15", "学校 before:2011-06-15", "港 -before:2012", "port page:A3"),
    *("headline:harbour", "harbour headline:港口", "port -headline:harbour", "友好", ""),
    *("harbour after:0001", "harbour before:9999", "学校 after:2011-02-01 before:2011-11-30"),
]


def let_be_many(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    for module in (facet_index, frequent_terms, matching):
        monkeypatch.setattr(module, "MANY", number)


def make_stories() -> None:
    """Twelve, of which one has no date; no sets of them are stored."""
    place = make_entity()
    for number in range(12):
        english, chinese = ("Harbour opens", "港口开放") if number % 3 else ("School", "学校")
        one = story(
            english if number % 2 else chinese,
            f"The port and the harbour {number}." if number % 2 else "友好港口，一所学校。",
            language="en" if number % 2 else "zh-hans",
            day=date(2010, 12, 1) + timedelta(days=90 * number),
            print_page="a3" if number % 4 else "1",
        )
        if number % 5 == 0:
            tag(one, place)
    ArticlePage.objects.filter(pk=one.pk).update(print_date=None)
    index_stories(list(ArticlePage.objects.values_list("pk", flat=True)), anew=True)


@pytest.fixture(scope="module")
def _twelve(make_once: Callable[..., None]) -> None:
    make_once(make_stories)


@pytest.fixture
def stories(_twelve: None, db: None) -> SQLEngine:
    found = get_engine()
    assert isinstance(found, SQLEngine)
    return found


@pytest.fixture
def engine(stories: SQLEngine, monkeypatch: pytest.MonkeyPatch) -> SQLEngine:
    """With sets of these stories' terms, as if they were thousands."""
    let_be_many(monkeypatch, 1)
    refresh(stories)
    assert SearchBits.objects.filter(key__startswith="t").exists()
    return stories


def ask(
    query: str, filters: Filters = ALL, sort: str = RELEVANCE, start: int = 0, count: int = 50
) -> Results:
    conditions = conditions_of(parse(query))
    return matching.answer(
        SearchQuestion(conditions.texts, conditions.rows, filters, sort, start, count)
    )


def check_all() -> None:
    place = conditions_of(parse("湛江")).entities[0].entity_id
    narrow = [
        *(Filters(), Filters(year=2011), Filters(language="en"), Filters(entities=(place,))),
        Filters(section=999),
    ]
    for query in QUERIES:
        for filters in narrow:
            newest = read(query, filters)
            assert brief(ask(query, filters, NEWEST)) == newest, (query, filters)
            oldest = ask(query, filters, OLDEST)
            assert brief(oldest) == read(query, filters, is_oldest=True), (query, filters)
            conditions = conditions_of(parse(query))
            keys = ArticlePage.objects.filter(pk__in=matching.matching(conditions, filters))
            assert sorted(keys.values_list("pk", flat=True)) == sorted(newest[1])


def change_some() -> None:
    """One story is published, one unpublished, one deleted, one changed."""
    story("Harbour again", "School and port.", day=date(2011, 6, 15))
    pks = list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
    ArticlePage.objects.get(pk=pks[1]).unpublish()
    ArticlePage.objects.get(pk=pks[4]).delete()
    ArticlePage.objects.filter(pk=pks[7]).update(print_page="B1")
    index_stories([pks[7]])
    assert SearchChange.objects.exists()


@pytest.mark.exhaustive
def test_sets_of_frequent_terms_answer_as_reading_does(engine: SQLEngine) -> None:
    check_all()


@pytest.mark.exhaustive
def test_they_do_after_stories_came_and_went(engine: SQLEngine) -> None:
    check_all()
    change_some()
    check_all()


@pytest.mark.exhaustive
def test_refreshing_forgets_what_changed(engine: SQLEngine) -> None:
    ArticlePage.objects.order_by("pk").first().unpublish()
    refresh(engine)
    assert not SearchChange.objects.exists()
    check_all()


@pytest.mark.exhaustive
@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_an_archive_of_rare_words_is_answered_alike(stories: SQLEngine, is_rebuilt: bool) -> None:
    if is_rebuilt:
        refresh(stories)
    check_all()
    change_some()
    check_all()


def test_the_headline_comes_first_and_then_the_newest(engine: SQLEngine) -> None:
    results = ask("harbour")
    pages = ArticlePage.objects.in_bulk([one.article_id for one in results.found])
    ranked = [pages[one.article_id] for one in results.found]
    in_headline = ["Harbour" in page.headline for page in ranked]
    assert in_headline == sorted(in_headline, reverse=True)
    first = [page.print_date for page in ranked if "Harbour" in page.headline and page.print_date]
    assert first == sorted(first, reverse=True)


@pytest.mark.exhaustive
def test_few_documents_are_ranked_by_the_text_index(stories: SQLEngine) -> None:
    for query in ("harbour", "友好港口", "school OR harbour"):
        found = ask(query).found
        scores = [one.score for one in found]
        assert scores == sorted(scores, reverse=True)
        assert ask(query, start=1, count=4).found == found[1:5]


def test_a_frequent_character_beside_a_rare_word_is_answered_too(engine: SQLEngine) -> None:
    story("罕见的港口", "只此一篇。", language="zh-hans", day=date(2012, 1, 1))
    assert ask("港 罕见").total == 1
    assert brief(ask("港 罕见")) == read("港 罕见", Filters())


def test_frequent_phrases_are_kept_as_words_are(engine: SQLEngine) -> None:
    phrase = conditions_of(parse("友好港口")).texts[0][0].phrase
    assert len(phrase.terms) == 3
    assert SearchBits.objects.filter(key=key_of(phrase)).exists()


def test_pages_of_results_follow_each_other(engine: SQLEngine) -> None:
    whole = ask("harbour").found
    pages = [ask("harbour", start=start, count=2).found for start in (0, 2, 4)]
    assert [one for page in pages for one in page] == whole[:6]


@pytest.mark.exhaustive
def test_stored_sets_count_a_merged_name_under_the_one_that_is_kept(
    engine: SQLEngine,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    kept, lost = Entity.objects.get(), make_entity("tsamkong", "Tsamkong", "广州湾")
    stories = ArticlePage.objects.order_by("pk")
    before = set(stories.filter(entity_tags__entity=kept).values_list("pk", flat=True))
    for one in (stories[0], stories[1]):
        tag(one, lost)
    index_stories([stories[0].pk, stories[1].pk])
    refresh(engine)
    monkeypatch.setattr(matching, "_FEW", 0)
    user = make_user("chief", is_superuser=True)
    parted = ask("", Filters(year=2010)).facets["place"]
    with django_capture_on_commit_callbacks(execute=True):
        change = merge_entities(kept, [lost], user=user)
    places = Filters(entities=(kept.pk,))
    assert {one.article_id for one in ask("", places).found} == before | {
        stories[0].pk,
        stories[1].pk,
    }
    assert ask("", places).facets["place"] == [(str(kept.pk), len(before) + 1)]
    with django_capture_on_commit_callbacks(execute=True):
        undo(change, user)
    assert {one.article_id for one in ask("", places).found} == before
    assert ask("", Filters(year=2010)).facets["place"] == parted


@pytest.mark.exhaustive
def test_few_stories_tags_are_counted_alike(engine: SQLEngine, monkeypatch: Any) -> None:
    for number in range(40):
        tag(
            ArticlePage.objects.order_by("pk")[number % 2], make_entity(f"city-{number}", "C", "城")
        )
    index_stories(list(ArticlePage.objects.values_list("pk", flat=True)))
    by_rows = ask("harbour 1")
    monkeypatch.setattr(matching, "_FEW", 0)
    assert dict(ask("harbour 1").facets["place"]).items() >= dict(by_rows.facets["place"]).items()


@pytest.mark.postgres
def test_sets_of_many_terms_take_as_many_queries_as_of_one(
    stories: SQLEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_be_many(monkeypatch, 2)
    upto = SearchDocument.objects.latest("pk").pk
    asked = [TermPhrase(tuple(terms(one))) for one in ("harbour", "the port", "opens", "school")]
    asked += [phrase("港口"), phrase("港"), phrase("友好港口")]
    counts = []
    for number in (1, len(asked)):
        frequent_terms._stories_of_documents.cache_clear()
        with CaptureQueriesContext(connection) as queries:
            rows_of_terms(upto, "made", asked[:number])
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.postgres
def test_texts_and_index_say_the_same_of_a_phrase(stories: SQLEngine) -> None:
    upto = SearchDocument.objects.latest("pk").pk
    words = ("harbour", "the port", "opens", "港口", "港", "友好港口", "port harbour", "校", "11")
    asked = [
        WantedPhrase(phrase(one), fields)
        for one in words
        for fields in ((), ("headline",), ("standfirst", "about", "bylines"))
    ]
    by_index = [stories.keys(stories.match([[one]], scored=False), upto) for one in asked]
    by_text = [list(one) for one in stories.holders(asked, upto)]
    assert by_text == [sorted(keys) for keys in by_index]
    assert any(by_text)
