"""The index that Wagtail's own search uses: cheap to keep, and right."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from archive.models import ArticlePage
from archive.text.language import column
from tests.factories import make_article, make_body, make_user, translate

pytestmark = pytest.mark.django_db

TABLE = IndexEntry._meta.db_table
# One object's entry; an entry by its key; or the latest few, found by primary key.
BOUNDED = re.compile(
    rf"""^INSERT
    | WHERE .* "{TABLE}"."object_id" \s (=|IN)
    | WHERE .* "{TABLE}"."id" \s (=|IN)
    | ORDER\ BY \s "{TABLE}"."id" \s DESC \s LIMIT \s \d+""",
    re.VERBOSE | re.DOTALL,
)


def on_index(captured: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in captured.captured_queries if f'"{TABLE}"' in one["sql"]]


def publish_again(article: ArticlePage, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(article, name, value)
    article.save_revision().publish()


def unbounded(statements: list[str]) -> list[str]:
    return [one for one in statements if "AVG(" in one or not BOUNDED.search(one.strip())]


def test_publishing_never_looks_at_the_whole_index() -> None:
    with CaptureQueriesContext(connection) as captured:
        article = make_article()
        publish_again(article, headline_en="Port city opens a new quay")
    assert on_index(captured)
    assert unbounded(on_index(captured)) == []


def test_publishing_a_translation_never_looks_at_the_whole_index() -> None:
    article = make_article()
    with CaptureQueriesContext(connection) as captured:
        translate(article, headline="湛江港迎来新航线")
    assert on_index(captured)
    assert unbounded(on_index(captured)) == []


def test_the_stock_index_would_be_caught_looking_at_all_of_it(settings: Any) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    with CaptureQueriesContext(connection) as captured:
        make_article()
    assert unbounded(on_index(captured))


@pytest.mark.sqlite
def test_a_save_that_changes_no_word_writes_nothing_to_the_index() -> None:
    article = make_article()
    with CaptureQueriesContext(connection) as captured:
        publish_again(article, print_page="B8")
    assert [one for one in on_index(captured) if not one.strip().startswith("SELECT")] == []


@pytest.mark.parametrize(
    ("words", "language"),
    [("history", "en"), ("City builds", "en"), ("湛江续写", "zh-hans")],
)
def test_editors_find_a_story_by_the_headline_of_either_language(
    client: Any, words: str, language: str
) -> None:
    article = make_article("City builds on long history with US")
    translate(article, headline="湛江续写百年对美交往新篇")
    make_article("Another story altogether")
    client.force_login(make_user("chief", is_superuser=True))
    response = client.get(reverse("wagtailadmin_pages:search"), {"q": words})
    assert [page.pk for page in response.context["object_list"]] == [article.pk]


def test_a_new_headline_is_found_and_the_old_one_is_not() -> None:
    article = make_article("Port grows")
    publish_again(article, **{column("headline", "en"): "Harbour thrives"})
    assert [page.pk for page in Page.objects.search("Harbour")] == [article.pk]
    assert list(Page.objects.search("Port")) == []


def test_words_of_the_body_are_found_once_they_are_published() -> None:
    article = make_article(body=make_body("Chen Lanbin led the students."))
    assert [page.pk for page in Page.objects.search("Lanbin")] == [article.pk]


def test_a_match_in_a_short_title_comes_first() -> None:
    long = make_article("Zhanjiang and its port in the years of opening up to the world")
    short = make_article("Zhanjiang port")
    assert [page.pk for page in Page.objects.search("Zhanjiang")] == [short.pk, long.pk]


def test_a_rebuild_keeps_what_was_found() -> None:
    article = make_article("Harbour thrives")
    call_command("wagtail_update_index", verbosity=0)
    assert [page.pk for page in Page.objects.search("thrives")] == [article.pk]


def test_a_deleted_story_is_not_found() -> None:
    make_article("Harbour thrives").delete()
    assert list(Page.objects.search("thrives")) == []
