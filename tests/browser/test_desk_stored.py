"""What is stored while the desk is open, by another way than typing: its rows follow."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from archive.desk.comments import add_comment
from archive.desk.editor.forms import TARGET, field_name
from archive.desk.saving import SegmentChange, save_segments, version_of
from tests.browser import acting, server
from tests.browser.acting import FIRST, SECOND
from tests.desk.helpers import Person
from tests.desk.rewriting import rewrite_at_once, text
from tests.factories import block, make_article, make_editor, make_translator

ROWS = re.compile(r"/rows/(\?source=\w*&draft=[\w.-]*&comments=[\w-]*)?$")


def test_a_repetition_is_filled_on_the_screen_and_asked_for_again_at_once(open_tab) -> None:
    body = [block("paragraph", "<p>Ships came.</p>", key) for key in (FIRST, SECOND)]
    desk: Page = open_tab(make_translator("li"))
    acting.edit(desk, make_article("Harbour notes", body=body).translations.get())
    acting.wait_until_watched(desk)
    asked = desk.locator("[data-desk-repetitions]")
    fill = asked.get_by_role("button", name="Fill as drafts")

    acting.translate(desk, {FIRST: "船来了。"})
    desk.keyboard.press("Control+Enter")
    fill.click()
    expect(acting.target_box(desk, SECOND)).to_have_text("船来了。")
    expect(acting.desk_row(desk, SECOND)).to_have_attribute("data-state", "repetition")
    expect(desk.locator("[data-desk-drafts-count]")).to_have_text("Drafts: 1")
    expect(asked).to_contain_text("Filled: 1 segment")

    expect(acting.target_box(desk, SECOND)).to_be_focused()

    # The list of drafts has what the bar counts.
    desk.locator("[data-desk-filter]").select_option("draft")
    expect(acting.desk_row(desk, SECOND)).to_be_visible()
    expect(acting.desk_row(desk, FIRST)).to_be_hidden()
    desk.locator("[data-desk-filter]").select_option("")

    # Within the second after which a change is saved by itself.
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("End")
    desk.keyboard.type("!")
    desk.keyboard.press("Control+Enter")
    expect(fill).to_be_visible()
    fill.click()
    expect(acting.target_box(desk, SECOND)).to_have_text("船来了。!")
    expect(acting.desk_says(desk, "saved")).to_be_visible()
    expect(acting.desk_row(desk, SECOND)).to_have_attribute("data-state", "repetition")


def test_the_question_about_repetitions_goes_with_its_reason(open_tab) -> None:
    body = [block("paragraph", "<p>Ships came.</p>", key) for key in (FIRST, SECOND)]
    translation = make_article("Harbour notes", body=body).translations.get()
    desk: Page = open_tab(make_translator("li"))
    acting.edit(desk, translation)
    acting.wait_until_watched(desk)
    asked = desk.locator("[data-desk-repetitions]")
    acting.translate(desk, {FIRST: "船来了。"})
    desk.keyboard.press("Control+Enter")
    expect(asked).to_be_visible()
    expect(acting.desk_says(desk, "saved")).to_be_visible()
    # It is asked until somebody answers, also on a page that is loaded again.
    desk.reload()
    acting.wait_until_watched(desk)
    expect(asked).to_be_visible()
    acting.translate(desk, {SECOND: "船到了。"})
    expect(asked).to_be_hidden()


def test_each_question_about_repetitions_is_asked_and_what_was_done_passes(open_tab) -> None:
    keys = [f"00000000-0000-4000-8000-{number:012d}" for number in range(901, 905)]
    words = ["Ships came.", "They left.", "Ships came.", "They left."]
    body = [
        block("paragraph", f"<p>{text}</p>", key) for text, key in zip(words, keys, strict=True)
    ]
    desk: Page = open_tab(make_translator("li"))
    acting.edit(desk, make_article("Harbour notes", body=body).translations.get())
    acting.wait_until_watched(desk)
    asked = desk.locator("[data-desk-repetitions]")
    for key, target in zip(keys, ["船来了。", "他们走了。"], strict=False):
        acting.target_box(desk, key).click()
        desk.keyboard.type(target)
        desk.keyboard.press("Control+Enter")
    expect(asked).to_contain_text("The text of segment 2 waits in 1 more segment")
    acting.wait_for_autosave(desk)
    expect(asked).to_contain_text("This story: 4")
    asked.get_by_role("button", name="Fill as drafts").click()
    expect(asked).to_contain_text("The text of segment 3 waits in 1 more segment")
    expect(asked).to_contain_text("Filled: 1 segment · This story: 4")
    asked.get_by_role("button", name="Fill as drafts").click()
    expect(acting.target_box(desk, keys[3])).to_have_text("他们走了。")
    expect(asked).to_contain_text("Filled: 1 segment · This story: 5")
    # Whoever goes on has read it.
    acting.translate(desk, {"headline": "港口札记"})
    desk.keyboard.press("Control+Enter")
    expect(asked).to_be_hidden()


def test_the_next_unfinished_segment_may_be_the_one_where_the_desk_opens(
    desk: Page, translation
) -> None:
    acting.target_box(desk, FIRST).click()
    desk.reload()
    acting.wait_until_watched(desk)
    first, second = (acting.desk_row(desk, key).locator(":focus") for key in (FIRST, SECOND))
    expect(first).to_have_count(1)
    desk.keyboard.press("Control+Alt+j")
    acting.wait_for_frames(desk)
    expect(first).to_have_count(1)
    desk.keyboard.press("Control+Alt+j")
    expect(second).to_have_count(1)


def test_what_is_typed_in_a_repetition_stays_when_it_would_be_filled(open_tab) -> None:
    body = [block("paragraph", "<p>Ships came.</p>", key) for key in (FIRST, SECOND)]
    desk: Page = open_tab(make_translator("li"))
    acting.edit(desk, make_article("Harbour notes", body=body).translations.get())
    acting.wait_until_watched(desk)
    acting.translate(desk, {FIRST: "船来了。"})
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-desk-repetitions]")).to_be_visible()
    expect(acting.target_box(desk, SECOND)).to_be_focused()
    # Not saved by itself before the key is pressed.
    desk.keyboard.type("own")
    desk.keyboard.press("Control+Alt+y")
    acting.wait_for_autosave(desk)
    row = acting.desk_row(desk, SECOND)
    expect(row).to_have_attribute("data-state", "draft")
    expect(row.locator("[data-desk-theirs]")).to_have_count(0)
    expect(acting.target_box(desk, SECOND)).to_have_text("own")


def test_the_button_says_that_nothing_was_filled(open_tab) -> None:
    body = [block("paragraph", "<p>Ships came.</p>", key) for key in (FIRST, SECOND)]
    translation = make_article("Harbour notes", body=body).translations.get()
    desk: Page = open_tab(make_translator("li"))
    acting.edit(desk, translation)
    acting.wait_until_watched(desk)
    asked = desk.locator("[data-desk-repetitions]")
    acting.translate(desk, {FIRST: "船来了。"})
    desk.keyboard.press("Control+Enter")
    expect(asked).to_be_visible()
    # This window hasn't heard of it yet.
    with server.turn:
        change = SegmentChange(SECOND, target="<p>船到了。</p>")
        save_segments(translation, [change], user=make_translator("wang"))
    asked.get_by_role("button", name="Fill as drafts").click()
    expect(asked).to_contain_text("Nothing was filled: no segment waits for these words any more.")


def test_a_correction_of_the_source_is_shown_in_its_row(desk: Page, translation) -> None:
    acting.translate(desk, {FIRST: "船来了。"})
    desk.keyboard.press("Control+Enter")
    row = acting.desk_row(desk, FIRST)
    expect(row).to_have_attribute("data-state", "confirmed")
    correct_first(translation)
    acting.target_box(desk, FIRST).click()
    expect(row.locator("[data-desk-source]")).to_have_text("Two ships came.")
    expect(row.locator("[data-desk-saved]")).to_have_text(
        "The source was corrected in the meantime"
    )
    expect(row).to_have_attribute("data-state", "stale")
    stale = desk.locator("[data-desk-stale-count]")
    expect(stale).to_have_text("Source changed: 1")
    expect(desk.locator("[data-desk-count]")).to_have_text("0 of 3 segments confirmed")
    row.get_by_role("button", name="Still correct").click()
    expect(row).to_have_attribute("data-state", "confirmed")
    expect(desk.locator("[data-desk-count]")).to_have_text("1 of 3 segments confirmed")
    expect(stale).to_be_hidden()
    expect(row.locator("[data-desk-stale]")).to_have_count(0)


def type_without_a_pause(page: Page) -> None:
    """From now on: however long a busy machine takes from one key to the next."""
    page.evaluate("{ const now = Date.now(); Date.now = () => now; }")


def test_who_types_on_after_a_correction_keeps_its_mark(desk: Page, translation) -> None:
    acting.target_box(desk, FIRST).click()
    type_without_a_pause(desk)
    desk.keyboard.type("a")
    acting.wait_for_autosave(desk)
    with server.turn:
        editor = Person(make_editor())
        rewrite_at_once(
            editor,
            translation.article,
            lambda blocks: [text(blocks[0], "<p>Two ships came.</p>"), blocks[1]],
        )
    row = acting.desk_row(desk, FIRST)
    desk.keyboard.type("b")
    expect(row.locator("[data-desk-stale] ins")).to_have_text("Two ships")
    for letter in "cd":
        desk.keyboard.type(letter)
        acting.wait_for_autosave(desk)
    desk.keyboard.press("Control+Enter")
    acting.wait_for_autosave(desk)
    expect(row).to_have_attribute("data-state", "stale")
    expect(row.locator("[data-desk-stale] ins")).to_have_text("Two ships")
    acting.target_box(desk, FIRST).click()
    row.get_by_role("button", name="Still correct").click()
    expect(row.locator("[data-desk-stale]")).to_have_count(0)
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")
    # Whoever comes to a row that is marked has the mark before them.
    with server.turn:
        rewrite_at_once(
            editor,
            translation.article,
            lambda blocks: [text(blocks[0], "<p>Three ships came.</p>"), blocks[1]],
        )
    acting.translate(desk, {SECOND: "他们走了。"})
    expect(row).to_have_attribute("data-state", "stale")
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("End")
    desk.keyboard.type("!")
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")


def test_what_is_said_while_the_desk_is_open_is_shown(desk: Page, translation) -> None:
    acting.target_box(desk, FIRST).click()
    expect(desk.locator("[data-section=memory]")).to_be_visible()
    with server.turn:
        add_comment(translation, FIRST, "Is it 湛江?", user=make_translator("wang"))
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(acting.desk_row(desk, FIRST).locator("[data-desk-comments] span").first).to_have_text(
        "1"
    )
    expect(desk.locator("[data-section=comments]").first).to_contain_text("Is it 湛江?")


def test_ones_own_words_are_not_said_to_be_another_windows(open_tab, translation) -> None:
    li = make_translator("li")
    save_segments(translation, [SegmentChange("headline", "港口")], user=li)
    desk: Page = open_tab(li)
    asked = acting.Held(desk, re.compile("/ping/"))
    acting.edit(desk, translation)
    acting.translate(desk, {FIRST: "船来了。"})
    acting.wait_for_autosave(desk)
    # It asks about the version that the page was opened with, and is answered after the save.
    asked.wait()
    with desk.expect_response(asked[0].request.url):
        asked.release()
    # Wagtail asks again after ten seconds.
    acting.pause(desk, 3_000)
    assert not desk.locator(".w-ping--critical").count()


def correct_first(translation) -> None:
    """An editor corrects the first paragraph and publishes it."""
    with server.turn:
        rewrite_at_once(
            Person(make_editor()),
            translation.article,
            lambda blocks: [text(blocks[0], "<p>Two ships came.</p>"), blocks[1]],
        )


def test_who_confirms_after_a_correction_is_told_of_it_first(desk: Page, translation) -> None:
    acting.target_box(desk, FIRST).click()
    type_without_a_pause(desk)
    desk.keyboard.type("a")
    acting.wait_for_autosave(desk)
    correct_first(translation)
    row, says = acting.desk_row(desk, FIRST), "press Ctrl+Alt+R"
    desk.keyboard.type("b")
    expect(row.locator("[data-desk-stale] ins")).to_have_text("Two ships")
    # Not saved by itself before the key is pressed.
    desk.keyboard.press("Control+a")
    desk.keyboard.type("c")
    desk.keyboard.press("Control+Enter")
    expect(row.locator("[data-desk-saved]")).to_contain_text(says)
    expect(row).to_have_attribute("data-state", "stale")
    expect(row.locator("[data-desk-stale] ins")).to_have_text("Two ships")
    # Who doesn't look up types the next segment.
    desk.keyboard.type("second")
    expect(acting.target_box(desk, SECOND)).to_have_text("second")
    expect(acting.target_box(desk, FIRST)).to_have_text("c")
    # Told of it, one writes for the source as it stands, with what changed before one.
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("End")
    desk.keyboard.type("d")
    acting.wait_for_autosave(desk)
    expect(row).to_have_attribute("data-state", "draft")
    expect(row.locator("[data-desk-changed] ins")).to_have_text("Two ships")
    expect(row.get_by_role("button", name="Still correct")).to_be_hidden()
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")
    expect(row.locator("[data-desk-changed]")).to_have_count(0)
    expect(acting.desk_row(desk, SECOND).locator(":focus")).to_have_count(1)


def correct_first_and_show(page: Page, translation) -> None:
    """The same, while the cursor stands in the row."""
    correct_first(translation)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(acting.desk_row(page, FIRST).locator("[data-desk-source]")).to_have_text(
        "Two ships came."
    )


def test_words_written_with_a_correction_before_one_translate_it(desk: Page, translation) -> None:
    acting.translate(desk, {FIRST: "船来了。"})
    acting.wait_for_autosave(desk)
    row = acting.desk_row(desk, FIRST)
    correct_first_and_show(desk, translation)
    expect(row).to_have_attribute("data-state", "stale")
    acting.pause(desk, 2_100)
    desk.keyboard.type("!")
    acting.wait_for_autosave(desk)
    expect(row).to_have_attribute("data-state", "draft")
    expect(row.locator("[data-desk-changed] ins")).to_have_text("Two ships")
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")
    desk.reload()
    expect(row).to_have_attribute("data-state", "confirmed")


def test_a_correction_off_the_screen_is_before_nobody(desk: Page, translation) -> None:
    desk.set_viewport_size(acting.NARROW)
    acting.translate(desk, {FIRST: "船来了。" * 200})
    acting.wait_for_autosave(desk)
    row = acting.desk_row(desk, FIRST)
    correct_first_and_show(desk, translation)
    acting.pause(desk, 2_100)
    expect(row.locator("[data-desk-stale]")).not_to_be_in_viewport()
    desk.keyboard.type("!")
    acting.wait_for_autosave(desk)
    desk.keyboard.press("Control+Enter")
    expect(row.locator("[data-desk-saved]")).to_contain_text("press Ctrl+Alt+R")
    expect(row).to_have_attribute("data-state", "stale")


def test_first_words_typed_as_a_correction_comes_are_the_former_texts(
    desk: Page, translation
) -> None:
    acting.target_box(desk, FIRST).click()
    type_without_a_pause(desk)
    correct_first_and_show(desk, translation)
    desk.keyboard.type("a")
    desk.keyboard.press("Control+Enter")
    row = acting.desk_row(desk, FIRST)
    expect(row).to_have_attribute("data-state", "stale")
    expect(row.locator("[data-desk-stale] ins")).to_have_text("Two ships")


def test_what_changed_is_shown_until_somebody_confirms(desk: Page, translation) -> None:
    acting.translate(desk, {FIRST: "船来了。"})
    desk.keyboard.press("Control+Enter")
    row = acting.desk_row(desk, FIRST)
    expect(row).to_have_attribute("data-state", "confirmed")
    correct_first(translation)
    acting.translate(desk, {SECOND: "他们走了。"})
    expect(row).to_have_attribute("data-state", "stale")
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("End")
    desk.keyboard.type("!")
    acting.wait_for_autosave(desk)
    expect(row).to_have_attribute("data-state", "draft")
    change = row.locator("[data-desk-changed] ins")
    expect(change).to_have_text("Two ships")
    # Whoever opens it later has it before them, too.
    desk.reload()
    expect(change).to_have_text("Two ships")
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")
    expect(change).to_have_count(0)


def test_words_typed_over_a_correction_can_be_called_still_correct_at_once(
    desk: Page, translation
) -> None:
    acting.target_box(desk, FIRST).click()
    type_without_a_pause(desk)
    desk.keyboard.type("a")
    acting.wait_for_autosave(desk)
    correct_first(translation)
    row = acting.desk_row(desk, FIRST)
    desk.keyboard.type("b")
    expect(row.locator("[data-desk-stale] ins")).to_have_text("Two ships")
    desk.keyboard.type("c")
    desk.keyboard.press("Control+Alt+r")
    expect(row.locator("[data-desk-stale]")).to_have_count(0)
    expect(row).to_have_attribute("data-state", "draft")
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")


def test_a_correction_reaches_all_rows_and_leaves_what_is_typed(desk: Page, translation) -> None:
    acting.translate(desk, {FIRST: "船来了。", SECOND: "他们走了。"})
    for key in (FIRST, SECOND):
        acting.target_box(desk, key).click()
        desk.keyboard.press("Control+Enter")
    rows = [acting.desk_row(desk, key) for key in (FIRST, SECOND)]
    for row in rows:
        expect(row).to_have_attribute("data-state", "confirmed")
    with server.turn:
        rewrite_at_once(
            Person(make_editor()),
            translation.article,
            lambda blocks: [
                text(blocks[0], "<p>Two ships came.</p>"),
                text(blocks[1], "<p>They left at noon.</p>"),
            ],
        )
    # Neither row is touched.
    acting.translate(desk, {"headline": "港口札记"})
    acting.wait_for_autosave(desk)
    for row, words in zip(rows, ("Two ships came.", "They left at noon."), strict=True):
        expect(row.locator("[data-desk-source]")).to_have_text(words)
        expect(row).to_have_attribute("data-state", "stale")
    expect(desk.locator("[data-desk-stale-count]")).to_have_text("Source changed: 2")
    expect(acting.field(desk, field_name(TARGET, "headline"))).to_have_value("港口札记")
    expect(desk.locator("[data-desk-rearranged]")).to_be_hidden()


def test_what_a_file_brings_is_shown_in_rows_that_nobody_touches(desk: Page, translation) -> None:
    acting.translate(desk, {FIRST: "船来了。"})
    acting.wait_for_autosave(desk)
    # Held back as a slow line would: it is typed, and the server doesn't know.
    held = acting.Held(desk, re.compile("/segments/$"))
    acting.translate(desk, {FIRST: "船都来了。"})
    held.wait()
    with server.turn:
        translation.refresh_from_db()
        segments = translation.get_latest_revision_as_object().segments.all()
        [stored] = [one for one in segments if one.key == FIRST]
        changes = [
            SegmentChange("headline", "港口札记", origin="file"),
            SegmentChange(SECOND, "<p>他们走了。</p>", origin="machine"),
            SegmentChange(FIRST, "<p>几条船来了。</p>", version_of(stored), origin="file"),
        ]
        save_segments(translation, changes, user=make_translator("wang"), is_version=True)
    held.release()

    headline, second = (acting.desk_row(desk, key) for key in ("headline", SECOND))
    expect(acting.target_box(desk, SECOND)).to_have_text("他们走了。")
    expect(second).to_have_attribute("data-state", "machine")
    expect(second.locator("[data-desk-saved]")).to_contain_text("A colleague saved another text")
    expect(acting.field(desk, field_name(TARGET, "headline"))).to_have_value("港口札记")
    expect(headline).to_have_attribute("data-state", "file")
    expect(desk.locator("[data-desk-drafts-count]")).to_have_text("Drafts: 3")
    # It is said until somebody has been in the row.
    acting.target_box(desk, SECOND).click()
    expect(second.locator("[data-desk-saved]")).to_contain_text("A colleague saved another text")
    acting.field(desk, field_name(TARGET, "headline")).click()
    desk.keyboard.press("End")
    desk.keyboard.type("！")
    expect(second.locator("[data-desk-saved]")).to_have_text("Saved")
    # What is typed here and what was stored there are both shown.
    expect(acting.desk_row(desk, FIRST)).to_have_attribute("data-state", "conflict")
    expect(acting.target_box(desk, FIRST)).to_have_text("船来了。船都来了。")


def test_nothing_takes_the_place_of_what_an_input_method_composes(desk: Page, translation) -> None:
    acting.work_in(desk, FIRST)
    desk.keyboard.insert_text("船")
    acting.wait_for_autosave(desk)
    acting.compose(desk, "laile")
    with server.turn:
        translation.refresh_from_db()
        segments = translation.get_latest_revision_as_object().segments.all()
        [stored] = [one for one in segments if one.key == FIRST]
        change = SegmentChange(FIRST, "<p>几条船。</p>", version_of(stored))
        save_segments(translation, [change], user=make_translator("wang"))
    # The sidebar is fetched anew with what follows another row's save, and tells of this one, too.
    with desk.expect_response("**/sidebar/**"):
        desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    acting.pause(desk, 300)
    expect(acting.target_box(desk, FIRST)).to_contain_text("laile")
    desk.context.new_cdp_session(desk).send("Input.insertText", {"text": "来了"})
    expect(acting.desk_row(desk, FIRST)).to_have_attribute("data-state", "conflict")
    expect(acting.target_box(desk, FIRST)).to_have_text("船来了")


def test_a_page_that_is_looked_at_asks_for_what_was_stored(desk: Page, translation) -> None:
    with server.turn:
        change = SegmentChange(SECOND, "<p>他们走了。</p>", origin="file")
        save_segments(translation, [change], user=make_translator("wang"))
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(acting.target_box(desk, SECOND)).to_have_text("他们走了。")
    expect(acting.desk_row(desk, SECOND)).to_have_attribute("data-state", "file")


def test_words_for_a_deleted_paragraph_are_nowhere_said_to_be_saved(open_tab, translation) -> None:
    desk: Page = open_tab(make_translator("li"), meets=(410,))
    acting.edit(desk, translation)
    acting.wait_until_watched(desk)
    with server.turn:
        rewrite_at_once(Person(make_editor()), translation.article, lambda blocks: blocks[1:])
    acting.translate(desk, {FIRST: "船来了。"})
    said = acting.desk_row(desk, FIRST).locator("[data-desk-saved]")
    expect(said).to_contain_text("Not saved: This paragraph was deleted.")
    banner = desk.locator("[data-desk-rearranged]")
    expect(banner).to_contain_text("Load the page again")
    expect(banner).not_to_contain_text("saved")


def test_findings_are_listed_by_the_rows_on_the_screen(desk: Page, translation) -> None:
    acting.translate(desk, {SECOND: "他们在 3 月走了。"})
    acting.wait_for_autosave(desk)
    with server.turn:
        rewrite_at_once(Person(make_editor()), translation.article, lambda blocks: blocks[1:])
    acting.translate(desk, {SECOND: "他们在 13 月走了。"})
    row = acting.desk_row(desk, SECOND).get_attribute("id")
    banner = desk.locator(".archive-desk__bar [data-desk-rearranged]")
    expect(banner).to_be_in_viewport()
    link = desk.locator(f'[data-desk-of="{SECOND}"]').first
    expect(link).to_have_attribute("href", f"#{row}")
    expect(link).to_have_text(f"Segment {row.removeprefix('row-')}")


def test_findings_in_a_corrected_source_wait_until_its_row_shows_it(
    desk: Page, translation
) -> None:
    acting.translate(desk, {FIRST: "船来了。"})
    acting.wait_for_autosave(desk)
    # Whatever is answered after the correction tells of it; of the first row nothing is asked.
    acting.work_in(desk, SECOND)
    held = acting.Held(desk, ROWS)
    with server.turn:
        rewrite_at_once(
            Person(make_editor()),
            translation.article,
            lambda blocks: [text(blocks[0], "<p>The 50 ships came.</p>"), blocks[1]],
        )
    found = acting.desk_row(desk, FIRST).locator("[data-desk-found]")
    acting.translate(desk, {SECOND: "他们走了。"})
    # What is found in the other segment is beside it by then, or not yet.
    expect(desk.locator(".archive-findings-panel li", has_text="50")).to_be_visible()
    expect(found).to_be_hidden()
    expect(desk.locator(".archive-desk__bar [data-desk-findings]")).to_be_hidden()

    held.wait()
    held.release()
    expect(acting.desk_row(desk, FIRST).locator("[data-desk-source]")).to_contain_text("50")
    expect(found).to_contain_text("Warnings: ")


def test_an_older_answer_about_all_rows_takes_back_no_confirmation(desk: Page, translation) -> None:
    acting.translate(desk, {FIRST: "船来了。"})
    acting.wait_for_autosave(desk)
    late: list[Any] = []
    desk.route(ROWS, lambda route: late.append((route, route.fetch())), times=1)
    with server.turn:
        rewrite_at_once(
            Person(make_editor()),
            translation.article,
            lambda blocks: [blocks[0], text(blocks[1], "<p>They left at noon.</p>")],
        )
    acting.translate(desk, {"headline": "港口札记"})
    acting.wait_until(desk, lambda: late)
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+Enter")
    row = acting.desk_row(desk, FIRST)
    expect(row).to_have_attribute("data-state", "confirmed")
    route, answer = late[0]
    with desk.expect_event("requestfinished", lambda request: ROWS.search(request.url)):
        route.fulfill(response=answer)
    desk.evaluate("new Promise((resolve) => setTimeout(resolve, 100))")
    expect(row).to_have_attribute("data-state", "confirmed")
    source = acting.desk_row(desk, SECOND).locator("[data-desk-source]")
    expect(source).to_have_text("They left at noon.")
    expect(row).to_have_attribute("data-state", "confirmed")
    expect(desk.locator("[data-desk-count]")).to_have_text("1 of 3 segments confirmed")


def test_a_refused_form_shows_the_corrected_source_that_its_words_are_for(open_tab) -> None:
    body = [block("paragraph", "<p>The 12 ships came.</p>", FIRST)]
    translation = make_article("Harbour notes", body=body).translations.get()
    person = make_translator("li")
    texts = {"headline": "港口札记", FIRST: "<p>12艘船来了。</p>"}
    changes = [SegmentChange(key, words, confirmed=True) for key, words in texts.items()]
    save_segments(translation, changes, user=person)
    desk: Page = open_tab(person)
    acting.edit(desk, translation)
    acting.wait_until_watched(desk)
    with server.turn:
        rewrite_at_once(
            Person(make_editor()),
            translation.article,
            lambda blocks: [text(blocks[0], "<p>The 15 ships came.</p>")],
        )
    with desk.expect_navigation():
        desk.evaluate("document.querySelector('footer [name=action-publish]').click()")
    row = acting.desk_row(desk, FIRST)
    expect(row.locator("[data-desk-source]")).to_have_text("The 15 ships came.")
    acting.translate(desk, {FIRST: "15艘船来了。"})
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")
    expect(row.locator("[data-desk-stale]")).to_have_count(0)


def test_an_old_version_is_not_said_to_be_saved(open_tab, translation) -> None:
    save_segments(translation, [SegmentChange("headline", "旧标题")], user=None)
    translation.refresh_from_db()
    old = translation.latest_revision_id
    page: Page = open_tab(make_translator("li"))
    revert = "wagtailsnippets_archive_translation:revisions_revert"
    acting.visit(page, revert, translation.pk, old)
    expect(page.locator("[data-desk-summary]")).to_have_attribute("data-kind", "off")
    row = acting.desk_row(page, "headline")
    expect(row.locator("textarea, input[type=text]").first).to_have_value("旧标题")
    expect(row.locator("[data-desk-saved]")).to_have_text("")


def test_drafts_that_must_be_confirmed_cannot_be_handed_on(open_tab, translation) -> None:
    save_segments(translation, [SegmentChange("headline", "机器", origin="machine")], user=None)
    page: Page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    page.evaluate("document.querySelector('footer [name=action-publish]').click()")
    dialog = page.locator("[data-desk-drafts]")
    expect(dialog).to_contain_text("must be confirmed first")
    expect(dialog.locator("[data-desk-drafts-go]")).to_be_hidden()
    dialog.locator("[data-desk-drafts-see]").click()
    expect(acting.desk_row(page, "headline").locator(":focus")).to_have_count(1)
