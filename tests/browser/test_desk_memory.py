"""The translation memory beside a segment: a suggestion taken in."""

import pytest
from playwright.sync_api import expect

from archive.desk.memory.units import add_units, make_unit
from archive.text.language import ENGLISH
from tests.browser import acting
from tests.browser.acting import FIRST, SECOND
from tests.desk.helpers import again
from tests.factories import make_translator


@pytest.mark.exhaustive
def test_a_suggestion_goes_in_by_key_or_click(open_tab, translation):
    add_units(
        [
            make_unit(ENGLISH, "Ships came in.", "船进港了。", provenance="tmx"),
            make_unit(ENGLISH, "They left.", "它们离开了。", provenance="tmx"),
        ]
    )
    page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    memory = page.locator("[data-section=memory]")

    acting.target_box(page, FIRST).click()
    # What this source lacks of the one that was translated.
    expect(memory.locator("del")).to_have_text(" in")
    page.keyboard.press("Control+Alt+Digit1")
    expect(acting.target_box(page, FIRST)).to_have_text("船进港了。")

    acting.target_box(page, SECOND).click()
    expect(memory).to_contain_text("100%")
    memory.get_by_role("button", name="Use suggestion 1").click()
    expect(acting.target_box(page, SECOND)).to_have_text("它们离开了。")
    acting.wait_for_autosave(page)
    draft = again(translation).get_latest_revision_as_object()
    assert {one.origin for one in draft.segments.all()} == {"memory"}
