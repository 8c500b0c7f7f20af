"""Citations of what readers have collected: only what the public may read, at a fixed cost."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.site.permalinks import short_id
from archive.site.search.result_files import MOST_STORIES
from tests.factories import make_article, translate
from tests.site.reading import address, make_translated, opened, opened_at

pytestmark = pytest.mark.django_db


def named(article: ArticlePage, code: str = "en") -> str:
    return f"{short_id(article.pk)}/{code}"


def cite(*stories: str, form: str = "csl-json", language: str = "en") -> Any:
    query = {"stories": " ".join(stories), "format": form}
    # As from a page that has no token of a form.
    return Client(enforce_csrf_checks=True).post(f"/{language}/saved/citations/", query)


@pytest.fixture
def story() -> ArticlePage:
    article = make_article("Harbour opens", slug="opens", print_page="17")
    translate(article, headline="港口启用")
    return ArticlePage.objects.get(pk=article.pk)


def test_each_story_is_cited_in_the_language_it_was_saved_in(story: ArticlePage) -> None:
    other = make_article("Only English", slug="only")
    response = cite(named(story, "zh"), named(other, "zh"), named(story), named(story))
    titles = [one["title"] for one in json.loads(response.content)]
    assert titles == ["港口启用", "Only English", "Harbour opens"]
    assert response["Archive-Cited"] == "3"
    assert response["Content-Disposition"].startswith('attachment; filename="stories-')


def test_reference_managers_read_the_files(story: ArticlePage) -> None:
    stories = [named(story), named(story, "zh")]
    (one, two) = rispy.loads(cite(*stories, form="ris").content.decode())
    assert (one["title"], two["title"]) == ("Harbour opens", "港口启用")
    library = bibtexparser.parse_string(cite(*stories, form="bibtex").content.decode())
    assert len({entry.key for entry in library.entries}) == 2
    assert not library.failed_blocks


def test_the_national_standard_is_a_numbered_list_in_words(story: ArticlePage) -> None:
    text = cite(named(story, "zh"), named(story), form="gb-t-7714").content.decode()
    one, two = text.splitlines()
    assert one.startswith("[1] 港口启用[EB/OL]. 资料库，译. 资料库（")
    assert one.endswith("译自：Harbour opens[N]. China Daily，2015-09-22（17）.")
    assert two.startswith("[2] Harbour opens[N/OL]. China Daily，2015-09-22（17）. http")
    assert two.endswith(f"/s/{short_id(story.pk)}/en/.")


def test_notes_after_chicago_are_a_list_in_words(story: ArticlePage) -> None:
    (note,) = cite(named(story), form="chicago-note").content.decode().splitlines()
    assert note.startswith("“Harbour Opens,” China Daily, September 22, 2015")


def test_what_the_public_may_not_read_is_left_out(story: ArticlePage) -> None:
    hidden, draft = make_article("Hidden", slug="hidden"), make_article("Draft", slug="draft")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    draft.unpublish()
    response = cite(named(hidden), named(draft), named(story), "1rj1rj/en", "nonsense")
    assert [one["title"] for one in json.loads(response.content)] == ["Harbour opens"]
    assert response["Archive-Cited"] == "1"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("stories", "form"),
    [("", "ris"), ("1h2/en", "docx"), (" ".join(["1h2/en"] * (MOST_STORIES + 1)), "ris")],
)
def test_what_cannot_be_cited_is_refused_with_what_can(stories: str, form: str) -> None:
    response = cite(stories, form=form)
    assert response.status_code == 400
    assert "gb-t-7714" in response.content.decode()


def test_looking_at_it_needs_no_story_and_gives_none() -> None:
    assert Client().get("/en/saved/citations/").status_code == 405


def test_many_stories_cost_as_much_as_one(
    story: ArticlePage, django_assert_num_queries: Any
) -> None:
    cite(named(story))
    with django_assert_num_queries(6):
        cite(named(story))
    more = [named(make_article(f"Harbour {n}", slug=f"n-{n}")) for n in range(5)]
    with django_assert_num_queries(6):
        assert len(json.loads(cite(named(story), *more).content)) == 6


def test_a_story_s_page_and_every_foot_lead_to_the_collections() -> None:
    article = make_translated()
    soup = opened(article, "en")
    assert soup.select(".sharing [data-collect][hidden]")
    assert soup.select(".colophon a[href='/en/saved/']")
    # No form is in the way of the keyboard before a script opens it.
    assert soup.select("template#collect")
    assert not soup.select("main dialog")
    assert address(article, "en") not in str(opened_at("/en/saved/"))
