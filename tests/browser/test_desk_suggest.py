"""Suggestions while typing: taken by Tab, closed by Escape, and out of an input method's way."""

import pytest
from playwright.sync_api import Page, expect

from archive.desk.memory.units import add_units, make_unit
from archive.text.language import ENGLISH
from tests.browser import acting
from tests.browser.acting import FIRST
from tests.factories import block, make_article, make_entity, make_translator


@pytest.fixture
def page(open_tab) -> Page:
    """A desk at a segment with a name, and the same text in the memory."""
    make_entity()
    texts = "Ships came to Zhanjiang.", "船只驶抵湛江，港口繁忙。"
    earlier = make_unit(ENGLISH, *texts, provenance="tmx")
    add_units([earlier])
    body = [block("paragraph", "<p>Ships came to Zhanjiang.</p>", FIRST)]
    page: Page = open_tab(make_translator("li"))
    acting.edit(page, make_article("Zhanjiang notes", body=body).translations.get())
    acting.wait_until_watched(page)
    acting.target_box(page, FIRST).click()
    expect(page.locator("[data-section=memory] [data-replace]")).to_be_visible()
    return page


def test_tab_takes_what_is_begun_and_escape_closes(page: Page) -> None:
    box, offered = (
        acting.target_box(page, FIRST),
        page.locator("[data-desk-completions] [role=option]"),
    )
    page.keyboard.type("湛")
    expect(offered).to_have_text(["湛江"])
    expect(box).to_have_attribute("aria-activedescendant", "archive-desk-completions-0")
    page.keyboard.press("Tab")
    expect(box).to_have_text("湛江")
    expect(box).to_be_focused()
    expect(offered).to_have_count(0)

    page.keyboard.type("，港口")
    expect(offered).to_have_text(["港口繁忙"])
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    expect(box).to_be_focused()

    # Off by its switch, for good.
    page.keyboard.press("Control+Alt+Slash")
    page.get_by_label("Suggest names, terms and texts of the memory while I type").uncheck()
    page.get_by_role("button", name="Close").last.click()
    box.click()
    page.keyboard.press("End")
    page.keyboard.type("湛")
    acting.pause(page, 100)
    expect(offered).to_have_count(0)
    page.reload()
    expect(page.locator("[data-desk-completing]")).not_to_be_checked()


def test_a_name_that_is_missing_is_offered_before_one_that_is_there(open_tab) -> None:
    make_entity()
    make_entity("zhanhe", "Zhanhe", "湛河")
    page: Page = open_tab(make_translator("li"))
    body = [block("paragraph", "<p>Ships go from Zhanjiang to Zhanhe.</p>", FIRST)]
    acting.edit(page, make_article("Ships", body=body).translations.get())
    acting.wait_until_watched(page)
    acting.target_box(page, FIRST).click()
    expect(page.locator("[data-section=names] [data-insert]")).to_have_count(2)
    offered = page.locator("[data-desk-completions] [role=option]")
    page.keyboard.type("船从湛")
    expect(offered).to_have_text(["湛江", "湛河"])
    page.keyboard.type("江到湛")
    expect(offered).to_have_text(["湛河", "湛江"])
    page.keyboard.press("Control+Alt+g")
    expect(acting.target_box(page, FIRST)).to_have_text("船从湛江到湛河")


def test_an_input_method_has_its_keys_to_itself(page: Page) -> None:
    box, offered = (
        acting.target_box(page, FIRST),
        page.locator("[data-desk-completions] [role=option]"),
    )
    method = page.context.new_cdp_session(page)
    page.keyboard.type("湛")
    expect(offered).to_have_count(1)
    compose = {"text": "zhan", "selectionStart": 4, "selectionEnd": 4}
    method.send("Input.imeSetComposition", compose)
    expect(offered).to_have_count(0)
    method.send("Input.insertText", {"text": "船只"})
    # What was composed is text now, and may be completed.
    expect(offered).to_have_text(["船只驶抵湛江"])
    expect(box).to_have_text("湛船只")


def test_the_list_follows_the_page_and_tab_never_leaves_the_text_for_it(page: Page) -> None:
    box, offered = (
        acting.target_box(page, FIRST),
        page.locator("[data-desk-completions] [role=option]"),
    )
    page.set_viewport_size({"width": 1280, "height": 480})
    page.keyboard.type("湛")
    expect(offered).to_have_text(["湛江"])
    acting.wait_for_autosave(page)

    def places() -> list[float]:
        """Of the list and of the text, at one moment."""
        both = "(box) => [document.querySelector('[data-desk-completions]'), box]"
        found: list[float] = box.evaluate(f"{both}.map((one) => one.getBoundingClientRect().y)")
        return found

    before = places()
    # The line above the text that says what was saved goes meanwhile, and the text moves.
    acting.pause(page, 200)
    acting.wait_for_frames(page)
    moved = places()
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 40)
    acting.wait_until(page, lambda: places()[1] != moved[1])
    acting.wait_for_frames(page)
    expect(offered).to_have_text(["湛江"])
    after = places()
    assert before[0] - before[1] == moved[0] - moved[1] == after[0] - after[1]
    page.keyboard.press("Tab")
    expect(box).to_have_text("湛江")

    page.keyboard.type("，港口")
    expect(offered).to_have_text(["港口繁忙"])
    # Out of sight: the list closes by itself.
    page.mouse.wheel(0, 2000)
    expect(offered).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.type("a")
    expect(box).to_have_text("湛江，港口a")
    page.keyboard.press("Tab")
    expect(box).not_to_be_focused()
    page.keyboard.type("b")
    expect(box).to_have_text("湛江，港口ab")
