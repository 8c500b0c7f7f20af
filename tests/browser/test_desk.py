"""A translator and a reviewer at the translators' desk."""

import pytest
from playwright.sync_api import Page, expect

from archive.desk.editor.forms import LEFT_OUT, TARGET, field_name
from archive.text.language import CHINESE, ENGLISH
from newsroom.demo.people import make_people
from tests.browser import acting
from tests.browser.acting import FIRST, SECOND
from tests.factories import make_translator


def account(name: str) -> object:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=name)


@pytest.mark.parametrize("interface", [ENGLISH, CHINESE])
def test_a_translator_finds_the_story_and_keeps_what_was_typed(open_tab, translation, interface):
    page = open_tab(make_translator(), interface)
    acting.visit(page, "wagtailsnippets_archive_translation:list")
    page.get_by_role("link", name="Harbour notes").first.click()
    acting.wait_until_watched(page)
    acting.translate(page, {"headline": "港口札记", FIRST: "船来了。"})
    acting.wait_for_autosave(page)
    page.reload()
    expect(acting.field(page, field_name(TARGET, "headline"))).to_have_value("港口札记")
    expect(acting.target_box(page, FIRST)).to_have_text("船来了。")


def test_the_list_of_stories_leads_to_the_desk(open_tab, translation, admin_user):
    page = open_tab(admin_user)
    acting.visit(page, "stories:index")
    row = page.get_by_role("row").filter(has_text="Harbour notes")
    row.locator('[data-w-dropdown-target="toggle"]').click()
    row.get_by_role("link", name="Translation", exact=True).click()
    expect(acting.desk_row(page, "headline")).to_contain_text("Harbour notes")


@pytest.mark.exhaustive
def test_publication_with_a_gap_is_refused_at_its_row(open_tab, translation):
    page = open_tab(make_translator())
    acting.edit(page, translation)
    acting.translate(page, {"headline": "港口札记", FIRST: "船来了。"})
    acting.press(page, "publish")
    message = "Translate this segment or mark it as omitted before publishing."
    expect(page.get_by_text(message)).to_have_count(1)
    expect(acting.desk_row(page, SECOND)).to_contain_text(message)
    expect(acting.target_box(page, FIRST)).to_have_text("船来了。")


def test_a_reviewer_puts_a_submitted_translation_before_readers(open_tab, translation):
    make_people()
    desk = open_tab(account("translator"), CHINESE)
    acting.edit(desk, translation)
    acting.translate(desk, {"headline": "港口札记", FIRST: "船来了。"})
    leave_out(desk, SECOND)
    acting.press(desk, "submit")
    review = open_tab(account("reviewer"), CHINESE)
    acting.edit(review, translation)
    approve(review)
    review.goto("/zh-hans/china-daily/2015/09/22/harbour-notes/")
    expect(review.get_by_role("heading", level=1)).to_have_text("港口札记")
    expect(review.locator("article")).to_contain_text("船来了。")
    expect(review.locator("article")).not_to_contain_text("They left.")


@pytest.mark.parametrize("interface", [ENGLISH, CHINESE])
def test_the_preview_is_in_the_language_of_the_translation(open_tab, translation, interface):
    page = open_tab(make_translator(), interface)
    acting.edit(page, translation)
    # At once: Wagtail takes what is typed in the first two seconds for what was loaded.
    acting.translate(page, {FIRST: "船来了。"})
    frame = acting.preview(page)
    expect(frame.locator("article")).to_contain_text("船来了。")
    expect(frame.locator("html")).to_have_attribute("lang", "zh-Hans")


def leave_out(page: Page, key: str) -> None:
    acting.desk_row(page, key).locator("summary").last.click()
    acting.field(page, field_name(LEFT_OUT, key)).check()


def approve(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    with page.expect_navigation():
        page.locator("footer [data-workflow-action-name='approve']").first.click()
        # The desk asks about drafts.
        if (ask := page.locator("[data-desk-drafts-go]")).is_visible():
            ask.click()
