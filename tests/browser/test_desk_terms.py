"""Names underlined in the source of the current segment: what they are called, and put in."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.acting import FIRST, SECOND
from tests.factories import block, make_article, make_entity, make_translator


def test_names_in_the_source_say_their_translation_and_go_in(open_tab) -> None:
    make_entity()
    # No name is marked within another word.
    body = [
        block("paragraph", "<p>Zhanjianger came to <b>Zhanjiang</b>; Zhanjiang waited.</p>", FIRST),
        block("paragraph", "<p>They left.</p>", SECOND),
    ]
    page: Page = open_tab(make_translator("li"))
    page.clock.install()
    acting.edit(page, make_article("Harbour notes", body=body).translations.get())
    acting.wait_until_watched(page)
    source = acting.desk_row(page, FIRST).locator("[data-desk-source]")
    terms = source.get_by_role("button", name="Insert 湛江 for Zhanjiang")

    acting.target_box(page, FIRST).click()
    expect(terms).to_have_count(2)
    # A name may be selected, for the concordance; however slow the machine, by two quick clicks.
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    terms.first.dblclick()
    page.clock.run_for(400)
    page.clock.resume()
    assert page.evaluate("String(getSelection()).trim()") == "Zhanjiang"
    expect(acting.target_box(page, FIRST)).to_have_text("")
    acting.target_box(page, FIRST).click()
    terms.first.hover()
    said = "(term) => getComputedStyle(term, '::after').content"
    assert terms.first.evaluate(said) == '"湛江 · Ctrl+Alt+Shift+1"'
    terms.first.click()
    expect(acting.target_box(page, FIRST)).to_have_text("湛江")
    terms.last.press("Enter")
    expect(acting.target_box(page, FIRST)).to_have_text("湛江湛江")
    # Nothing of it is copied, and nothing stays in a row that is left.
    page.keyboard.press("Control+Alt+KeyC")
    expect(acting.target_box(page, FIRST)).to_have_text(
        "Zhanjianger came to Zhanjiang; Zhanjiang waited."
    )
    acting.target_box(page, SECOND).click()
    expect(terms).to_have_count(0)
    expect(source.locator("p")).to_have_text("Zhanjianger came to Zhanjiang; Zhanjiang waited.")


@pytest.mark.parametrize("way", ["from left to right", "from right to left", "a letter"])
def test_to_drag_over_a_name_selects_it_and_writes_nothing(open_tab, way: str) -> None:
    make_entity()
    body = [block("paragraph", "<p>Ships came to <b>Zhanjiang</b> again.</p>", FIRST)]
    page: Page = open_tab(make_translator("li"))
    acting.edit(page, make_article("Harbour notes", body=body).translations.get())
    acting.wait_until_watched(page)
    acting.target_box(page, FIRST).click()
    term = acting.desk_row(page, FIRST).get_by_role("button", name="Insert 湛江 for Zhanjiang")
    expect(term).to_be_visible()
    aids: list[Any] = []
    page.on("response", lambda answer: aids.extend([answer.url] * ("/sidebar/" in answer.url)))
    page.keyboard.type("ab")
    box = term.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    ends = [box["x"] + 1, box["x"] + (box["width"] - 1 if way != "a letter" else 12)]
    start, end = reversed(ends) if way == "from right to left" else ends
    page.mouse.move(start, middle)
    page.mouse.down()
    page.mouse.move(end, middle, steps=5)
    page.mouse.up()
    acting.pause(page, 400)
    selected = page.evaluate("String(getSelection())")
    assert selected in (("Z", "Zh") if way == "a letter" else ("Zhanjiang",))
    expect(acting.target_box(page, FIRST)).to_have_text("ab")
    acting.wait_for_autosave(page)
    expect(acting.target_box(page, FIRST)).to_have_text("ab")
    # What the sidebar knows after the save takes no selection away.
    acting.wait_until(page, lambda: aids)
    acting.pause(page, 200)
    assert page.evaluate("String(getSelection())") == selected
