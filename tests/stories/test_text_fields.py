"""The lines of a story beside its body: what goes through them follows the model's own list."""

import pytest
from django.test import Client
from wagtail.admin.widgets import AdminAutoHeightTextInput

from archive.desk.segments import source_segments
from archive.search.documents import documents_of
from archive.stories.article_text import story_passages
from archive.stories.models import ArticlePage
from archive.stories.versions.actions import version_of
from archive.text.language import ENGLISH, column
from tests.factories import make_article

LINES = {name: f"Words of the {name}" for name in ArticlePage.text_fields}
pytestmark = pytest.mark.django_db


def a_whole_story() -> ArticlePage:
    return make_article(
        LINES["headline"],
        **{column(name, ENGLISH): text for name, text in LINES.items() if name != "headline"},
    )


def test_every_line_is_translated_compared_searched_and_read_for_names() -> None:
    article = a_whole_story()
    lines = list(LINES.items())
    headings = [(name, text) for name, text in lines if name in ArticlePage.heading_fields]
    assert [(one.key, one.text) for one in source_segments(article)][: len(lines)] == lines
    assert list(version_of(article).fields.items()) == lines
    passages = [(one.key, one.text) for one in story_passages(article, ENGLISH)]
    assert passages[: len(headings)] == headings
    [document] = documents_of([article.pk])
    searched = "\n".join(document.texts.values())
    assert [text for _name, text in headings if text not in searched] == []


def test_the_form_has_every_line_in_reading_order() -> None:
    form = ArticlePage.get_edit_handler().get_form_class()
    lines = [column(name, ENGLISH) for name in ArticlePage.text_fields]
    assert [name for name in form.base_fields if name in lines] == lines
    # A field for sentences grows with them.
    assert isinstance(form.base_fields["standfirst_en"].widget, AdminAutoHeightTextInput)


def test_readers_see_every_line(client: Client) -> None:
    page = client.get(a_whole_story().url).content.decode()
    assert [text for text in LINES.values() if text not in page] == []


def test_what_stands_beside_the_headline_is_the_abstract_of_a_citation() -> None:
    text = a_whole_story().in_language(ENGLISH)
    beside = [LINES[name] for name in ArticlePage.heading_fields if name != "headline"]
    assert text.abstract.splitlines() == beside
