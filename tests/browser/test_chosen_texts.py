"""Texts that a form takes from elsewhere by a click: a picture's caption, a story's sentence."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from archive.models import Tie
from tests.browser import acting
from tests.factories import block, make_article, make_body, make_entity, make_image, make_user

pytestmark = pytest.mark.exhaustive
OpenTab = Callable[..., Page]


def test_a_caption_of_the_picture_is_edited_in_the_block(open_tab: OpenTab) -> None:
    image = make_image(caption_en="Cranes at the quay", credit="Li Ming")
    struct = {"image": image.pk, "caption": "", "alt_text": "", "credit": ""}
    story = make_article(body=[*make_body("Text."), block("image", struct)], live=False)
    page = open_tab(make_user("boss", is_superuser=True))
    acting.visit(page, "wagtailadmin_pages:edit", story.pk)
    note = page.locator(".archive-inherited", has_text="Cranes at the quay")
    expect(note).to_be_visible()
    note.get_by_role("button", name="Edit here").click()
    caption = page.locator("textarea[name$='-caption']:visible")
    expect(caption).to_have_value("Cranes at the quay")
    expect(note).to_be_hidden()


def test_evidence_is_a_sentence_that_one_clicks(open_tab: OpenTab) -> None:
    one, two = make_entity(), make_entity("apapa", "Apapa", "阿帕帕")
    story = make_article("Signed", body=make_body("They came. The cities signed."))
    page = open_tab(make_user("boss", is_superuser=True))
    acting.visit(page, "wagtailsnippets_archive_tie:add")
    page.goto(
        f"{page.url}?place_a={one.pk}&place_b={two.pk}&kind=visit&story={story.pk}&block_id=x"
    )
    page.get_by_role("button", name="Choose the sentence").click()
    page.get_by_role("dialog").get_by_role("button", name="The cities signed.").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Tie “").or_(page.locator(".messages .success"))).to_be_visible()
    piece = Tie.objects.get().evidence.get()
    assert (piece.block_id, piece.sentence_en) == (story.body_en[0].id, "The cities signed.")
