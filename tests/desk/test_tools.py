"""What an app adds to the translator's screen."""

from typing import Any

import pytest
from wagtail import hooks

from archive.desk.editor.shortcuts import Shortcut, shortcuts_of
from archive.desk.editor.tools import DeskTool, RowMark, ToolParts
from archive.desk.reviews import Review
from archive.models import Translation
from tests.desk.helpers import Person, page_text

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


class Doubts(DeskTool):
    scripts = ("doubts/desk.js",)
    styles = ("doubts/desk.css",)
    shortcuts = (Shortcut("doubt", "Ctrl+Alt+KeyD", "Doubt this"),)

    def parts_for(self, user: Any, translation: Any, review: Review | None) -> ToolParts:
        mark = RowMark("doubts", "Doubts", "With doubts", {"headline": 3})
        return ToolParts("Above.", f"Below, {user.username}.", (mark,), {"doubt-url": "/doubt/"})


def test_a_tool_is_on_the_screen_with_its_scripts_and_keys(
    translation: Translation, li: Person
) -> None:
    with hooks.register_temporarily("register_archive_desk_tool", Doubts):
        shown = page_text(li.edits(translation).response)
        assert shortcuts_of(li.user)[-1].command == "doubt"
    assert shown.index("Above.") < shown.index("data-desk-row") < shown.index("Below, li.")
    assert 'data-desk-mark="doubts">Doubts <b>3</b>' in shown
    assert 'data-desk-mark="doubts" hidden>Doubts <b>0</b>' in shown
    assert '<option value="doubts">With doubts</option>' in shown
    assert 'data-doubt-url="/doubt/"' in shown
    assert shown.index("desk-rows.js") < shown.index("doubts/desk.js") < shown.index("js/desk.js")
    assert "doubts/desk.css" in shown
    assert "oubts" not in page_text(li.edits(translation).response)
