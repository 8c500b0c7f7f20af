"""Two texts are linked: five pairs by keyboard, five by dragging, saved and confirmed."""

import re

from playwright.sync_api import Locator, Page, expect

from archive.desk.pairs.actions import confirm_pair
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.models import Segment, StoryPair, Translation
from archive.text.language import CHINESE
from tests.browser import acting
from tests.browser.conftest import OpenTab
from tests.factories import make_article, make_body, make_editor, make_translator

TEN = range(1, 11)


def make_ten() -> StoryPair:
    english = [f"Paragraph {number} says that {number * 111} ships came." for number in TEN]
    chinese = [f"第{number}段：来了{number * 111}艘船。" for number in TEN]
    one = make_article("Ships", body=make_body(*english))
    two = make_article("船舶", body=make_body(*chinese), language=CHINESE)
    return StoryPair.objects.create(one=one, two=two, confidence=0.97, reasons=["figures"])


def piece(page: Page, side: str, number: int) -> Locator:
    return page.locator(f'[data-side="{side}"] [data-place="{number}"]')


def swapped(number: int) -> int:
    """1 and 2 change places, 3 and 4…"""
    return number + 1 if number % 2 else number - 1


def test_ten_pairs_are_linked_anew_by_keyboard_and_by_dragging(open_tab: OpenTab) -> None:
    translation = confirm_pair(make_ten(), None)
    page = open_tab(make_translator())
    acting.visit(page, "archive_pairs:links", translation.pk)
    piece(page, "source", 1).focus()
    for number in range(1, 6):
        _link_by_key(page, number)
    for number in range(6, 11):
        _link_by_dragging(page, number)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-links-status]")).to_have_text("Saved as a draft.")
    assert [_number_in(one) for one in _segments(translation)[1:]] == list(map(swapped, TEN))
    _confirm_the_first(page)
    first, second = _segments(translation)[:2]
    assert (first.state, second.state) == (Segment.State.CONFIRMED, Segment.State.DRAFT)


def test_a_key_that_can_do_nothing_says_why(open_tab: OpenTab) -> None:
    translation = confirm_pair(make_ten(), None)
    page = open_tab(make_translator())
    acting.visit(page, "archive_pairs:links", translation.pk)
    told = page.locator("[data-links-status]")
    piece(page, "source", 0).click()
    page.keyboard.press("m")
    expect(told).to_contain_text("Only successive paragraphs of text")
    piece(page, "source", 10).click()
    page.keyboard.press("m")
    expect(told).to_have_text("No paragraph follows this link.")
    page.keyboard.press("s")
    expect(told).to_contain_text("there is nothing to split")
    page.keyboard.press("u")
    page.keyboard.press("m")
    expect(told).to_contain_text("in no link yet")


def test_drawn_links_outlive_a_refused_save_and_a_reload(open_tab: OpenTab) -> None:
    translation = confirm_pair(make_ten(), None)
    page = open_tab(make_translator(), meets=(409,))
    acting.visit(page, "archive_pairs:links", translation.pk)
    piece(page, "source", 1).focus()
    _link_by_key(page, 1)
    # A colleague writes elsewhere in it.
    last = _segments(translation)[-1]
    save_segments(
        translation, [SegmentChange(last.key, "<p>新的。</p>", version_of(last))], user=None
    )
    page.keyboard.press("Control+s")
    status = page.locator("[data-links-status]")
    expect(status).to_contain_text("Somebody has changed this translation")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Draw them again").click()
    expect(piece(page, "target", swapped(1))).to_have_attribute("aria-description", _linked_to(1))
    page.keyboard.press("Control+s")
    expect(status).to_have_text("Saved as a draft.")
    targets = {one.key: one.target for one in _segments(translation)}
    assert "第2段" in list(targets.values())[1]
    assert targets[last.key] == "<p>新的。</p>"
    page.reload()
    expect(page.get_by_role("button", name="Draw them again")).to_have_count(0)


def test_what_is_drawn_while_a_save_is_on_its_way_is_saved_too(open_tab: OpenTab) -> None:
    translation = confirm_pair(make_ten(), None)
    page = open_tab(make_translator())
    acting.visit(page, "archive_pairs:links", translation.pk)
    piece(page, "source", 1).focus()
    _link_by_key(page, 1)
    saves = acting.Held(page, re.compile(f"{page.url}$"))
    page.keyboard.press("Control+s")
    saves.wait()
    _link_by_key(page, 3)
    page.keyboard.press("Control+s")
    saves.release()
    status = page.locator("[data-links-status]")
    expect(status).to_have_text("Saved as a draft.")
    page.reload()
    for number in (1, 3):
        target = piece(page, "target", swapped(number))
        expect(target).to_have_attribute("aria-description", _linked_to(number))


def _link_by_key(page: Page, number: int) -> None:
    """From where the last link was made: down to the paragraph, over to its counterpart."""
    page.keyboard.press("ArrowLeft")
    while (
        page.locator(f'[data-side="source"] [data-place="{number}"]').get_attribute("tabindex")
        != "0"
    ):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    target = piece(page, "target", swapped(number))
    for _step in range(12):
        if target.get_attribute("tabindex") == "0":
            break
        now = int(page.locator(":focus").get_attribute("data-place") or 0)
        page.keyboard.press("ArrowDown" if now < swapped(number) else "ArrowUp")
    page.keyboard.press("l")
    expect(target).to_have_attribute("aria-description", _linked_to(number))


def _link_by_dragging(page: Page, number: int) -> None:
    target = piece(page, "target", swapped(number))
    handle = piece(page, "source", number).locator(".archive-links__handle")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 12, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] / 2, steps=4)
    page.mouse.up()
    expect(target).to_have_attribute("aria-description", _linked_to(number))


def _linked_to(number: int) -> str:
    return f"Paragraph {swapped(number) + 1}, linked to {number + 1}"


def _confirm_the_first(page: Page) -> None:
    piece(page, "source", 0).focus()
    piece(page, "source", 0).click()
    page.keyboard.press("c")
    page.keyboard.press("Control+s")
    expect(piece(page, "source", 0)).to_contain_text("confirmed")
    expect(page.locator("[data-links-status]")).to_have_text("Saved as a draft.")


def _segments(translation: Translation) -> list[Segment]:
    row = Translation.objects.get(pk=translation.pk)
    return list(row.get_latest_revision_as_object().segments.all())


def _number_in(segment: Segment) -> int:
    return int(segment.target.partition("第")[2].partition("段")[0])


def test_pairs_are_decided_by_key(open_tab: OpenTab) -> None:
    pair = make_ten()
    page = open_tab(make_editor())
    acting.visit(page, "archive_pairs:list")
    page.keyboard.press("j")
    # A key that is still held down from the last pair decides nothing about this one.
    page.locator("[data-pair]:focus").evaluate(
        "(pair) => pair.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'a', repeat: true, bubbles: true}))"
    )
    acting.pause(page, 300)
    pair.refresh_from_db()
    assert pair.state == StoryPair.State.OPEN
    page.keyboard.press("a")
    expect(page.locator(".messages")).to_contain_text("are one story at the desk now")
    page.goto(page.url.partition("?")[0] + "?state=confirmed")
    page.keyboard.press("j")
    page.keyboard.press("z")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".messages")).to_contain_text("Undone")
    pair.refresh_from_db()
    assert pair.state == StoryPair.State.OPEN
