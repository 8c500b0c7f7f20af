"""A story and the desk of a site without the app."""

from typing import Any

import pytest
from wagtail import hooks

from archive.models import ArticlePage, Translation
from tests.contrib.reader_reports.reporting import Reader, may_handle
from tests.desk.helpers import Person
from tests.desk.segments import sidebar
from tests.factories import make_translator

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def li() -> Person:
    return may_handle(make_translator("li"))


def test_readers_and_translators_are_offered_no_report(
    story: ArticlePage, reader: Reader, li: Person, monkeypatch: Any
) -> None:
    reader.reports(story)
    row = 'data-desk-mark="reports">Readers’ reports <b>1</b>'
    translation = Translation.objects.get(article=story)
    assert "data-report" in reader.client.get(story.get_url()).content.decode()
    assert row in li.client.get(translation.get_edit_url()).content.decode()
    for hook in ("story_foot", "desk_section", "desk_tool"):
        monkeypatch.setitem(hooks._hooks, f"register_archive_{hook}", [])
    page = reader.client.get(f"{story.get_url()}?mode=en")
    assert page.status_code == 200
    assert "data-report" not in page.content.decode()
    assert row not in li.client.get(translation.get_edit_url()).content.decode()
    assert sidebar(li, translation).status_code == 200
