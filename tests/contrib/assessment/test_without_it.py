"""The desk of a site without the app."""

from typing import Any

import pytest
from wagtail import hooks

from archive.desk.editor.shortcuts import shortcuts_of
from archive.models import Translation
from tests.desk.helpers import Person, page_text
from tests.desk.segments import save_one, sidebar

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def without(monkeypatch: Any) -> None:
    hooks.get_hooks("register_archive_desk_tool")
    for name in ("section", "tool"):
        monkeypatch.setitem(hooks._hooks, f"register_archive_desk_{name}", [])


def test_it_shows_nothing_of_errors_and_of_time_and_works(
    translation: Translation, li: Person
) -> None:
    shown = page_text(li.edits(translation).response)
    for words in ("arked errors", "data-desk-error-form", "archive_assessment", "time-url"):
        assert words not in shown
    assert "markError" not in [one.command for one in shortcuts_of(li.user)]
    beside = page_text(sidebar(li, translation))
    assert "Assessed" not in beside
    assert 'data-section="comments"' in beside
    assert save_one(li, translation, key="headline", target="港口")["state"] == "draft"
