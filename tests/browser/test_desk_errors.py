"""A reviewer marks errors at the desk: by keys alone, and with the mouse."""

import pytest
from playwright.sync_api import Page, expect

from archive.contrib.assessment.models import ErrorMark
from tests.browser import acting
from tests.browser.acting import FIRST, SECOND
from tests.factories import make_translator, translate

FORM = "[data-desk-error-form]"


@pytest.fixture
def desk(open_tab, translation) -> Page:
    """A reviewer's screen with a translation by somebody else."""
    translate(translation.article, publish=False, **{FIRST: "<p>船来了。</p>"})
    page = open_tab(make_translator("wang"))
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    return page


def test_an_error_is_marked_by_keyboard_in_the_selected_words(desk) -> None:
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+End")
    for _letter in range(3):
        desk.keyboard.press("Shift+ArrowLeft")
    desk.keyboard.press("Control+Alt+e")
    expect(desk.locator(f"{FORM} [name=category]")).to_be_focused()
    expect(desk.locator(f"{FORM} [data-section-input=words]")).to_have_value("来了。")
    desk.keyboard.press("2")
    desk.keyboard.press("Tab")
    desk.keyboard.press("5")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.type("They left.")
    desk.keyboard.press("Enter")
    row = acting.desk_row(desk, FIRST)
    expect(row.locator("[data-desk-mark=errors]")).to_have_text("Marked errors 1")
    expect(row.locator(":focus")).to_have_count(1)
    section = desk.locator("[data-section=quality]")
    expect(section).to_contain_text("Mistranslation · Major")
    expect(section).to_contain_text("not passed")
    expect(desk.locator(FORM)).not_to_have_attribute("open", "")
    found = ErrorMark.objects.get()
    assert (found.key, found.words, found.comment) == (FIRST, "来了。", "They left.")
    assert (found.category, found.severity) == ("mistranslation", 5)


def test_an_error_is_marked_and_taken_back_by_mouse(desk) -> None:
    acting.desk_row(desk, FIRST).locator("[data-desk-source] p").dblclick(position={"x": 8, "y": 8})
    acting.desk_row(desk, FIRST).locator("[data-desk-field]").click()
    desk.locator(f"{FORM} summary").click()
    desk.locator(f"{FORM} [name=category]").select_option("omission")
    expect(desk.locator(f"{FORM} [data-section-input=words]")).to_have_value("Ships")
    desk.locator(FORM).get_by_role("button").click()
    section = desk.locator("[data-section=quality]")
    expect(section).to_contain_text("Omission · Minor")
    section.get_by_role("button", name="Take back").click()
    expect(acting.desk_row(desk, FIRST).locator("[data-desk-mark=errors]")).to_be_hidden()
    assert not ErrorMark.objects.exists()


def test_what_is_typed_of_an_error_waits_at_its_row(desk) -> None:
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+Alt+e")
    words = desk.locator(f"{FORM} [data-section-input=words]")
    comment = desk.locator(f"{FORM} [data-section-input=comment]")
    words.fill("来了")
    comment.fill("They left.")
    acting.target_box(desk, SECOND).click()
    for box in (words, comment):
        expect(box).to_have_value("")
    expect(acting.desk_row(desk, FIRST).locator("[data-desk-unsent]")).to_be_visible()
    acting.wait_until_kept(desk, "They left.")
    desk.reload()
    acting.wait_until_watched(desk)
    acting.target_box(desk, FIRST).click()
    expect(words).to_have_value("来了")
    expect(comment).to_have_value("They left.")
