"""Nothing that is typed at the desk is lost: not in a row, not beside it, not in a crash."""

import os
import random
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from archive.desk.editor.forms import TARGET, field_name
from archive.models import CheckWaiver, SegmentComment, Translation
from archive.text.language import ENGLISH
from tests.browser import acting, server
from tests.browser.acting import FIRST, SECOND
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.test_desk_saving import cut_the_line, mend_the_line, stored
from tests.desk.helpers import again
from tests.factories import make_translator, translate

HEADLINE = field_name(TARGET, "headline")
COMMENT = "[data-section=comments] textarea"
# What is typed is handed to the browser's storage a quarter of a second later.
KEPT_MS = 300


def comment_on(page: Page, key: str) -> None:
    acting.target_box(page, key).focus()
    page.keyboard.press("Control+Alt+k")
    expect(page.locator(COMMENT)).to_be_focused()


@pytest.mark.parametrize(
    "way", ["Alt+ArrowDown", pytest.param("Control+Alt+j", marks=pytest.mark.exhaustive)]
)
def test_an_unsent_comment_waits_at_its_row(desk, way) -> None:
    comment_on(desk, FIRST)
    desk.keyboard.type("Is it the old port?")
    desk.keyboard.press(way)
    acting.target_box(desk, SECOND).focus()
    expect(desk.locator(COMMENT)).to_have_value("")
    row = acting.desk_row(desk, FIRST)
    expect(row.locator("[data-desk-unsent]")).to_be_visible()
    desk.reload()
    acting.wait_until_watched(desk)
    row.locator("[data-desk-unsent]").click()
    expect(desk.locator(COMMENT)).to_have_value("Is it the old port?")


def test_who_hands_in_is_asked_about_a_comment_that_is_not_sent(desk, translation) -> None:
    call_command("make_groups", workflow=True, verbosity=0)
    desk.reload()
    acting.wait_until_watched(desk)
    acting.translate(desk, {"headline": "港口札记", FIRST: "船来了。", SECOND: "他们走了。"})
    for key in ("headline", FIRST, SECOND):
        acting.target_box(desk, key).focus()
        desk.keyboard.press("Control+Enter")
    comment_on(desk, FIRST)
    desk.keyboard.type("Is it the old port?")
    desk.keyboard.press("Control+Alt+u")
    dialog = desk.locator("[data-desk-drafts]")
    expect(dialog).to_contain_text("a comment that was typed and not sent: 1")
    expect(dialog.locator("[data-desk-drafts-some]")).to_be_hidden()
    dialog.get_by_role("button", name="Go to the comment").click()
    expect(acting.desk_row(desk, FIRST).locator(":focus")).to_have_count(1)
    expect(desk.locator(COMMENT)).to_have_value("Is it the old port?")
    desk.keyboard.press("Control+Alt+u")
    with desk.expect_navigation():
        dialog.get_by_role("button", name="Go on without the comment").click()
    with server.turn:
        assert again(translation).state == "in_review"
    # It is still here.
    acting.edit(desk, translation)
    expect(acting.desk_row(desk, FIRST).locator("[data-desk-unsent]")).to_be_visible()


@pytest.mark.exhaustive
def test_ctrl_enter_sends_a_comment_and_leads_back_to_the_text(desk) -> None:
    comment_on(desk, FIRST)
    desk.keyboard.type("Is it the old port?")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-section=comments] li")).to_contain_text("Is it the old port?")
    expect(acting.desk_row(desk, FIRST).locator(":focus")).to_have_count(1)
    expect(acting.desk_row(desk, FIRST)).to_have_attribute("data-state", "empty")
    expect(acting.desk_row(desk, FIRST).locator("[data-desk-unsent]")).to_be_hidden()
    assert SegmentComment.objects.get().text == "Is it the old port?"


@pytest.mark.exhaustive
def test_a_thread_is_answered_and_resolved_by_keyboard(desk, translation) -> None:
    comment_on(desk, FIRST)
    desk.keyboard.type("Is it the old port?")
    desk.keyboard.press("Control+Enter")
    thread = desk.locator("[data-section^=thread-]")
    expect(thread).to_contain_text("Is it the old port?")
    desk.keyboard.press("Control+Alt+k")
    desk.keyboard.press("Control+Alt+k")
    expect(thread.locator("textarea")).to_be_focused()
    desk.keyboard.type("It is.")
    desk.keyboard.press("Escape")
    acting.target_box(desk, SECOND).focus()
    acting.target_box(desk, FIRST).focus()
    expect(desk.locator("[data-desk-aids]")).not_to_have_attribute("inert", "")
    expect(thread.locator("textarea")).to_have_value("It is.")
    desk.keyboard.press("Control+Alt+k")
    desk.keyboard.press("Control+Alt+k")
    expect(thread.locator("textarea")).to_be_focused()
    desk.keyboard.press("Control+Enter")
    expect(thread.locator(".archive-desk__replies")).to_contain_text("It is.")
    expect(thread.locator("textarea")).to_have_value("")
    thread.get_by_role("button", name="Resolve").press("Enter")
    expect(desk.get_by_text("1 resolved comment")).to_be_visible()
    expect(acting.desk_row(desk, FIRST).locator("[data-desk-comments]")).to_be_hidden()
    comment = SegmentComment.objects.get(parent=None)
    assert [one.text for one in comment.replies.all()] == ["It is."]


@pytest.mark.exhaustive
def test_a_reason_outlives_its_row_and_its_finding(open_tab, translation) -> None:
    translate(translation.article, publish=False, **{FIRST: "<p>船来了3次，</p>"})
    page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    acting.target_box(page, FIRST).focus()
    page.get_by_text("Dismiss").first.click()
    page.locator("[data-section-input=reason]").first.fill("As printed.")
    acting.target_box(page, SECOND).focus()
    expect(page.locator("[data-desk-aids]")).not_to_have_attribute("inert", "")
    expect(page.locator("[data-section-input=reason]").first).not_to_have_value("As printed.")
    acting.target_box(page, FIRST).focus()
    expect(page.locator("[data-section-input=reason]").first).to_have_value("As printed.")
    assert not CheckWaiver.objects.exists()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("船来了。")
    acting.wait_for_autosave(page)
    expect(page.locator(".archive-desk__left blockquote")).to_have_text("As printed.")


def test_letters_typed_without_a_pause_are_kept_all_along(desk) -> None:
    acting.target_box(desk, FIRST).focus()
    desk.keyboard.type("abcdefghijklmnopqrstuvwxyzabcd", delay=30)
    assert "abcdefghijklmnop" in str(desk.evaluate(acting.KEPT))


def kill(folder: Path) -> None:
    """End a browser and all its processes at once, as a machine without memory does."""
    found = subprocess.run(["pgrep", "-f", f"user-data-dir={folder}"], capture_output=True)
    for pid in map(int, found.stdout.split()):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_words_typed_just_before_the_browser_is_killed_are_saved(
    browser, live_server, translation, tmp_path
) -> None:
    translator = make_translator("li")

    def start() -> Page:
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=find_chromium(), args=list(FLAGS), base_url=live_server.url
        )
        context.add_init_script(acting.WATCH_FORM)
        acting.sign_in(context, translator, ENGLISH, live_server.url)
        acting.edit(context.pages[0], translation)
        acting.wait_until_watched(context.pages[0])
        return context.pages[0]

    page = start()
    cut_the_line(page)
    comment_on(page, SECOND)
    page.keyboard.type("Really?")
    acting.target_box(page, FIRST).press_sequentially("The boat left.", delay=30)
    acting.wait_until_kept(page, "Really?", "The boat left.")
    kill(tmp_path)
    for name in tmp_path.glob("Singleton*"):
        name.unlink()
    page = start()
    acting.wait_for_autosave(page)
    assert stored(translation, FIRST) == "The boat left."
    comment_on(page, SECOND)
    expect(page.locator(COMMENT)).to_have_value("Really?")
    page.context.close()


@pytest.mark.exhaustive
def test_half_a_word_of_an_input_method_is_not_saved(desk, translation) -> None:
    box = acting.field(desk, HEADLINE)
    box.focus()
    line = desk.context.new_cdp_session(desk)
    desk.keyboard.insert_text("港口")
    composed: dict[str, Any] = {"selectionStart": 4, "selectionEnd": 4}
    line.send("Input.imeSetComposition", {"text": "zhaj", **composed})
    acting.wait_for_autosave(desk)
    assert stored(translation) == "港口"
    line.send("Input.insertText", {"text": "札记"})
    acting.wait_for_autosave(desk)
    assert stored(translation) == "港口札记"


def test_letters_that_an_input_method_composes_as_the_tab_is_closed_are_told(desk) -> None:
    acting.work_in(desk, FIRST)
    desk.keyboard.type("港口")
    acting.wait_for_autosave(desk)
    acting.compose(desk, "zhaj")
    # A tab that is closed is left first; what that wrote is on the disk before the next one asks.
    desk.evaluate("window.dispatchEvent(new Event('pagehide'))")
    acting.wait_until_kept(desk, "zhaj")
    # Before another tab is opened: a page that loses the focus ends what is composed in it.
    context, address = desk.context, desk.url
    desk.close()
    again = context.new_page()
    again.goto(address)
    kept = acting.desk_row(again, FIRST).locator("[data-desk-composed]")
    expect(kept).to_contain_text("“zhaj”")
    acting.target_box(again, FIRST).click()
    again.keyboard.type("札")
    expect(kept).to_have_count(0)


@pytest.mark.exhaustive
def test_enter_ends_no_line_of_a_headline_and_ctrl_s_saves_without_a_reload(
    desk, translation
) -> None:
    acting.field(desk, HEADLINE).focus()
    desk.keyboard.type("Harbour")
    desk.keyboard.press("Enter")
    desk.keyboard.type(" notes")
    desk.evaluate("window.isTheSamePage = true")
    desk.keyboard.press("ControlOrMeta+s")
    acting.wait_for_autosave(desk)
    assert stored(translation) == "Harbour notes"
    assert desk.evaluate("window.isTheSamePage")
    expect(acting.field(desk, HEADLINE)).to_be_focused()


class Day:
    """Somebody who types at random, and to whom all kinds of things happen."""

    def __init__(self, open_tab: Any, translation: Translation, seed: int) -> None:
        self.chance = random.Random(seed)
        self.translation = translation
        self.page = open_tab(make_translator("li"))
        self.texts = dict.fromkeys(("headline", FIRST, SECOND), "")
        self.comments = dict(self.texts)
        self.open()

    def open(self) -> None:
        acting.edit(self.page, self.translation)
        acting.wait_until_watched(self.page)

    def type(self) -> None:
        key = self.chance.choice(list(self.texts))
        words = "".join(self.chance.choices("港口船来去ab ", k=self.chance.randint(5, 40))).strip()
        if self.chance.random() < 0.3:
            comment_on(self.page, key)
            expect(self.page.locator(COMMENT)).to_have_value(self.comments[key])
            self.page.keyboard.press("ControlOrMeta+End")
            self.comments[key] += words
        else:
            acting.target_box(self.page, key).focus()
            self.page.keyboard.press("ControlOrMeta+End")
            self.texts[key] += words
        # In a burst, as an input method or a fast hand sends them.
        self.page.keyboard.type(words)

    def keys(self) -> None:
        for _ in range(self.chance.randint(1, 12)):
            self.page.keyboard.press(
                self.chance.choice(
                    ["Alt+ArrowDown", "Alt+ArrowUp", "Control+Alt+j", "Control+Alt+k", "Escape"]
                )
            )

    def crash(self) -> None:
        """The browser's process for this tab ends at once: no script of the page hears of it."""
        acting.pause(self.page, KEPT_MS)
        # Who reads waits for what is being written.
        self.page.evaluate(acting.KEPT)
        context = self.page.context
        line = context.browser.new_browser_cdp_session()
        found = line.send("SystemInfo.getProcessInfo")["processInfo"]
        with self.page.expect_event("crash"):
            for process in found:
                if process["type"] == "renderer":
                    os.kill(process["id"], signal.SIGKILL)
        line.detach()
        self.page.close()
        self.page = context.new_page()
        self.open()

    def reload(self) -> None:
        self.page.reload()
        acting.wait_until_watched(self.page)

    def lose_the_line(self) -> None:
        cut_the_line(self.page)

    def find_the_line(self) -> None:
        mend_the_line(self.page)

    def live(self, accidents: int) -> None:
        accident = [self.crash, self.reload, self.lose_the_line, self.find_the_line, self.keys]
        for _ in range(accidents):
            self.type()
            self.chance.choice(accident)()


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(5))
def test_every_character_outlives_crashes_reloads_lost_lines_and_keys(
    open_tab, translation, seed
) -> None:
    day = Day(open_tab, translation, seed)
    day.live(10)
    mend_the_line(day.page)
    acting.wait_for_autosave(day.page)
    for key, text in day.texts.items():
        assert " ".join(stored(translation, key).split()) == " ".join(text.split())
    for key, text in day.comments.items():
        comment_on(day.page, key)
        expect(day.page.locator(COMMENT)).to_have_value(text)
