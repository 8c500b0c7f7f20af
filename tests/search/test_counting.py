"""Searches that many stories answer: by sets, and the same as by rows."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from archive.models import ArticlePage, SearchBits, SearchChange
from archive.search import bitmaps, common, counting
from archive.search.actions import index_stories
from archive.search.engines import SQLEngine, get_engine
from archive.search.engines.base import Question
from archive.search.expanding import conditions_of
from archive.search.finding import NEWEST, OLDEST, RELEVANCE, Filters, find_by_rows
from archive.search.query import parse
from archive.search.refreshing import refresh
from archive.search.results import Results
from tests.factories import make_entity, tag
from tests.search.test_searching import story

QUERIES = [
    *("harbour", "港", "“友好港口”", "harbour -学校", "school OR harbour", "harbour 2", "湛江"),
    *("harbour after:2011-06-15", "学校 before:2011-06-15", "港 -before:2012", "port page:A3"),
    *("headline:harbour", "harbour headline:港口", "port -headline:harbour", "友好"),
]


def test_sets_of_numbers_come_back_as_they_were() -> None:
    numbers = sorted(random.Random(1).sample(range(5000), 300))
    bits = bitmaps.unpacked(bitmaps.packed(bitmaps.from_ids(numbers)))
    assert list(bitmaps.ids_of(bits)) == numbers
    held = bitmaps.as_bytes(bits)
    assert [n for n in range(6000) if bitmaps.has(held, n)] == numbers
    assert bitmaps.from_ids([]) == 0


@pytest.fixture
def engine(db: None, monkeypatch: Any) -> SQLEngine:
    """With twelve stories, in sets as if they were thousands."""
    for module in (common, counting):
        monkeypatch.setattr(module, "MANY", 1)
    monkeypatch.setattr("archive.search.sets.MANY", 1)
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
    found = get_engine()
    assert isinstance(found, SQLEngine)
    refresh(found)
    assert SearchBits.objects.exists()
    return found


def asked(query: str, filters: Filters, sort: str, start: int = 0, count: int = 50) -> Question:
    conditions = conditions_of(parse(query))
    return Question(conditions.texts, conditions.rows, filters, sort, start, count)


def in_brief(results: Results) -> tuple[Any, ...]:
    found = [one.article_id for one in results.found]
    languages = {one.article_id: set(one.languages) for one in results.found}
    facets = {name: sorted(values) for name, values in results.facets.items() if values}
    return results.total, found, languages, facets


def compare(engine: SQLEngine) -> int:
    """How many questions sets answered; each as rows do."""
    place = conditions_of(parse("湛江")).entities[0].entity_id
    narrow = [
        *(Filters(), Filters(year=2011), Filters(language="en"), Filters(entities=(place,))),
        Filters(section=999),
    ]
    answered = 0
    for query in QUERIES:
        for filters in narrow:
            for sort in (NEWEST, OLDEST):
                question = asked(query, filters, sort)
                by_sets = counting.find(engine, question)
                if by_sets is not None:
                    answered += 1
                    by_rows = in_brief(find_by_rows(engine, question))
                    assert in_brief(by_sets) == by_rows, (query, filters, sort)
    return answered


def test_sets_and_rows_answer_alike(engine: SQLEngine) -> None:
    assert compare(engine) > 60


def test_they_do_after_stories_came_and_went(engine: SQLEngine) -> None:
    story("Harbour again", "School and port.", day=date(2011, 6, 15))
    pks = list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
    ArticlePage.objects.get(pk=pks[1]).unpublish()
    ArticlePage.objects.get(pk=pks[4]).delete()
    ArticlePage.objects.filter(pk=pks[7]).update(print_page="B1")
    index_stories([pks[7]])
    assert SearchChange.objects.exists()
    assert compare(engine) > 60


def test_refreshing_forgets_what_changed(engine: SQLEngine) -> None:
    ArticlePage.objects.order_by("pk").first().unpublish()
    refresh(engine)
    assert not SearchChange.objects.exists()
    assert compare(engine) > 60


def test_the_headline_comes_first_and_then_the_newest(engine: SQLEngine) -> None:
    results = counting.find(engine, asked("harbour", Filters(), RELEVANCE))
    assert results
    pages = ArticlePage.objects.in_bulk([one.article_id for one in results.found])
    ranked = [pages[one.article_id] for one in results.found]
    in_headline = ["Harbour" in page.headline for page in ranked]
    assert in_headline == sorted(in_headline, reverse=True)
    first = [page.print_date for page in ranked if "Harbour" in page.headline and page.print_date]
    assert first == sorted(first, reverse=True)


def test_few_documents_are_ranked_as_rows_are(engine: SQLEngine, monkeypatch: Any) -> None:
    for module in ("counting", "sets"):
        monkeypatch.setattr(f"archive.search.{module}.MANY", 1000)
    for query in QUERIES:
        for filters in (Filters(), Filters(year=2011), Filters(language="zh-hans")):
            question = asked(query, filters, RELEVANCE, 1, 4)
            by_sets, by_rows = counting.find(engine, question), find_by_rows(engine, question)
            assert by_sets
            if any(wanted.phrase.is_open for group in question.texts for wanted in group):
                by_sets.found = by_rows.found = []
            scores = [(one.article_id, one.languages, one.score) for one in by_sets.found]
            assert in_brief(by_sets) == in_brief(by_rows), (query, filters)
            assert scores == [(one.article_id, one.languages, one.score) for one in by_rows.found]


def test_a_common_character_beside_a_rare_word_is_answered_too(engine: SQLEngine) -> None:
    story("罕见的港口", "只此一篇。", language="zh-hans", day=date(2012, 1, 1))
    question = asked("港 罕见", Filters(), RELEVANCE)
    by_sets = counting.find(engine, question)
    assert by_sets
    assert by_sets.total == 1
    assert in_brief(by_sets) == in_brief(find_by_rows(engine, question))


def test_common_phrases_are_kept_as_words_are(engine: SQLEngine) -> None:
    phrase = conditions_of(parse("友好港口")).texts[0][0].phrase
    assert len(phrase.terms) == 3
    assert SearchBits.objects.filter(key=common.key_of(phrase)).exists()


def test_pages_of_results_follow_each_other(engine: SQLEngine) -> None:
    whole = counting.find(engine, asked("harbour", Filters(), RELEVANCE))
    assert whole
    pages = [counting.find(engine, asked("harbour", Filters(), RELEVANCE, n, 2)) for n in (0, 2, 4)]
    parts = [one for page in pages if page for one in page.found]
    assert parts == whole.found[:6]
