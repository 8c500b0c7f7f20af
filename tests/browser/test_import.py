"""An editor's whole way with files: dropped, read, one corrected by key, published, undone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from archive.contrib.intake.admin.item_list import ordered
from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.changes import change_fields
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.models import ArticlePage
from tests.browser import acting, server
from tests.contrib.intake.batches.values import ANOTHER, make_batch, make_importer
from tests.contrib.intake.texts import ENGLISH
from tests.factories import make_home

DROP = """(files) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector("[data-intake-drop]").dispatchEvent(event);
}"""


def test_two_dropped_files_are_published_and_taken_back(open_tab: Callable[..., Page]) -> None:
    make_home()
    page = open_tab(make_importer())
    acting.visit(page, "archive_import:new")
    page.evaluate(DROP, [["port.txt", ENGLISH], ["canal.txt", ANOTHER]])
    page.get_by_role("button", name="Read the files").click()
    expect(page.locator(".archive-intake__row")).to_have_count(2)
    page.get_by_role("link", name="Canal bridge closes for repairs").click()

    _correct(page)
    for headline in ("Canal bridge closes for repairs", "Port opens new route"):
        # Pressed twice before the next story has come, it decides this one alone.
        with server.turn:
            page.keyboard.press("y")
            page.keyboard.press("y")
        expect(page.locator(".messages")).to_contain_text(f"“{headline}” is published")
        expect(page.locator(".messages")).not_to_contain_text("somebody has decided")
        _wait_until_shown(page)
    assert ArticlePage.objects.live().count() == 2
    story = ArticlePage.objects.get(headline_en="Canal bridge closes for repairs")
    assert [block.block_type for block in story.body_en][1] == "subhead"

    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("2 stories were removed")).to_be_visible()
    assert not ArticlePage.objects.exists()


QUICK_MS = 150
LINES = ["Five lines of text", *(f"Line {one} says something of its own here." for one in "abcdef")]


# Each answer takes longer than the next key.
SLOW = """(() => {
  const real = window.fetch;
  window.fetch = async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return real(...args);
  };
})()"""


def test_no_quick_key_and_no_typed_word_is_lost(open_tab: Callable[..., Page]) -> None:
    make_home()
    user = make_importer()
    item = make_batch("\n".join(LINES), user=user).items.get()
    page = open_tab(user)
    page.add_init_script(SLOW)
    acting.visit(page, "archive_import:item", item.batch_id, item.pk)
    source = page.locator("[data-intake-source]")
    source.locator("[data-number='2']").click()
    for _line in range(5):
        page.keyboard.press("s", delay=0)
        page.wait_for_timeout(QUICK_MS)
        page.keyboard.press("ArrowDown")
    page.get_by_label("Section").click()
    page.keyboard.type("Harbour")
    expect(source.locator("[data-kind=subhead]")).to_have_count(5)
    expect(page.get_by_label("Section")).to_have_value("Harbour")
    expect(page.get_by_label("Section")).to_be_focused()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("Saved")
    item.refresh_from_db()
    kinds = [block["type"] for block in item.record["blocks"]]
    assert (kinds.count("subhead"), item.record["section"]) == (5, "Harbour")


def test_a_key_is_for_the_story_on_the_screen_and_none_is_lost(
    open_tab: Callable[..., Page],
) -> None:
    make_home()
    user = make_importer()
    texts = [f"Story number {one}\n" + "\n".join(LINES[1:]) for one in range(4)]
    batch = make_batch(*texts, user=user)
    first, second, third, _fourth = neighbours_in_order(batch)
    page = open_tab(user)
    acting.visit(page, "archive_import:item", batch.pk, first)
    _wait_until_shown(page)
    # The address of each story that a page was made of is kept.
    with server.turn:
        page.keyboard.press("j")
        page.keyboard.press("j")
    expect(page).to_have_url(re.compile(f"/{third}/$"))
    _wait_until_shown(page)
    with server.turn:
        page.keyboard.press("k")
        page.keyboard.press("x")
    expect(page).to_have_url(re.compile(f"/{second}/$"))
    expect(page.locator("[data-intake-status]")).to_contain_text("“x” was pressed before")
    assert not batch.items.filter(state="rejected").exists()
    page.keyboard.press("x")
    expect(page.locator(".messages")).to_contain_text("is left out")
    assert batch.items.get(state="rejected").pk == second


def test_no_story_is_decided_whose_mark_has_failed(open_tab: Callable[..., Page]) -> None:
    make_home()
    user = make_importer()
    item = make_batch("\n".join(LINES), user=user).items.get()
    page = open_tab(user)
    page.add_init_script(SLOW)
    acting.visit(page, "archive_import:item", item.batch_id, item.pk)
    _wait_until_shown(page)
    page.locator("[data-intake-source] [data-number='2']").click()
    # Not Wagtail's icons, which may still be on their way.
    page.route("**/import/**", lambda route: route.abort())
    page.keyboard.press("s")
    page.keyboard.press("x")
    expect(page.locator("[data-intake-status]")).to_contain_text("can’t be reached")
    page.unroute_all()
    item.refresh_from_db()
    assert item.state != "rejected"
    page.keyboard.press("x")
    expect(page.locator(".messages")).to_contain_text("is left out")


def test_a_key_and_a_click_ask_alike_before_a_doubtful_story_is_published(
    open_tab: Callable[..., Page],
) -> None:
    make_home()
    user = make_importer()
    item = make_batch(ENGLISH, user=user).items.get()
    ImportItem.objects.update(state=ImportItem.State.CHECK)
    page = open_tab(user)
    publish = page.get_by_role("button", name="Accept and publish")
    for way in ("key", "click"):
        acting.visit(page, "archive_import:item", item.batch_id, item.pk)
        _wait_until_shown(page)
        if way == "key":
            page.keyboard.press("y")
        else:
            publish.click()
        expect(page.get_by_role("heading", name="Publish this story?")).to_be_visible()
        assert not ArticlePage.objects.exists()
    expect(publish).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("is published")
    assert ArticlePage.objects.live().exists()


def test_who_is_logged_out_in_a_review_loses_no_mark_and_no_word(
    open_tab: Callable[..., Page], live_server: Any
) -> None:
    first, _second, page = _review_of_two(open_tab, meets=(403,))
    page.get_by_label("Section").fill("Harbour")
    page.context.clear_cookies()
    source, status = page.locator("[data-intake-source]"), page.locator("[data-intake-status]")
    for key in ("s", "m"):
        source.locator("[data-number='3']").click()
        page.keyboard.press(key)
        expect(status).to_contain_text("You are logged out")
        status.evaluate("(one) => { one.textContent = ''; }")
    expect(page.get_by_label("Section")).to_have_value("Harbour")
    acting.sign_in(page.context, first.batch.created_by, "en", live_server.url)
    _correct(page)
    page.keyboard.press("m")
    expect(page.locator(".messages")).to_contain_text("Saved")
    first.refresh_from_db()
    assert first.record["section"] == "Harbour"
    assert "subhead" in [block["type"] for block in first.record["blocks"]]


@pytest.mark.parametrize("way", ["j", "Next", "All stories"])
def test_moving_on_saves_what_was_typed(open_tab: Callable[..., Page], way: str) -> None:
    first, _second, page = _review_of_two(open_tab)
    page.get_by_label("Headline").fill("Typed, and not saved")
    if way == "j":
        page.keyboard.press("Escape")
        page.keyboard.press("j")
    else:
        page.get_by_role("link", name=way).click()
    expect(page).not_to_have_url(re.compile(f"/{first.batch_id}/{first.pk}/$"))
    first.refresh_from_db()
    assert first.record["headline"] == "Typed, and not saved"


def test_moving_on_stays_where_somebody_else_has_saved(open_tab: Callable[..., Page]) -> None:
    first, second, page = _review_of_two(open_tab, meets=(422,))
    page.get_by_label("Headline").fill("Mine")
    change_fields(first, first.batch.created_by, {"headline": "Theirs"})
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="You have changed this story")).to_be_visible()
    expect(page.locator("del")).to_have_text("Theirs")
    expect(page.get_by_label("Headline")).to_have_value("Mine")
    page.get_by_label("Replace what is saved with what is in my form").check()
    page.locator("[data-intake-source]").focus()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(f"/{second}/$"))
    first.refresh_from_db()
    assert first.record["headline"] == "Mine"


def test_leaving_the_page_asks_while_words_are_unsaved(open_tab: Callable[..., Page]) -> None:
    first, _second, page = _review_of_two(open_tab)
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    page.get_by_label("Headline").click()
    page.keyboard.type("Typed")
    page.evaluate("location.assign('/')")
    acting.wait_until(page, lambda: asked)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("Saved")
    assert asked == ["beforeunload"]
    first.refresh_from_db()
    assert "Typed" in first.record["headline"]


def _review_of_two(open_tab: Callable[..., Page], **options: Any) -> tuple[ImportItem, int, Page]:
    make_home()
    user = make_importer()
    batch = make_batch(ENGLISH, ANOTHER, user=user)
    first, second = neighbours_in_order(batch)
    page = open_tab(user, **options)
    acting.visit(page, "archive_import:item", batch.pk, first)
    _wait_until_shown(page)
    return batch.items.get(pk=first), second, page


def neighbours_in_order(batch: ImportBatch) -> list[int]:
    return list(ordered(batch).values_list("pk", flat=True))


def _wait_until_shown(page: Page) -> None:
    page.wait_for_load_state()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")


def _correct(page: Page) -> None:
    """The third line becomes a subhead: the cursor goes there, and a key is pressed."""
    source = page.locator("[data-intake-source]")
    expect(source).to_have_attribute("contenteditable", "true")
    source.locator("[data-number='3']").click()
    page.keyboard.press("s")
    expect(source.locator("[data-number='3'] [data-kind=subhead]")).to_be_visible()


def test_an_import_that_is_read_says_that_its_person_is_logged_out(
    open_tab: Callable[..., Page], live_server: Any
) -> None:
    make_home()
    user = make_importer()
    batch = create_batch(user)
    add_file(batch, user, "1.txt", ENGLISH.encode())
    page = open_tab(user, meets=(403,))
    held = acting.Held(page, re.compile(r"/read/"))
    acting.visit(page, "archive_import:batch", batch.pk)
    held.wait()
    page.context.clear_cookies()
    held.release()
    expect(page.locator("[data-intake-words]")).to_contain_text("You are logged out")
    acting.sign_in(page.context, user, "en", live_server.url)
    page.get_by_role("button", name="Read on").click()
    expect(page.locator(".archive-intake__row")).to_have_count(1)


def test_a_new_import_asks_before_what_was_pasted_or_chosen_is_lost(
    open_tab: Callable[..., Page],
) -> None:
    make_home()
    page = open_tab(make_importer())
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    acting.visit(page, "archive_import:new")
    page.evaluate(DROP, [["port.txt", ENGLISH]])
    chosen = page.locator("[data-intake-files]")
    chosen.set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": b"A line."}])
    assert chosen.evaluate("(input) => [...input.files].map((file) => file.name)") == [
        *("port.txt", "a.txt")
    ]
    page.get_by_label("Or paste a text").click()
    page.keyboard.type("Typed words")
    page.evaluate("location.assign('/')")
    acting.wait_until(page, lambda: asked)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Read the files").click()
    expect(page.locator(".archive-intake__row")).to_have_count(3)
    assert asked == ["beforeunload"]
