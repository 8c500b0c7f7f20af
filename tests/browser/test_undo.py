"""An editor takes back what several paragraphs took part in: whole, and no word more."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.test_editors_day import Day
from tests.browser.test_writing import (
    copy_web_page,
    make_writer,
    new_story,
    paragraphs,
    words,
)
from tests.factories import make_article, make_body, make_user

UNDO, REDO = "ControlOrMeta+z", "ControlOrMeta+Shift+z"
JOINED = "Alpha one two. Beta three four."


def type_two(page: Page) -> None:
    new_story(page)
    acting.type_into(page, "headline_en", "Letters")
    paragraphs(page).first.click()
    page.keyboard.type("Alpha one two.")
    page.keyboard.press("Enter")
    page.keyboard.type("Beta three four.")


def test_a_join_is_undone_and_done_again_whole(open_tab):
    page = open_tab(make_writer())
    type_two(page)
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    expect(paragraphs(page)).to_have_text([JOINED])
    page.keyboard.press(UNDO)
    expect(paragraphs(page)).to_have_text(["Alpha one two.", "Beta three four."])
    page.keyboard.press(REDO)
    expect(paragraphs(page)).to_have_text([JOINED])
    page.keyboard.type("X")
    expect(paragraphs(page)).to_have_text(["Alpha one two. XBeta three four."])
    page.keyboard.press(UNDO)
    expect(paragraphs(page)).to_have_text([JOINED])
    page.keyboard.press(UNDO)
    acting.press(page)
    assert words() == ["Alpha one two.", "Beta three four."]


def test_all_that_was_typed_is_undone_and_done_again_step_by_step(open_tab):
    page = open_tab(make_writer())
    type_two(page)
    both = ["Alpha one two.", "Beta three four."]
    for text in (["Alpha one two.", ""], ["Alpha one two."], [""]):
        page.keyboard.press(UNDO)
        expect(paragraphs(page)).to_have_text(text)
    for text in (["Alpha one two."], ["Alpha one two.", ""], both):
        page.keyboard.press(REDO)
        expect(paragraphs(page)).to_have_text(text)


def open_with(page: Page, text: str, cursor: int) -> None:
    acting.edit(page, make_article("Ships", live=False, body=make_body(text)))
    acting.wait_until_watched(page)
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+Home")
    for _ in range(cursor):
        page.keyboard.press("ArrowRight")


def test_a_split_is_undone_and_no_word_is_doubled(open_tab):
    page = open_tab(make_writer())
    open_with(page, "双方签署备忘录", 4)
    page.keyboard.press("Enter")
    expect(paragraphs(page)).to_have_text(["双方签署", "备忘录"])
    page.keyboard.press(UNDO)
    expect(paragraphs(page)).to_have_text(["双方签署备忘录"])
    page.keyboard.type("了")
    expect(paragraphs(page)).to_have_text(["双方签署了备忘录"])


def test_a_split_whose_half_was_written_in_is_not_undone_from_the_other(open_tab):
    page = open_tab(make_writer())
    open_with(page, "双方签署备忘录", 4)
    page.keyboard.press("Enter")
    page.keyboard.type("了")
    paragraphs(page).first.click()
    page.keyboard.press(UNDO)
    expect(paragraphs(page)).to_have_text(["双方签署", "了备忘录"])


PIECE = "<p>Two boats from the north.</p><p>And one from the south.</p>"
PASTED = ["第二段插入", "Two boats from the north.", "And one from the south.", "，链接。"]


@pytest.mark.parametrize("way", ["keys", "button"])
def test_a_piece_pasted_into_a_paragraph_is_taken_out_whole(open_tab, way: str):
    page = open_tab(make_writer())
    open_with(page, "第二段插入，链接。", 5)
    copy_web_page(page, PIECE)
    page.keyboard.press("ControlOrMeta+v")
    expect(paragraphs(page)).to_have_text(PASTED)
    said = page.locator("[data-form-said]")
    expect(said).to_contain_text("2 blocks were pasted.")
    if way == "keys":
        page.keyboard.press(UNDO)
    else:
        said.get_by_role("button").click()
    expect(paragraphs(page)).to_have_text(["第二段插入，链接。"])
    expect(said.get_by_role("button")).to_have_count(0)
    page.keyboard.press(REDO)
    expect(paragraphs(page)).to_have_text(PASTED)
    expect(said.get_by_role("button")).to_be_visible()


def test_what_was_written_in_a_pasted_piece_stays(open_tab):
    page = open_tab(make_writer())
    open_with(page, "第二段插入，链接。", 5)
    copy_web_page(page, PIECE)
    page.keyboard.press("ControlOrMeta+v")
    expect(paragraphs(page)).to_have_text(PASTED)
    acting.pause(page, 100)
    expect(paragraphs(page).nth(2)).to_be_focused()
    page.keyboard.type(" All safe.")
    said = page.locator("[data-form-said]")
    said.get_by_role("button").click()
    expect(paragraphs(page)).to_have_text([PASTED[0], f"{PASTED[2]} All safe.", PASTED[3]])
    expect(said).to_contain_text("but for what has been changed since")


STORY = (
    "<p>Night ferry leaves the old quay</p>"
    "<p>ZHANJIANG, Guangdong - The boat left at nine, he said on Monday.</p>"
)


def story_paste(open_tab):
    """A new story into which `STORY` was pasted."""
    page = open_tab(make_writer())
    new_story(page)
    copy_web_page(page, STORY)
    paragraphs(page).first.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("[data-found]").first).to_be_focused()
    return page


def accept_all(page):
    page.locator("[data-found]").first.focus()
    page.keyboard.press("Shift+A")


def accepted_paste(open_tab):
    """The same with all proposals accepted."""
    page = story_paste(open_tab)
    accept_all(page)
    return page


def test_words_of_a_proposal_that_were_edited_stay_and_it_is_said(open_tab):
    page = story_paste(open_tab)
    acting.write(paragraphs(page).first, "s")
    accept_all(page)
    rest = "The boat left at nine, he said on Monday."
    expect(paragraphs(page)).to_have_text(["Night ferry leaves the old quays", rest])
    said = page.locator("[data-form-said]")
    expect(said).to_contain_text("Changed in the body since")
    expect(said).not_to_contain_text("dateline)")
    page.locator("[data-form-undo]").click()
    whole = f"ZHANJIANG, Guangdong - {rest}"
    expect(paragraphs(page)).to_have_text(["Night ferry leaves the old quays", whole])


def test_a_proposal_takes_its_words_out_of_an_edited_paragraph(open_tab):
    page = story_paste(open_tab)
    acting.write(paragraphs(page).nth(1), " All safe.")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("ControlOrMeta+b")
    accept_all(page)
    rest = "The boat left at nine, he said on Monday. All safe."
    expect(paragraphs(page)).to_have_text([rest])
    assert paragraphs(page).first.locator("[style*=bold]").count()
    expect(page.locator("[data-form-said]")).not_to_contain_text("since")
    page.locator("[data-form-undo]").click()
    expect(paragraphs(page).nth(1)).to_have_text(f"ZHANJIANG, Guangdong - {rest}")


def test_accepted_words_come_back_once_where_the_paragraph_was_edited(open_tab):
    page = accepted_paste(open_tab)
    rest = "The boat left at nine, he said on Monday."
    expect(paragraphs(page)).to_have_text([rest])
    acting.write(paragraphs(page).first, " All safe.")
    page.locator("[data-form-undo]").click()
    expect(paragraphs(page)).to_have_text(
        ["Night ferry leaves the old quay", f"ZHANJIANG, Guangdong - {rest} All safe."]
    )


def choose_split(page: Page) -> None:
    """By Wagtail's own menu, which "/" opens."""
    page.keyboard.type("/split")
    expect(page.get_by_role("option", name="Split block")).to_be_visible()
    page.keyboard.press("Enter")


def test_a_split_by_the_menu_is_undone_and_done_again_whole(open_tab):
    page = open_tab(make_writer())
    open_with(page, "双方签署备忘录", 4)
    choose_split(page)
    both, whole = ["双方签署", "备忘录"], ["双方签署备忘录"]
    expect(paragraphs(page)).to_have_text(both)
    for _time in range(2):
        page.keyboard.press(UNDO)
        expect(paragraphs(page)).to_have_text(whole)
        page.keyboard.press(REDO)
        expect(paragraphs(page)).to_have_text(both)
    page.keyboard.press(UNDO)
    acting.press(page)
    assert words() == whole


TWO = ["Alpha one two.", "Beta three four."]


def press_action(page: Page, number: int, action: str) -> None:
    """A button at the head of a block of the body."""
    block = acting.body_blocks(page, "en").nth(number)
    block.hover()
    block.locator(f'[data-streamfield-action="{action}"]').click()


@pytest.mark.parametrize("way", ["keys", "button"])
def test_a_block_deleted_by_its_bin_comes_back_with_its_words(open_tab, way: str):
    page = open_tab(make_writer())
    type_two(page)
    key = acting.body_blocks(page, "en").nth(1).get_attribute("data-contentpath")
    line = page.locator(f'.w-minimap-item[href="#block-{key}-section"]')
    expect(line).to_be_visible()
    press_action(page, 1, "DELETE")
    expect(paragraphs(page)).to_have_text(TWO[:1])
    # Nor does the map of the form have it.
    expect(line).to_be_hidden()
    if way == "keys":
        page.keyboard.press(UNDO)
    else:
        expect(page.locator("[data-form-said]")).to_be_in_viewport()
        page.locator("[data-form-undo]").click()
    expect(paragraphs(page)).to_have_text(TWO)
    page.keyboard.press(REDO)
    page.keyboard.press(UNDO)
    acting.press(page)
    assert words() == TWO


@pytest.mark.parametrize(
    ("number", "action", "left"),
    [
        (0, "DUPLICATE", [TWO[0], *TWO]),
        pytest.param(1, "MOVE_UP", TWO[::-1], marks=pytest.mark.exhaustive),
        (0, "MOVE_DOWN", TWO[::-1]),
    ],
)
def test_a_copied_or_moved_block_is_put_back(open_tab, number: int, action: str, left: list[str]):
    page = open_tab(make_writer())
    type_two(page)
    press_action(page, number, action)
    expect(paragraphs(page)).to_have_text(left)
    for text in (TWO, left, TWO):
        page.keyboard.press(REDO if text == left else UNDO)
        expect(paragraphs(page)).to_have_text(text)
        # An editor's own history comes first.
        page.evaluate("document.activeElement.blur()")
    acting.press(page)
    assert words() == TWO


def test_a_block_put_in_by_the_menu_goes_and_then_the_split(open_tab):
    page = open_tab(make_writer())
    open_with(page, "双方签署备忘录", 4)
    page.keyboard.type("/subhead")
    expect(page.get_by_role("option", name="Subhead")).to_be_visible()
    page.keyboard.press("Enter")
    expect(acting.body_blocks(page, "en")).to_have_count(3)
    acting.pause(page, 100)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(UNDO)
    expect(paragraphs(page)).to_have_text(["双方签署", "备忘录"])
    expect(acting.body_blocks(page, "en").filter(visible=True)).to_have_count(2)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(UNDO)
    expect(paragraphs(page)).to_have_text(["双方签署备忘录"])


def test_a_picture_dropped_into_a_block_without_one_is_taken_out_again(open_tab):
    page = open_tab(make_user("boss", is_superuser=True))
    open_with(page, TWO[0], 3)
    picture = acting.add_block(page, "en", "image")
    caption = picture.locator('[name$="-caption"]')
    caption.fill("The quay at nine.")
    Day(page).drop("quay.jpg", 640, picture)
    chosen = picture.locator('input[type="hidden"][name$="-image"]')
    expect(chosen).not_to_have_value("")
    number = chosen.input_value()
    for key, value in ((UNDO, ""), (REDO, number), (UNDO, "")):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        expect(chosen).to_have_value(value)
        expect(caption).to_have_value("The quay at nine.")


def test_why_a_step_is_not_undone_is_said(open_tab):
    page = open_tab(make_writer())
    open_with(page, "双方签署备忘录", 4)
    page.keyboard.press("Enter")
    page.keyboard.type("了")
    paragraphs(page).first.click()
    page.keyboard.press(UNDO)
    expect(page.locator("[data-form-said]")).to_contain_text("can’t be undone")
    expect(page.locator("[data-form-said]")).to_be_in_viewport()
    expect(paragraphs(page)).to_have_text(["双方签署", "了备忘录"])


def test_an_accepted_field_that_was_written_in_since_is_said_to_stay(open_tab):
    page = accepted_paste(open_tab)
    acting.type_into(page, "headline_en", "Night ferry")
    page.locator("[data-form-undo]").click()
    expect(page.locator("[data-form-said]")).to_contain_text("but for what has been changed since")
    expect(acting.field(page, "headline_en")).to_have_value("Night ferry")
