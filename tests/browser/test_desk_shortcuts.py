"""Shortcuts of one's own at the desk: chosen in their list, kept with the account."""

from playwright.sync_api import Page, expect

from tests.browser import acting


def test_a_person_chooses_keys_of_their_own(desk: Page) -> None:
    acting.target_box(desk, "headline").click()
    desk.locator("[data-desk-keys]").click()
    keys = desk.locator("[data-desk-keylist]")
    confirm = keys.get_by_role("row", name="Confirm and go")
    confirm.get_by_role("button", name="Change").press("Enter")
    desk.keyboard.press("Alt+ArrowDown")
    expect(keys.locator("[data-desk-keys-status]")).to_contain_text("Taken already: Next segment")
    confirm.get_by_role("button", name="Change").press("Enter")
    desk.keyboard.press("Alt+q")
    expect(confirm).to_contain_text("Alt+Q")
    button = acting.desk_row(desk, "headline").locator("[data-desk-do=confirm]")
    expect(button).to_have_attribute("title", "Alt+Q")
    desk.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    acting.target_box(desk, "headline").click()
    desk.keyboard.type("港口札记")
    desk.keyboard.press("Alt+q")
    expect(acting.desk_row(desk, acting.FIRST).locator(":focus")).to_have_count(1)
    # The old keys are free, also after a reload.
    acting.wait_for_autosave(desk)
    desk.reload()
    acting.target_box(desk, acting.FIRST).click()
    desk.keyboard.press("Control+Enter")
    expect(acting.desk_row(desk, acting.FIRST).locator(":focus")).to_have_count(1)
    desk.locator("[data-desk-keys]").click()
    keys.get_by_role("button", name="All shortcuts as they were").click()
    expect(confirm).to_contain_text("Ctrl+Enter")
