"""What once left the index behind, or read a query wrongly."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from wagtail.actions.create_alias import CreatePageAliasAction

from archive.models import ArticlePage, IssuePage, YearPage
from archive.search import actions
from archive.search.actions import index_stories
from archive.search.facets import chosen
from archive.search.query import conditions_of, parse
from archive.search.rebuild import check
from archive.search.snippets import Marker, marked
from tests.factories import make_entity, make_publication, tag
from tests.search.test_searching import found, story

pytestmark = pytest.mark.django_db


def test_an_issue_s_new_date_reaches_the_index() -> None:
    one = story("Harbour opens", day=date(2014, 5, 6))
    issue = IssuePage.objects.get(print_date=date(2014, 5, 6))
    issue.print_date = date(2014, 5, 7)
    issue.save()
    assert found("harbour after:2014-05-07") == [one.pk]
    assert check()


def test_a_moved_year_reaches_the_index_in_batches(monkeypatch: Any) -> None:
    other = make_publication("other-paper")
    stories = [story(f"Harbour {number}", day=date(2014, 5, 6)) for number in (1, 2, 3)]
    sizes = []
    monkeypatch.setattr(actions, "BATCH", 2)
    monkeypatch.setattr(
        actions, "index_stories", lambda pks: sizes.append(len(pks)) or index_stories(pks)
    )
    YearPage.objects.get(title="2014").move(other, pos="last-child")
    assert sizes == [2, 1]
    assert found("harbour", publication=other.pk) == sorted(one.pk for one in stories)
    assert check()


def test_a_new_alias_is_found(django_capture_on_commit_callbacks: Any) -> None:
    one = story("Harbour opens")
    tag(one, make_entity())
    index_stories([one.pk])
    with django_capture_on_commit_callbacks(execute=True):
        alias = CreatePageAliasAction(
            ArticlePage.objects.get(pk=one.pk), update_slug="again"
        ).execute(skip_permission_checks=True)
    assert found("harbour") == found("湛江") == sorted([one.pk, alias.pk])
    assert check()


@pytest.mark.parametrize("name", ["place", "person"])
def test_a_key_with_a_nul_is_passed_over(name: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert not chosen(QueryDict(f"{name}=%00x")).filters


@pytest.mark.postgres
def test_stories_are_locked_while_they_are_indexed() -> None:
    one = story("Harbour opens")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        index_stories([one.pk])
    locks = [q["sql"] for q in queries if "FOR NO KEY UPDATE" in q["sql"]]
    assert len(locks) == 1
    assert locks[0].endswith('OF "archive_articlepage"')


@pytest.mark.parametrize("form", ["xe{}", "\ue000{}", '"xe{}"', "place:xe{}"])
def test_no_query_comes_to_an_entity_s_own_term(form: str) -> None:
    city = make_entity()
    one = story("Ships come and go")
    tag(one, city)
    index_stories([one.pk])
    assert found(form.format(city.pk)) == []
    assert found("zhanjiang") == [one.pk]


def test_words_that_begin_with_xe_are_marked() -> None:
    city = make_entity()
    phrases = conditions_of(parse("xenon zhanjiang")).phrases
    assert marked("Xenon in Zhanjiang", Marker(phrases)) == (
        "<mark>Xenon</mark> in <mark>Zhanjiang</mark>"
    )
    assert str(city.pk) not in "".join(term for one in phrases for term in one.terms)


@pytest.mark.parametrize("query", ["harbour -after:2015", "harbour -before:2012"])
def test_a_story_without_a_date_is_neither_before_nor_after(query: str) -> None:
    dated, undated = story("Harbour 1", day=date(2014, 5, 6)), story("Harbour 2")
    ArticlePage.objects.filter(pk=undated.pk).update(print_date=None)
    index_stories([undated.pk])
    assert found(query) == [dated.pk, undated.pk]
