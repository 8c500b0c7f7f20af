"""Marking words of a story as a mention, in the text editor."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from archive.models import Entity
from archive.stories.blocks import TEXT_FEATURES
from archive.text.language import CHINESE, ENGLISH
from archive.text.richtext import without_block_keys
from tests.browser.acting import pause
from tests.factories import block, make_article, make_entity

TOOL = "Mention of a person, place or other name"
KEYS = "Control+Alt+n"


@pytest.fixture
def open_with(page: Page, live_server: LiveServer, client, admin_user) -> Callable[..., None]:
    """Opens a story that has one paragraph of this text."""

    def run(text: str, language: str = ENGLISH) -> None:
        article = make_article(body=[block("paragraph", f"<p>{text}</p>")], language=language)
        client.force_login(admin_user)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([{**session, "url": live_server.url}])
        page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[article.pk]))
        paragraph(page).wait_for()

    return run


def paragraph(page: Page) -> Locator:
    return page.locator(".public-DraftEditor-content").first


def mentions(page: Page) -> Locator:
    return paragraph(page).locator(".TooltipEntity")


def choose(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def stored(page: Page) -> str:
    """What the form would save of the first paragraph: database form, without Draftail's keys."""
    # Draftail hands its state to the form's field a moment after the last change.
    pause(page, 500)
    state = page.locator("input[name$='-0-value']").first.input_value()
    html = ContentstateConverter(features=TEXT_FEATURES).to_database_format(state)
    return without_block_keys(html)


def mark(entity: Entity, text: str) -> str:
    return f'<a linktype="entity" id="{entity.pk}">{text}</a>'


def test_marks_the_selected_word_with_the_mouse(page, open_with):
    entity = make_entity()
    make_entity("seattle", "Seattle", "西雅图")
    open_with("Zhanjiang")
    paragraph(page).get_by_text("Zhanjiang").dblclick()
    page.get_by_role("button", name=TOOL).first.click()
    expect(page.get_by_role("dialog").get_by_text("Seattle")).to_have_count(0)
    choose(page, "Zhanjiang")
    expect(mentions(page)).to_have_text("Zhanjiang")
    assert stored(page) == f"<p>{mark(entity, 'Zhanjiang')}</p>"


@pytest.mark.exhaustive
def test_marks_the_selected_words_with_the_keyboard_alone(page, open_with):
    entity = make_entity()
    make_entity("seattle", "Seattle", "西雅图")
    open_with("The city")
    paragraph(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.press(KEYS)
    search = page.get_by_role("dialog").get_by_label("Search term")
    search.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("湛江")
    # Until the list is narrowed down, its links are about to be replaced.
    expect(page.get_by_role("dialog").get_by_text("Seattle")).to_have_count(0)
    link = page.get_by_role("dialog").get_by_role("link", name="Zhanjiang", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(mentions(page)).to_have_text("The city")
    assert stored(page) == f"<p>{mark(entity, 'The city')}</p>"


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        pytest.param(ENGLISH, "Ships from", "Zhanjiang", marks=pytest.mark.exhaustive),
        (CHINESE, "船从", "湛江"),
    ],
)
def test_without_a_selection_inserts_the_name_in_the_texts_language(
    page, open_with, language, text, name
):
    entity = make_entity()
    open_with(text, language)
    paragraph(page).click()
    page.keyboard.press("End")
    page.keyboard.press(KEYS)
    choose(page, "Zhanjiang")
    expect(mentions(page)).to_have_text(name)
    assert stored(page) == f"<p>{text}{mark(entity, name)}</p>"


@pytest.mark.exhaustive
def test_changes_the_mention_under_the_cursor(page, open_with):
    wrong = make_entity("fuzhou-jiangxi", "Fuzhou", "抚州")
    right = make_entity("fuzhou", "Foochow", "福州")
    open_with(mark(wrong, "Fuzhou"))
    paragraph(page).click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(KEYS)
    choose(page, "Foochow")
    expect(mentions(page)).to_have_text("Fuzhou")
    assert stored(page) == f"<p>{mark(right, 'Fuzhou')}</p>"


@pytest.mark.exhaustive
def test_removes_the_mark_under_the_cursor_and_keeps_the_words(page, open_with):
    open_with(mark(make_entity(), "Zhanjiang"))
    paragraph(page).click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(KEYS)
    page.get_by_role("dialog").get_by_role("button", name="Remove the mark").press("Enter")
    expect(mentions(page)).to_have_count(0)
    assert stored(page) == "<p>Zhanjiang</p>"
