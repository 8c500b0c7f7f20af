"""The memory beside the desk: a suggestion taken in, selected words found in it (concordance)."""

import re

import pytest
from playwright.sync_api import Page, expect

from archive.desk.memory.units import add_units, make_unit
from archive.text.language import ENGLISH
from tests.browser import acting
from tests.browser.acting import FIRST, SECOND
from tests.desk.helpers import again
from tests.factories import make_translator

CONCORDANCE = re.compile("/concordance/")


def test_selected_words_are_found_and_a_text_goes_in_by_key(desk: Page) -> None:
    more = [(f"Of ships, {number}.", f"船，{number}。") for number in range(5)]
    units = [("Ships came to Zhanjiang.", "船到湛江。"), *more, ("No ships left.", "没有船离港。")]
    add_units([make_unit(ENGLISH, *texts, provenance="tmx") for texts in units])
    concordance = desk.locator("[data-section=concordance]")

    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+Alt+KeyW")
    expect(desk.get_by_text("Select words of the segment first.")).to_be_visible()
    acting.desk_row(desk, FIRST).locator("[data-desk-source] p").dblclick(position={"x": 8, "y": 8})
    desk.keyboard.press("Control+Alt+KeyW")
    expect(concordance.locator("mark").first).to_have_text("ships")
    # Each that has a number goes in by it.
    expect(concordance.locator("[data-desk-nth]")).to_have_count(7)
    desk.keyboard.press("Control+Alt+Digit7")
    expect(acting.target_box(desk, FIRST)).to_have_text("船到湛江。")

    # And in the other language, from the text that was put in.
    acting.target_box(desk, FIRST).press("ControlOrMeta+a")
    desk.keyboard.press("Control+Alt+KeyW")
    expect(concordance.locator("li")).to_have_count(1)
    expect(concordance.locator("mark")).to_have_text("船到湛江。")
    concordance.get_by_role("button", name="Close").click()
    expect(concordance).to_have_count(0)
    expect(acting.target_box(desk, FIRST)).to_be_focused()


def test_a_number_that_is_pressed_before_the_hits_have_come_is_one_of_theirs(desk: Page) -> None:
    add_units([make_unit(ENGLISH, "No ships left.", "没有船离港。", provenance="tmx")])
    acting.target_box(desk, FIRST).click()
    acting.desk_row(desk, FIRST).locator("[data-desk-source] p").dblclick(position={"x": 8, "y": 8})
    asked = acting.Held(desk, CONCORDANCE)
    desk.keyboard.press("Control+Alt+KeyW")
    desk.keyboard.press("Control+Alt+Digit1")
    # Pressed again before anything is seen, it goes in once.
    desk.keyboard.press("Control+Alt+Digit1")
    asked.wait()
    asked.release()
    expect(acting.target_box(desk, FIRST)).to_have_text("没有船离港。")

    acting.wait_for_autosave(desk)
    # Who has done something since has the cursor elsewhere: it goes in nowhere, and is told.
    acting.target_box(desk, FIRST).press("ControlOrMeta+a")
    asked = acting.Held(desk, CONCORDANCE)
    desk.keyboard.press("Control+Alt+KeyW")
    desk.keyboard.press("Control+Alt+Digit1")
    asked.wait()
    acting.target_box(desk, FIRST).press("Home")
    asked.release()
    expect(desk.locator("[data-desk-summary]")).to_contain_text("came too late")
    expect(acting.target_box(desk, FIRST)).to_have_text("没有船离港。")

    # Of a row that was left nothing is shown, whenever it comes.
    acting.target_box(desk, FIRST).press("ControlOrMeta+a")
    asked = acting.Held(desk, CONCORDANCE)
    desk.keyboard.press("Control+Alt+KeyW")
    asked.wait()
    acting.target_box(desk, SECOND).click()
    asked.release()
    acting.pause(desk, 200)
    expect(desk.locator("[data-section=concordance]")).to_have_count(0)


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
