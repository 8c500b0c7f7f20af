"""The page as readers see it, beside the desk and in a second window."""

import logging
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.acting import FIRST, SECOND

logger = logging.getLogger(__name__)
SAVES = re.compile(r"/segments/$")
LIT = re.compile(r"\barchive-lit\b")
# From the save's start until the page has come that shows it.
ELAPSED = """(() => {
    const last = (end) => performance.getEntriesByType("resource")
        .filter(({ name }) => name.endsWith(end)).at(-1);
    return Math.max(0, last("/page/")?.responseEnd - last("/segments/").startTime);
})()"""


def test_the_page_beside_the_desk_shows_what_is_typed_and_follows(desk: Page) -> None:
    frame = acting.preview(desk)
    acting.target_box(desk, FIRST).click()
    held = acting.Held(desk, SAVES)
    desk.keyboard.type("船来了。")
    # No save has reached the server: it is the typed text.
    expect(frame.locator(f'[id="{FIRST}"]')).to_contain_text("船来了。")
    expect(frame.locator(f'[id="{FIRST}"]')).to_have_class(LIT)
    acting.target_box(desk, SECOND).click()
    held.wait()
    held.release()
    acting.wait_for_autosave(desk)

    acting.target_box(desk, SECOND).click()
    desk.keyboard.type("离港")
    desk.keyboard.press("Control+s")
    expect(frame.locator(f'[id="{SECOND}"]')).to_have_text("离港")
    expect(frame.locator(f'[id="{SECOND}"]')).to_have_class(LIT)
    acting.wait_until(desk, ELAPSED)
    logger.info("A save is in the page after %d ms", desk.evaluate(ELAPSED))

    frame.locator(f'[id="{FIRST}"]').click()
    expect(acting.target_box(desk, FIRST)).to_be_focused()
    expect(frame.locator(f'[id="{FIRST}"]')).to_have_class(LIT)


@pytest.mark.parametrize(("width", "least"), [(1200, 640), (1366, 720)])
def test_the_page_stands_beside_the_rows_on_a_laptop(desk: Page, width: int, least: int) -> None:
    desk.set_viewport_size({"width": width, "height": 768})
    acting.preview(desk)
    # Where it comes to rest: it slides in.
    acting.wait_until(desk, "!document.querySelector('.form-side').getAnimations().length")
    beside = desk.locator(".form-side--preview").bounding_box()
    rows = desk.locator(".archive-desk__rows").bounding_box()
    assert beside
    assert rows
    assert rows["width"] >= least
    assert rows["x"] + rows["width"] <= beside["x"]
    assert beside["height"] > 600


@pytest.mark.exhaustive
def test_a_second_window_follows_the_desk_and_leads_back_to_it(desk: Page, translation) -> None:
    with desk.context.expect_page() as opened:
        desk.locator('[data-side-panel-toggle="preview"]').click()
        desk.get_by_role("link", name="Open in a second window").click()
    window = opened.value
    frame = window.frame_locator("iframe")
    expect(frame.locator("article")).to_be_visible()
    acting.target_box(desk, SECOND).click()
    desk.keyboard.type("离港")
    expect(frame.get_by_text("离港")).to_be_visible()
    acting.wait_for_autosave(desk)
    expect(frame.locator(f'[id="{SECOND}"]')).to_have_class(LIT)

    frame.locator("h1").click()
    expect(acting.field(desk, "segment-target--headline")).to_be_focused()

    window.get_by_label("Phone").check()
    window.reload()
    expect(window.locator("iframe")).to_have_css("width", "375px")
