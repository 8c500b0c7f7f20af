"""An editor writes a story: pastes it, accepts what was found, goes on by the keys."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from playwright.sync_api import Locator, Page, TimeoutError, expect

from archive.models import ArticlePage, Author
from archive.stories.actions import issue_for
from archive.text.language import ENGLISH
from archive.text.richtext import plain_text
from tests.browser import acting
from tests.browser.test_editor_access import faults
from tests.factories import (
    DAY,
    block,
    make_article,
    make_body,
    make_editor,
    make_entity,
    make_image,
    make_publication,
)

WEB_PAGE = """
<article><h1>Night ferry leaves the old quay</h1>
<p class="deck">Boats cross the bay every evening, after twenty years without one</p>
<p>By Li Na in Zhanjiang and Tom Reed in Seattle</p>
<p>ZHANJIANG, Guangdong - The ferry leaves <b>every evening</b> at nine, the harbour office said,
and is back at dawn with the fishermen's first catch.</p><p>&nbsp;</p>
<h2>What it costs</h2><ul><li>Adults pay forty yuan</li><li>Children go free</li></ul>
<blockquote>We have waited for this boat since my daughter was small.</blockquote>
<table><tr><td>Port</td><td>Time</td></tr><tr><td>Old quay</td><td>21:00</td></tr></table>
<p>The first boat carried two hundred people, most of them students who go home for
<a href="https://example.org/feast">the feast</a>, and it was full.</p></article>
"""


def make_writer() -> User:
    """An editor who may add authors and pictures."""
    editor = make_editor()
    for codename in ("add_author", "add_image", "change_image", "choose_image"):
        editor.user_permissions.add(Permission.objects.get(codename=codename))
    return editor


def new_story(page: Page, template: str = "") -> None:
    issue = issue_for(make_publication(), DAY)
    address = reverse("wagtailadmin_pages:add", args=["archive", "articlepage", issue.pk])
    page.goto(f"{address}?template={template}")


def copy_web_page(page: Page, html: str) -> None:
    """Selects all of a page in a tab of its own, and copies it as a person would."""
    tab = page.context.new_page()
    tab.set_content(html)
    tab.keyboard.press("ControlOrMeta+a")
    tab.keyboard.press("ControlOrMeta+c")
    tab.close()


def paragraphs(page: Page) -> Locator:
    return acting.body_blocks(page, ENGLISH).locator(".public-DraftEditor-content:visible")


def draft() -> ArticlePage:
    return ArticlePage.objects.get().get_latest_revision_as_object()


def words() -> list[str]:
    return [plain_text(block.value.source) for block in draft().body_en]


@pytest.mark.exhaustive
def test_a_pasted_story_becomes_blocks_and_fields(open_tab):
    for key, name, chinese in (
        ("zhanjiang", "Zhanjiang", "湛江"),
        ("seattle", "Seattle", "西雅图"),
    ):
        make_entity(key, name, chinese)
    page = open_tab(make_writer())
    new_story(page)
    copy_web_page(page, WEB_PAGE)
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("[data-found]").first).to_be_focused()
    page.keyboard.press("a")
    expect(acting.field(page, "headline_en")).to_have_value("Night ferry leaves the old quay")
    page.keyboard.press("Shift+A")
    expect(page.locator("#id_bylines-FORMS .chooser:not(.blank)")).to_have_count(4)
    acting.press(page)
    story = draft()
    kinds = [block.block_type for block in story.body_en]
    assert kinds == ["paragraph", "subhead", "list", "pull_quote", "table", "paragraph"]
    assert "<b>every evening</b>" in story.body_en[0].value.source
    assert 'href="https://example.org/feast"' in story.body_en[5].value.source
    assert story.standfirst_en.startswith("Boats cross")
    assert story.dateline_en == "ZHANJIANG, Guangdong"
    signed = [(str(one.author), str(one.place)) for one in story.bylines.all()]
    assert signed == [("Li Na", "Zhanjiang"), ("Tom Reed", "Seattle")]


def test_a_heading_below_a_short_paragraph_stays_one_in_its_place(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    copy_web_page(
        page,
        "<h1>The box that crossed the sea</h1><p>How a gift became a garden</p>"
        "<p>By Ruth Delgado</p><p>Harbor Herald, 14 May 2019, page 3</p>"
        "<p>TACOMA – The seed club began with one tin box.[1]</p><h2>What was in the box</h2>"
        "<ul><li>Forty packets of beans</li><li>A map</li></ul>",
    )
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("[data-found]").first).to_be_focused()
    # Each step tells all that was accepted; the first one is undone and accepted again.
    said = page.locator("[data-form-words]")
    told = ["Accepted: Headline", "Accepted: Headline, Standfirst"]
    for words_of_step in told:
        page.keyboard.press("a")
        expect(said).to_have_text(words_of_step)
    page.locator("[data-form-undo]").click()
    expect(said).to_have_text(f"Taken out again. {told[0]}")
    page.locator("[data-found]:visible").first.press("a")
    expect(said).to_have_text(told[1])
    page.keyboard.press("Shift+A")
    expect(said).to_have_text(f"{told[-1]}, Byline, Dateline")
    acting.press(page)
    body = draft().body_en
    assert [block.block_type for block in body][-3:] == ["paragraph", "subhead", "list"]
    assert "one tin box.[1]" in str(body[-3].value)


TWO = "<p>Night ferry leaves the old quay</p><p>The boat left at nine, he said on Monday.</p>"
BOTH = ["Night ferry leaves the old quay", "The boat left at nine, he said on Monday."]


def paste_two(page: Page) -> None:
    new_story(page)
    copy_web_page(page, TWO)
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(paragraphs(page)).to_have_text(BOTH)


@pytest.mark.parametrize("answer", ["r", "Escape", ""])
def test_a_paragraph_that_nobody_accepts_stays_in_the_body(open_tab, answer: str):
    page = open_tab(make_writer())
    paste_two(page)
    expect(page.locator("[data-found]").first).to_be_focused()
    if answer:
        page.keyboard.press(answer)
    acting.type_into(page, "headline_en", "Ferries")
    expect(paragraphs(page)).to_have_text(BOTH)
    acting.press(page)
    assert words() == BOTH


def test_what_is_pasted_after_a_session_has_ended_is_in_the_form(open_tab, live_server):
    writer = make_writer()
    page = open_tab(writer, meets=(403,))
    new_story(page)
    acting.wait_until_watched(page)
    copy_web_page(page, TWO)
    page.context.clear_cookies()
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(paragraphs(page)).to_have_text(BOTH)
    said = page.locator("[data-form-said]")
    expect(said).to_contain_text("You are logged out")
    acting.sign_in(page.context, writer, ENGLISH, live_server.url)
    acting.type_into(page, "headline_en", "Ferries")
    acting.press(page)
    assert words() == BOTH


def test_a_new_story_whose_autosave_is_slow_is_made_once(open_tab):
    page = open_tab(make_writer())
    page.clock.install()
    new_story(page)
    acting.wait_until_watched(page)
    held = acting.Held(page, re.compile(r"/pages/add/"))
    acting.type_into(page, "headline_en", "Ferries")
    held.wait()
    page.locator("footer button.action-save:not([name])").click()
    page.clock.fast_forward(30_000)
    page.wait_for_timeout(500)
    with page.expect_event("load"):
        held.release()
    assert [story.headline_en for story in ArticlePage.objects.all()] == ["Ferries"]


def test_no_autosave_begins_while_a_save_asks_for_its_session(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    acting.wait_until_watched(page)
    asked = acting.Held(page, re.compile(r"/admin/session/"))
    acting.type_into(page, "headline_en", "Ferries")
    page.locator("footer button.action-save:not([name])").click()
    asked.wait()
    # Both would make a new page.
    with (
        pytest.raises(TimeoutError),
        page.expect_request(re.compile(r"/pages/add/"), timeout=2_500),
    ):
        pass
    with page.expect_event("load"):
        asked.release()
    assert [story.headline_en for story in ArticlePage.objects.all()] == ["Ferries"]


STOP = """() => {
  const form = document.querySelector("[data-edit-form]");
  const name = "data-w-autosave-active-value";
  window.seen = [];
  const note = () => window.seen.push(form.getAttribute(name));
  new MutationObserver(note).observe(form, { attributes: true, attributeFilter: [name] });
  navigation.addEventListener("navigate", () => setTimeout(() => window.stop(), 500));
}"""


def test_autosave_waits_for_the_save_and_goes_on_if_that_is_stopped(open_tab, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 60_000
    page = open_tab(make_writer())
    new_story(page)
    acting.wait_until_watched(page)
    page.evaluate(STOP)
    held = acting.Held(page, re.compile(r"/pages/add/"))
    page.locator("footer button.action-save:not([name])").click()
    held.wait()
    acting.wait_until(page, "window.seen.length > 1")
    assert page.evaluate("window.seen") == ["false", "true"]


@pytest.mark.parametrize("answer", ["a", "r"])
def test_a_key_pressed_once_more_writes_nothing(open_tab, answer: str):
    page = open_tab(make_writer())
    paste_two(page)
    expect(page.locator("[data-found]").first).to_be_focused()
    page.keyboard.press(answer)
    expect(page.locator("[data-found]:visible")).to_have_count(0)
    headline = acting.field(page, "headline_en")
    expect(headline).to_have_value(BOTH[0] if answer == "a" else "")
    page.keyboard.type("arx")
    expect(headline).to_have_value(BOTH[0] if answer == "a" else "")
    expect(paragraphs(page)).to_have_text(BOTH[1:] if answer == "a" else BOTH)


SIGNED = """
<p>Night ferry leaves the old quay</p><p>Boats cross the bay every evening, after twenty years</p>
<p>By Zhou Lan, Peter O'Neill and Sun Mei (China Daily)</p>
<p>The boat left at nine, he said on Monday, and came back at dawn.</p>"""


@pytest.mark.parametrize("keys", ["aaa", "A"])
def test_no_key_of_the_proposals_reaches_a_field(open_tab, keys: str):
    page = open_tab(make_writer(), viewport={"width": 1366, "height": 768})
    new_story(page)
    copy_web_page(page, SIGNED)
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    found = page.locator("[data-found]")
    expect(found.first).to_be_focused()
    for key in keys:
        page.keyboard.press(key)
    printed = "By Zhou Lan, Peter O'Neill and Sun Mei (China Daily)"
    rows = page.locator("#id_bylines-FORMS .chooser:not(.blank)")
    expect(rows).to_have_count(3)
    # At the next proposal, or else in the panel.
    at = page.locator("[data-archive-story-form]:focus, [data-archive-story-form] :focus")
    expect(at).to_have_count(1)
    expect(at).to_be_in_viewport()
    for key in "xyz":
        page.keyboard.press(key)
    acting.pause(page, 700)
    expect(acting.field(page, "printed_byline")).to_have_value(printed)
    expect(rows).to_have_count(3)
    expect(page.locator("[data-form-words]")).to_be_in_viewport()
    # The field holds the byline: none of its words waits, and each author is made once.
    expect(page.locator("[data-archive-unplaced]")).to_be_hidden()
    names = sorted(Author.objects.values_list("name_en", flat=True))
    assert names == ["Peter O'Neill", "Sun Mei", "Zhou Lan"]


def test_a_typed_byline_leaves_the_cursor_where_somebody_goes_on(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    held = acting.Held(page, re.compile("story-form/byline/"))
    acting.field(page, "printed_byline").press_sequentially("By Tom Reed")
    acting.field(page, "headline_en").click()
    held.wait()
    held.release()
    expect(page.locator("#id_bylines-FORMS .chooser:not(.blank)")).to_have_count(1)
    page.keyboard.type("Ships")
    expect(acting.field(page, "headline_en")).to_have_value("Ships")


def test_an_accepted_headline_leaves_the_body_and_comes_back_with_undo(open_tab):
    page = open_tab(make_writer())
    paste_two(page)
    headline, undo = acting.field(page, "headline_en"), page.locator("[data-form-undo]")
    page.keyboard.press("a")
    expect(headline).to_have_value(BOTH[0])
    expect(paragraphs(page)).to_have_text(BOTH[1:])
    undo.click()
    expect(headline).to_have_value("")
    expect(paragraphs(page)).to_have_text(BOTH)
    expect(page.locator("[data-found]")).to_be_visible()
    undo.click()
    # The new form's own.
    expect(paragraphs(page)).to_have_text([""])


ELSEWHERE = "The Harbor Gazette, 3 December 2016, page C4"


@pytest.mark.parametrize("key", ["a", "Shift+A"])
def test_a_paper_that_the_archive_hasnt_keeps_its_line_and_the_storys_place(open_tab, key: str):
    page = open_tab(make_writer())
    new_story(page)
    copy_web_page(page, f"<p>{ELSEWHERE}</p>{TWO}")
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    printed = page.locator("[data-found]", has_text=ELSEWHERE.split(",")[0])
    expect(printed).to_contain_text("Its line stays in the text")
    expect(printed.get_by_role("button")).to_have_text(["Leave"])
    printed.focus()
    page.keyboard.press(key)
    expect(printed).to_be_focused()
    acting.type_into(page, "headline_en", "Ferries")
    acting.press(page)
    assert words()[0] == ELSEWHERE
    assert (draft().print_date, draft().print_page) == (DAY, "")


def test_the_hour_of_a_sites_line_is_kept_when_the_line_leaves_the_body(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    line = "By LI NA | China Daily | Updated: 2016-12-03 09:15"
    copy_web_page(page, f"<p>{line}</p>{TWO}")
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("[data-found]").first).to_be_focused()
    page.keyboard.press("Shift+A")
    left = page.locator("[data-unplaced-left] [data-unplaced-words]")
    expect(left).to_have_text(line)
    expect(acting.field(page, "printed_byline")).to_have_value("By LI NA")
    page.locator("[data-form-undo]").click()
    expect(left).to_have_count(0)
    expect(paragraphs(page).first).to_have_text(line)


@pytest.mark.parametrize("line", [ELSEWHERE, "Printed on 3 December 2016"])
def test_a_publication_that_is_chosen_stays_unless_another_is_accepted(open_tab, line: str):
    paper = make_publication()
    page = open_tab(make_writer())
    acting.visit(page, "wagtailadmin_pages:add", "archive", "articlepage", paper.pk)
    copy_web_page(page, f"<p>{line}</p>{TWO}")
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("[data-found]").first).to_be_focused()
    page.keyboard.press("Shift+A")
    expect(acting.field(page, "publication")).to_have_value(f"{paper.pk}")


def test_a_typed_headline_is_neither_proposed_for_nor_overwritten(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    acting.type_into(page, "headline_en", "My headline")
    copy_web_page(page, TWO)
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(paragraphs(page)).to_have_text(BOTH)
    expect(page.locator("[data-found]")).to_have_count(0)
    expect(acting.field(page, "headline_en")).to_have_value("My headline")


@pytest.mark.parametrize("key", ["a", "Shift+A"])
def test_a_headline_that_is_typed_beside_a_proposal_is_not_overwritten(open_tab, key: str):
    page = open_tab(make_writer())
    paste_two(page)
    acting.type_into(page, "headline_en", "My headline")
    found = page.locator("[data-found]", has_text=BOTH[0])
    found.focus()
    page.keyboard.press(key)
    expect(page.locator("[data-form-notes]")).to_contain_text("what was found for it stays")
    expect(acting.field(page, "headline_en")).to_have_value("My headline")
    expect(paragraphs(page)).to_have_text(BOTH)
    acting.field(page, "headline_en").fill("")
    found.focus()
    page.keyboard.press(key)
    expect(acting.field(page, "headline_en")).to_have_value(BOTH[0])


def test_what_is_not_placed_is_added_to_the_text_or_left_out(open_tab):
    story = make_article("Ships", live=False, body=make_body("Boats came."))
    story.unplaced = [{"text": "The mayor waved.", "is_left_out": False}, "Share | Print"]
    story.save_revision()
    page = open_tab(make_writer())
    acting.edit(page, story)
    expect(page.locator("[data-missing]")).to_contain_text("The mayor waved.")
    acting.wait_until_watched(page)
    page.get_by_role("button", name="Add to the text").first.click()
    expect(paragraphs(page)).to_have_text(["Boats came.", "The mayor waved."])
    page.get_by_role("button", name="Leave out").click()
    acting.press(page)
    expect(page.locator("[data-missing]")).to_contain_text("Nothing is missing")
    assert draft().unplaced == [{"text": "Share | Print", "is_left_out": True}]


@pytest.mark.exhaustive
def test_what_a_pasted_text_offers_is_open_to_everyone(open_tab):
    page = open_tab(make_writer(), bypass_csp=True)
    new_story(page)
    copy_web_page(page, WEB_PAGE)
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("[data-found]").first).to_be_focused()
    page.evaluate(AXE_SCRIPT)
    assert not faults(page, "pasted", "light") + faults(page, "pasted", "dark")


@pytest.mark.exhaustive
def test_a_story_is_pasted_over_a_templates_empty_blocks(open_tab):
    page = open_tab(make_writer())
    issue = issue_for(make_publication(), DAY)
    address = reverse("wagtailadmin_pages:add", args=["archive", "articlepage", issue.pk])
    page.goto(f"{address}?template=feature&language={ENGLISH}")
    copy_web_page(page, WEB_PAGE)
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("[data-found]").first).to_be_focused()
    page.keyboard.press("Shift+A")
    expect(acting.field(page, "headline_en")).to_have_value("Night ferry leaves the old quay")
    expect(page.locator("#id_bylines-FORMS .chooser:not(.blank)")).to_have_count(2)
    acting.press(page)
    kinds = [block.block_type for block in draft().body_en]
    text = ["paragraph", "subhead", "list", "pull_quote", "table", "paragraph"]
    # The picture's place stays.
    assert kinds == ["image", *text]


@pytest.mark.exhaustive
def test_enter_makes_the_next_paragraph_and_backspace_joins_two(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    acting.type_into(page, "headline_en", "Ships")
    paragraphs(page).first.click()
    page.keyboard.type("Ships came.")
    page.keyboard.press("Enter")
    page.keyboard.type("They left again.")
    expect(paragraphs(page)).to_have_text(["Ships came.", "They left again."])
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    # The space between two sentences is there already, and the caret behind it.
    expect(paragraphs(page)).to_have_text(["Ships came. They left again."])
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.press("Enter")
    acting.press(page)
    assert words() == ["Ships came. They left again."]


@pytest.mark.exhaustive
def test_a_piece_is_pasted_behind_the_paragraph_and_taken_out_again(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    acting.type_into(page, "headline_en", "Ships")
    paragraphs(page).first.click()
    page.keyboard.type("Ships came.")
    copy_web_page(page, "<p>Two boats from the north.</p><p>And one from the south.</p>")
    page.keyboard.press("ControlOrMeta+v")
    expect(paragraphs(page)).to_have_count(3)
    page.keyboard.type(" All safe.")
    acting.press(page)
    assert words()[1:] == ["Two boats from the north.", "And one from the south. All safe."]


@pytest.mark.exhaustive
def test_a_long_storys_editors_start_near_the_screen_and_nothing_is_lost(open_tab):
    story = make_article("Ships", body=make_body(*(f"Boat {n} came in." for n in range(120))))
    page = open_tab(make_editor())
    acting.edit(page, story)
    assert paragraphs(page).count() < 60
    last = acting.body_blocks(page, ENGLISH).last
    last.scroll_into_view_if_needed()
    acting.write(acting.editor_in(last), "All safe.")
    # As the Tab key reaches one that waits.
    page.locator(".archive-still").nth(40).focus()
    page.keyboard.type("At noon.")
    acting.press(page)
    body = [plain_text(b.value.source) for b in draft().body_en]
    assert len(body) == 120
    assert body[-1] == "Boat 119 came in.All safe."
    assert sum(text.endswith(" came in.At noon.") for text in body) == 1


@pytest.mark.parametrize("typed", ["31 November 2026", "2026-11-31"])
def test_a_date_that_does_not_exist_stays_as_it_was_typed(open_tab, typed: str):
    story = make_article("Ships", live=False)
    page = open_tab(make_writer())
    acting.edit(page, story)
    date = acting.field(page, "print_date")
    acting.pick_date(page, "print_date", typed)
    acting.field(page, "headline_en").click()
    expect(date).to_have_value(typed)
    acting.press(page)
    expect(acting.errors(page)).to_contain_text("There is no such date")
    expect(date).to_have_value(typed)


@pytest.mark.parametrize("way", ["tab", "pick"])
def test_the_calendar_goes_with_its_field(open_tab, way: str):
    page = open_tab(make_writer())
    new_story(page)
    day = acting.field(page, "print_date")
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    if way == "tab":
        day.focus()
        page.keyboard.press("Tab")
    else:
        day.click()
        calendar.locator("td.xdsoft_date:not(.xdsoft_other_month)").first.click()
        expect(day).not_to_have_value("")
    # It would come a moment later.
    page.wait_for_timeout(500)
    expect(calendar).to_have_count(0)


def test_an_unlikely_date_is_asked_about_before_readers_get_it(open_tab):
    story = make_article("Ships", live=False)
    page = open_tab(make_writer())
    acting.edit(page, story)
    acting.pick_date(page, "print_date", "2099-01-01")
    acting.press(page, "publish")
    expect(acting.errors(page)).to_contain_text("after tomorrow")
    refusal = page.locator(".messages .error")
    expect(refusal).to_contain_text("Nothing was published")
    acting.type_into(page, "headline_en", "Ships come")
    # Stored as a draft.
    expect(refusal).to_have_count(0)
    page.get_by_label("The print date 1 January 2099 is right").check()
    acting.press(page, "publish")
    story.refresh_from_db()
    assert (story.live, str(story.print_date)) == (True, "2099-01-01")


def test_a_refused_autosave_says_what_holds_it_up_and_what_the_form_lacks(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    acting.wait_until_watched(page)
    paragraphs(page).first.click()
    page.keyboard.type("Ships came.")
    told = page.locator("[data-missing]")
    expect(told).to_contain_text("Not saved. What holds it up:")
    expect(told).to_contain_text("Headline")
    expect(told).not_to_contain_text("needs a text")
    refused = acting.Held(page, re.compile("/(add|edit)/"))
    acting.type_into(page, "headline_en", "Ships")
    # At once, whatever the next save says.
    expect(told.locator(".archive-missing__held")).to_be_hidden()
    refused.wait()
    refused.release()
    none = told.locator(".archive-missing__none")
    expect(none).to_be_visible()
    held = acting.Held(page, re.compile("/(add|edit)/"))
    acting.type_into(page, "headline_en", "Ships and")
    expect(none).to_be_hidden()
    expect(page.locator("[data-missing-checking]")).to_be_visible()
    held.wait()
    held.release()
    expect(none).to_be_visible()
    expect(page.locator("[data-missing-checking]")).to_be_hidden()
    acting.pick_date(page, "print_date", "2026-13-45")
    acting.field(page, "headline_en").click()
    expect(told).to_contain_text("There is no such date")
    expect(told).not_to_contain_text("Nothing is missing")
    acting.press(page)
    expect(told).to_contain_text("There is no such date")
    expect(told).not_to_contain_text("Nothing is missing")


def test_the_list_of_what_is_missing_is_one_line_over_the_form(open_tab):
    page = open_tab(make_writer(), viewport=acting.NARROW)
    new_story(page)
    missing = page.locator("[data-missing] details")
    expect(missing).to_have_attribute("open", "")
    acting.field(page, "print_date").scroll_into_view_if_needed()
    expect(missing).not_to_have_attribute("open", "")
    missing.locator("summary").click()
    expect(missing.locator("li").first).to_be_in_viewport()
    missing.locator("summary").click()
    expect(missing).not_to_have_attribute("open", "")
    page.mouse.wheel(0, -9999)
    expect(missing).to_have_attribute("open", "")
    # Also what holds a save up.
    acting.wait_until_watched(page)
    acting.type_into(page, "dateline_en", "ZHANJIANG")
    told = page.locator("[data-missing]")
    expect(told).to_contain_text("Not saved")
    acting.field(page, "print_date").scroll_into_view_if_needed()
    expect(told.locator("summary:visible")).to_have_count(1)
    held = told.locator(".archive-missing__held")
    expect(held).not_to_have_attribute("open", "")
    held.locator("summary").click()
    expect(held.locator("li")).to_be_in_viewport()
    expect(missing.last.locator("summary")).to_be_visible()


@pytest.mark.parametrize("way", ["typed", "link"])
def test_a_correction_note_that_is_chosen_takes_the_cursor(open_tab, way):
    page = open_tab(make_writer())
    new_story(page)
    if way == "link":
        # What an editor is led to who is reminded of a note.
        page.goto(f"{page.url}#add-note")
        page.reload()
    else:
        paragraphs(page).first.click()
        page.keyboard.type("/Corr")
        page.keyboard.press("Enter")
    note = page.locator('[data-contentpath="text"] .public-DraftEditor-content')
    expect(note).to_be_in_viewport()
    expect(note).to_be_focused()
    page.keyboard.type("The boat left at ten.")
    expect(note).to_have_text("The boat left at ten.")


def test_enter_in_a_question_goes_to_the_empty_paragraph_of_its_answer(open_tab):
    page = open_tab(make_writer())
    new_story(page, template="interview")
    acting.type_into(page, "headline_en", "A talk with the captain")
    question = acting.body_blocks(page, ENGLISH).nth(1).locator('input[type="text"]')
    question.fill("When did you first sail?")
    question.press("Enter")
    page.keyboard.type("In 1976.")
    expect(paragraphs(page)).to_have_text(["", "In 1976.", ""])


def test_tab_leads_from_field_to_field_and_to_comments_while_they_are_open(open_tab):
    page = open_tab(make_writer())
    acting.edit(page, make_article("Old words", live=False, body=make_body("Ships.")))
    acting.wait_until_watched(page)
    headline, standfirst = (acting.field(page, f"{name}_en") for name in ("headline", "standfirst"))
    headline.click()
    page.keyboard.press("Tab")
    page.keyboard.type("The boat left at nine")
    expect(standfirst).to_have_value("The boat left at nine")
    page.keyboard.press("Shift+Tab")
    expect(headline).to_be_focused()
    page.locator('[data-side-panel-toggle="comments"]').click()
    headline.click()
    page.keyboard.press("Tab")
    expect(page.locator("[data-comment-add]:focus")).to_have_count(1)


def test_who_looks_through_a_story_saves_nothing(open_tab):
    picture = {
        "image": make_image(rights="© 2015").pk,
        "caption": "A ship",
        "alt_text": "",
        "credit": "Zhao",
    }
    words = '<p><b>Bold</b> and <i>so</i> <a href="https://example.org/">linked</a></p>'
    items = [{"type": "item", "value": words, "id": f"item-{number}"} for number in range(2)]
    pictures = [{"type": "item", "value": picture, "id": f"picture-{at}"} for at in range(2)]
    blocks = [
        ("paragraph", words),
        ("subhead", "Below"),
        ("pull_quote", {"quote": "So it is.", "attribution": "He"}),
        ("list", {"ordered": True, "items": items}),
        ("image", picture),
        ("gallery", {"title": "Ships", "pictures": pictures}),
        ("fact_box", {"title": "Facts", "text": words}),
        ("table", {"data": [["Day", "Tide"], ["Mon", "2 m"]], "first_row_is_table_header": True}),
        ("correction", {"date": "2015-09-23", "text": words, "words": "so"}),
    ]
    # Far enough down that their editors start late.
    far = [block("paragraph", f"<p>Paragraph {number}.</p>") for number in range(12)]
    story = make_article("Looked at", body=[*far, *(block(*one) for one in blocks)])
    page = open_tab(make_writer())
    form = "[...new FormData(document.querySelector('[data-edit-form]'))].map(String)"
    page.add_init_script(
        f"addEventListener('w-unsaved:watch-edits', () => {{ window.first ??= {form}; }})"
    )
    acting.edit(page, story)
    acting.wait_until_watched(page)
    late = "document.querySelector('input[data-archive-waiting][name^=body_en]')"
    assert page.evaluate(f"Boolean({late})")
    acting.wait_until(page, f"({late}?.parentElement.scrollIntoView(), !{late})")
    acting.pause(page, acting.DRAFTAIL_MS)
    assert page.evaluate(form) == page.evaluate("window.first")


def test_what_is_said_beside_save_stands_beside_an_open_side_panel(open_tab):
    page = open_tab(make_writer())
    new_story(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.locator("[data-side-panel-toggle='status']").first.click()
    right = page.evaluate("""() => {
        const said = document.querySelector(".footer__container--hidden");
        said.classList.remove("footer__container--hidden");
        said.firstElementChild.innerHTML = `<p>${"There is a newer version. ".repeat(4)}</p>`;
        return said.querySelector("p").getBoundingClientRect().right;
    }""")
    expect(page.locator(".form-side")).to_be_visible()
    # It is still sliding in.
    assert right <= 1366 - page.locator(".form-side").bounding_box()["width"]
