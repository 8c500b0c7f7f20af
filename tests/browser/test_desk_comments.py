"""Colleagues are called in comments: the names are offered after an @."""

from playwright.sync_api import Page, expect

from archive.desk.pairs.given_text import GivenText, keep_text_aside
from archive.models import SegmentComment, Translation
from tests.browser import acting
from tests.browser.acting import FIRST, NARROW
from tests.factories import make_translator


def colleague(login: str, given: str, family: str) -> None:
    user = make_translator(login)
    user.first_name, user.last_name = given, family
    user.save()


def test_an_at_sign_offers_colleagues(open_tab, translation: Translation) -> None:
    colleague("wang", "伟", "王")
    colleague("zhao", "Jane", "Zhao")
    page: Page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    acting.target_box(page, FIRST).click()
    box = page.locator("[data-desk-comment]")
    offered = page.locator("[data-desk-colleagues] [role=option]")
    page.keyboard.press("Control+Alt+k")
    expect(box).to_be_focused()
    box.press_sequentially("Ask @")
    expect(offered).to_have_text(["Jane Zhao", "王伟"])
    # By login, too: no input method is needed.
    box.press_sequentially("wa")
    expect(offered).to_have_text(["王伟"])
    box.press("Enter")
    expect(box).to_have_value("Ask @王伟")
    expect(box).to_be_focused()
    expect(offered).to_have_count(0)

    box.press_sequentially(" and @jane z")
    expect(offered).to_have_text(["Jane Zhao"])
    box.press("Escape")
    expect(offered).to_have_count(0)
    expect(box).to_be_focused()
    box.press_sequentially("h")
    expect(offered).to_have_text(["Jane Zhao"])
    box.press("Tab")
    expect(box).to_have_value("Ask @王伟 and @Jane Zhao")


def test_a_tap_takes_a_colleague(open_tab, translation: Translation) -> None:
    colleague("wang", "伟", "王")
    page: Page = open_tab(make_translator("li"), "zh-hans", NARROW, has_touch=True)
    acting.edit(page, translation)
    acting.target_box(page, FIRST).tap()
    box = page.locator("[data-desk-comment]")
    page.locator(".archive-desk__folded summary").tap()
    box.tap()
    box.press_sequentially("＠")
    expect(page.get_by_role("option", name="王伟")).to_be_visible()
    # The rows move beneath.
    page.evaluate("window.scrollBy(0, 40)")
    page.get_by_role("option", name="王伟").tap()
    expect(box).to_have_value("＠王伟")
    expect(box).to_be_focused()


def test_a_comment_on_a_deleted_paragraph_is_answered_and_resolved(open_tab, translation) -> None:
    li = make_translator("li")
    SegmentComment.objects.create(
        translation=translation, key="gone", text="Which ship?", author=li
    )
    page: Page = open_tab(li)
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    unused = page.locator("[data-desk-unused]")
    unused.get_by_role("textbox").fill("That of 1985.")
    # What is typed and not sent outlives the page.
    acting.wait_until_kept(page, "That of 1985.")
    page.reload()
    expect(unused.get_by_role("textbox")).to_have_value("That of 1985.")
    unused.get_by_role("button", name="Reply").click()
    expect(unused).to_contain_text("That of 1985.")
    unused.get_by_role("button", name="Resolve").click()
    expect(unused.get_by_role("textbox")).to_have_count(0)
    said = SegmentComment.objects.filter(translation=translation).values_list("text", flat=True)
    assert list(said) == ["Which ship?", "That of 1985."]
    assert not SegmentComment.objects.filter(parent=None, resolved_at=None).exists()


def test_an_unused_text_is_discarded_after_a_question(open_tab, translation) -> None:
    draft = translation.get_latest_revision_as_object()
    keep_text_aside(draft, GivenText([], besides=["多余的话", "另一句"]))
    page: Page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    unused = page.locator("[data-desk-unused]")
    discard = unused.get_by_role("button", name="Discard : 多余的话")
    page.once("dialog", lambda dialog: dialog.dismiss())
    discard.click()
    expect(unused).to_contain_text("多余的话")
    page.once("dialog", lambda dialog: dialog.accept())
    discard.click()
    expect(unused).not_to_contain_text("多余的话")
    expect(unused).to_contain_text("另一句")
    left = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    assert [one.target for one in left.segments.all()] == ["另一句"]
