"""Prepared queries give what the query set would, each time with other values."""

from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.db.models import BigAutoField, CharField, DateField, Value
from django.db.models.sql.compiler import SQLCompiler
from wagtail.models import PageLogEntry

from archive.models import ArticlePage, HarvestRecord
from archive.prepared import Given, GivenSeveral, PreparedQuery, padded
from tests.factories import make_article

STORIES = PreparedQuery(
    lambda: (
        ArticlePage.objects.order_by("pk")
        .select_related("publication")
        .annotate(seen=Value(1))
        .filter(slug=Given("slug", CharField()), print_date=Given("day", DateField()))
    )
)
KEYS = PreparedQuery(
    lambda *slugs: (
        ArticlePage.objects.order_by("pk")
        .filter(slug__in=slugs, pk__gt=Given("above", BigAutoField()))
        .values_list("pk", "print_date")
    )
)


@pytest.mark.django_db
def test_the_same_query_is_asked_with_other_values(
    django_assert_num_queries: Any,
) -> None:
    one = make_article("One", slug="one", day=date(2015, 9, 22))
    two = make_article("Two", slug="two", day=date(2015, 9, 23))

    with django_assert_num_queries(3):
        assert STORIES.rows(slug="one", day=one.print_date) == [one]
        (found,) = STORIES.rows(slug="two", day=two.print_date)
        assert STORIES.rows(slug="one", day=two.print_date) == []
        assert found == two
        assert found.publication.pk == two.publication_id
        assert found.seen == 1


@pytest.mark.django_db
def test_another_shape_is_another_query() -> None:
    one, two = make_article("One", slug="one"), make_article("Two", slug="two")

    assert KEYS.rows("one", above=0) == [(one.pk, one.print_date)]
    assert [pk for pk, _day in KEYS.rows("one", "two", above=0)] == [one.pk, two.pk]
    assert [pk for pk, _day in KEYS.rows("one", "two", above=one.pk)] == [two.pk]


@pytest.mark.django_db
def test_what_reads_the_columns_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    story = make_article("One", slug="one")
    assert STORIES.rows(slug="one", day=story.print_date) == [story]
    looked_up = []
    monkeypatch.setattr(SQLCompiler, "get_converters", lambda _self, _columns: looked_up.append(1))

    (found,) = STORIES.rows(slug="one", day=story.print_date)

    assert (found.print_date, looked_up) == (story.print_date, [])


@pytest.mark.postgres
def test_each_thread_asks_through_its_own_connection(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    found: list[Any] = []

    def ask(slug: str, day: Any) -> None:
        from django.db import connection

        found.extend(STORIES.rows(slug=slug, day=day))
        connection.close()

    # What other connections see must be committed; so it is deleted by hand.
    with django_db_blocker.unblock():
        story = make_article("One", slug="one")
        try:
            thread = Thread(target=ask, args=("one", story.print_date))
            thread.start()
            thread.join()
        finally:
            ArticlePage.objects.get(pk=story.pk).delete()
            PageLogEntry.objects.all().delete()
            HarvestRecord.objects.all().delete()

    assert [one.pk for one in found] == [story.pk]


SOME = PreparedQuery(
    lambda count: (
        ArticlePage.objects.order_by("pk")
        .filter(pk__in=GivenSeveral("pks", count, BigAutoField()))
        .values_list("pk", flat=True)
    )
)


@pytest.mark.django_db
def test_several_values_are_given_as_one_list() -> None:
    pks = [make_article(name, slug=name).pk for name in ("one", "two", "three", "four")]

    for some in (pks[:1], pks[1:4], pks[1:3]):
        given = padded(some)
        assert SOME.rows(len(given), pks=given) == some


def test_few_shapes_serve_any_number_of_values() -> None:
    assert [len(padded(range(n))) for n in (0, 1, 2, 3, 4, 5, 100)] == [0, 1, 2, 4, 4, 8, 128]
    assert padded((7, 8, 9)) == [7, 8, 9, 9]
