"""Words that a story's form couldn't store are offered when it is opened again."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from archive.models import ArticlePage
from archive.text.language import ENGLISH
from tests.browser import acting
from tests.browser.test_writing import make_writer, new_story, paragraphs
from tests.factories import block, make_article, make_body

WORDS = "The boat left at nine."
# Wagtail goes on telling that something is unsaved once the form is on its way.
STILL_UNSAVED = """() => {
  const told = new CustomEvent("w-unsaved:add", { bubbles: true, detail: { type: "edits" } });
  const form = document.querySelector("[data-edit-form]");
  navigation.addEventListener("navigate", () => setTimeout(() => form.dispatchEvent(told), 100));
}"""
# As soon as a key has done its work, long before Draftail hands over what it wrote.
LEAVES = """() => addEventListener("keyup", () => location.assign("/"), { once: true })"""


def open_form(page: Page, story: ArticlePage | None) -> None:
    if story:
        acting.edit(page, story)
    else:
        new_story(page)
    acting.wait_until_watched(page)


@pytest.mark.parametrize("is_new", [False, True])
def test_what_a_form_lost_is_saved_from_the_browser(open_tab, live_server, is_new: bool):
    story = None if is_new else make_article("Old words", live=False, body=make_body("Ships."))
    writer = make_writer()
    page = open_tab(writer, meets=(403,))
    open_form(page, story)
    page.context.clear_cookies()
    acting.type_into(page, "headline_en", "New words")
    acting.write(paragraphs(page).first, WORDS)
    acting.wait_until_kept(page, "New words", WORDS)
    page.close()
    context = page.context
    acting.sign_in(context, writer, ENGLISH, live_server.url)
    again = context.new_page()
    again.add_init_script(acting.WATCH_FORM)
    open_form(again, story)
    kept = again.locator(".archive-kept")
    expect(kept).to_contain_text("New words")
    # Beside what the server has.
    expect(kept.locator("[data-kept-words] del")).to_have_text([] if is_new else ["Old"])
    added = [] if is_new else ["New", re.compile("The boat left")]
    expect(kept.locator("[data-kept-words] ins")).to_have_text(added)
    with again.expect_event("load"):
        kept.get_by_role("button", name="Save as a draft").click()
    expect(acting.messages(again)).to_be_visible()
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    assert draft.headline_en == "New words"
    assert WORDS in draft.body_en[0].value.source
    acting.edit(again, draft)
    acting.wait_until_watched(again)
    expect(again.locator(".archive-kept")).to_have_count(0)


@pytest.mark.parametrize("key", ["x", "Backspace"])
def test_leaving_asks_right_after_the_last_letter_of_a_paragraph(open_tab, key: str):
    story = make_article("Old words", live=False, body=make_body("Ships."))
    page = open_tab(make_writer())
    open_form(page, story)
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        # Whoever stays may leave later.
        dialog.dismiss() if len(asked) == 1 else dialog.accept()

    page.on("dialog", answer)
    paragraphs(page).first.click()
    page.evaluate(LEAVES)
    page.keyboard.press(key)
    acting.wait_until(page, lambda: asked)
    assert asked == ["beforeunload"]


def test_words_of_an_abandoned_story_are_not_compared_with_another(open_tab):
    page = open_tab(make_writer())
    open_form(page, None)
    acting.write(paragraphs(page).first, WORDS)
    acting.wait_until_kept(page, WORDS)
    again = page.context.new_page()
    page.close()
    new_story(again)
    again.evaluate(
        """() => {
          // Typed before the browser has told what it keeps.
          document.querySelector("[name=headline_en]").value = "The boat is another one";
          document.dispatchEvent(new Event("w-unsaved:watch-edits"));
        }"""
    )
    kept = again.locator(".archive-kept")
    expect(kept.locator("[data-kept-words]")).to_have_text(WORDS)
    expect(kept.locator("[data-kept-marks]")).to_be_hidden()


@pytest.mark.parametrize("is_watched", [True, False])
@pytest.mark.parametrize("place", ["headline", "body"])
def test_words_typed_as_the_tab_is_closed_are_offered(open_tab, place: str, is_watched: bool):
    story = make_article("Old words", live=False, body=make_body("Ships."))
    page = open_tab(make_writer())
    acting.edit(page, story)
    if is_watched:
        acting.wait_until_watched(page)
    box = acting.field(page, "headline_en") if place == "headline" else paragraphs(page).first
    box.click()
    page.keyboard.insert_text(WORDS)
    again = page.context.new_page()
    page.close()
    again.add_init_script(acting.WATCH_FORM)
    open_form(again, story)
    expect(again.locator(".archive-kept")).to_contain_text(WORDS)


def test_letters_that_an_input_method_composes_as_the_tab_is_closed_are_told(open_tab):
    story = make_article("Old words", live=False, body=make_body("Ships."))
    page = open_tab(make_writer(), timezone_id="America/New_York")
    open_form(page, story)
    acting.write(paragraphs(page).first, "港口")
    acting.compose(page, "zhaj")
    # A tab that is closed is left first; what that wrote is on the disk before the next one asks.
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    acting.wait_until_kept(page, "zhaj")
    # Before another tab is opened: a page that loses the focus ends what is composed in it.
    context = page.context
    page.close()
    again = context.new_page()
    open_form(again, story)
    expect(again.locator("[data-kept-words]")).to_have_text("Ships.港口")
    expect(again.locator("[data-kept-letters]")).to_have_text("zhaj")
    # Not by the browser's clock, which is another than that of the form's other times.
    expect(again.locator("[data-kept-at]")).to_contain_text("GMT+8")


@pytest.mark.parametrize("pause", [0, 400])
def test_words_that_were_undone_are_not_kept(open_tab, settings, pause: int):
    # No autosave comes in between.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    page = open_tab(make_writer())
    open_form(page, make_article("Old words", live=False, body=make_body("Ships.")))
    acting.write(paragraphs(page).first, "Typed in vain")
    acting.pause(page, pause)
    while "in vain" in paragraphs(page).first.inner_text():
        page.keyboard.press("ControlOrMeta+z")
    acting.pause(page, 600)
    assert page.evaluate(acting.KEPT) == []
    page.keyboard.type("Kept")
    acting.wait_until_kept(page, "Kept")


def test_a_story_that_was_published_at_once_is_not_offered_again(open_tab, settings):
    # Publishing comes before the first autosave.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    page = open_tab(make_writer())
    open_form(page, None)
    acting.type_into(page, "headline_en", "New words")
    acting.write(paragraphs(page).first, WORDS)
    acting.wait_until_kept(page, "New words", WORDS)
    page.evaluate(STILL_UNSAVED)
    sent = acting.Held(page, re.compile(r"/pages/add/"))
    page.locator('footer [data-w-dropdown-target="toggle"]').click()
    page.locator("footer [name=action-publish]").click()
    sent.wait()
    # The answer takes a while.
    page.wait_for_timeout(1000)
    sent.release()
    expect(acting.messages(page)).to_contain_text("published")
    assert ArticlePage.objects.get().live
    open_form(page, None)
    expect(page.locator(".archive-kept")).to_have_count(0)


@pytest.mark.parametrize("action", ["", "publish"])
def test_no_button_leaves_the_form_without_a_connection(open_tab, action: str):
    page = open_tab(make_writer())
    open_form(page, make_article("Old words", live=False, body=make_body("Ships.")))
    page.context.set_offline(True)
    # Wagtail has heard of it.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    heard = "document.querySelector('[data-w-session-intercept-value=network]')"
    acting.wait_until(page, f"Boolean({heard})")
    acting.type_into(page, "headline_en", "New words")
    footer = page.locator("footer")
    if action:
        footer.locator('[data-w-dropdown-target="toggle"]').click()
    footer.locator(
        f'[name="action-{action}"]' if action else "button.action-save:not([name])"
    ).click()
    expect(acting.messages(page)).to_contain_text("can’t be reached")
    expect(acting.field(page, "headline_en")).to_have_value("New words")
    page.context.set_offline(False)
    acting.press(page)
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    assert draft.headline_en == "New words"


def test_words_of_a_deleted_block_are_not_offered_once_the_rest_is_saved(open_tab, settings):
    # No autosave comes in between.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    story = make_article("Old words", live=False, body=make_body("Ships.", "Boats."))
    page = open_tab(make_writer())
    open_form(page, story)
    body = acting.body_blocks(page, ENGLISH)
    body.nth(1).get_by_role("button", name="Delete").click()
    acting.type_into(page, "headline_en", "New words")
    acting.wait_until_kept(page, "New words")
    again = page.context.new_page()
    page.close()
    again.add_init_script(acting.WATCH_FORM)
    open_form(again, story)
    with again.expect_event("load"):
        again.get_by_role("button", name="Save as a draft").click()
    expect(acting.messages(again)).to_contain_text("updated")
    acting.wait_until_watched(again)
    acting.pause(again, 300)
    expect(again.locator(".archive-kept")).to_have_count(0)


CHANGE_VALUES = """() => {
  const put = (input, value) => {
    input.value = JSON.stringify(value);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const inputs = [...document.querySelectorAll("[data-edit-form] input[name^=body_en]")];
  const table = inputs.find((input) => input.value.includes("Lanterns"));
  const data = [["Year", "Lanterns"], ["2014", "40"]];
  put(table, { ...JSON.parse(table.value), data });
  put(document.querySelector("[name=unplaced]"), [{ text: "Left beside.", is_left_out: false }]);
}"""


def test_cells_and_words_that_are_not_placed_are_offered_as_words(open_tab):
    cells = {"data": [["Year", "Lanterns"]], "first_row_is_table_header": True}
    story = make_article("Old words", live=False, body=[block("table", cells)])
    page = open_tab(make_writer())
    open_form(page, story)
    page.locator("body").press("Shift")
    page.evaluate(CHANGE_VALUES)
    acting.wait_until_kept(page, "Left beside.")
    again = page.context.new_page()
    page.close()
    again.add_init_script(acting.WATCH_FORM)
    open_form(again, story)
    words = again.locator("[data-kept-words]")
    expect(words).to_contain_text("Left beside.")
    expect(words).to_contain_text("2014 · 40")
    expect(words).not_to_contain_text("{")
