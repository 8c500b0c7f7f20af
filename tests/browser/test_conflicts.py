"""Two people at one form, or at one text: nothing is overwritten unseen."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from archive.text.language import CHINESE, ENGLISH
from tests.browser import acting, server
from tests.contrib.exchange.stories import draft_texts, exported, type_at_the_desk
from tests.factories import make_article, make_editor, make_translator

LONGER_THAN_AUTOSAVE_MS = 1_500


@dataclass(frozen=True)
class Case:
    """A story that two editors have open. (Translations: test_desk_saving.py.)"""

    thing: Any
    people: tuple[Any, Any]
    name: str

    def text(self) -> str:
        """What the latest saved version holds in that field."""
        thing = type(self.thing).objects.get(pk=self.thing.pk)
        return str(thing.get_latest_revision_as_object().source("headline"))


@pytest.fixture
def case() -> Case:
    return Case(make_article("Old words"), (make_editor("li"), make_editor("wang")), "headline_en")


@pytest.fixture
def refused(open_tab, case: Case) -> Page:
    """The second person's form, refused because the first one saved meanwhile."""
    first, second = (open_tab(person) for person in case.people)
    for page in (first, second):
        acting.edit(page, case.thing)
        acting.wait_until_watched(page)
    acting.type_into(first, case.name, "First words")
    acting.wait_for_autosave(first)
    acting.press(first)
    acting.type_into(second, case.name, "Second words")
    expect(acting.autosave_says(second, "paused")).to_be_visible()
    acting.press(second)
    return second


@pytest.mark.exhaustive
def test_a_save_after_autosaves_goes_through(open_tab, case):
    page = open_tab(case.people[0])
    acting.edit(page, case.thing)
    acting.wait_until_watched(page)
    for text in ("Once", "Twice"):
        acting.type_into(page, case.name, text)
        acting.wait_for_autosave(page)
    acting.press(page)
    expect(warning(page)).to_have_count(0)
    assert case.text() == "Twice"


@pytest.mark.exhaustive
def test_a_save_overtakes_no_autosave_that_is_under_way(open_tab, case):
    page = open_tab(case.people[0])
    acting.edit(page, case.thing)
    acting.wait_until_watched(page)
    with server.turn:
        with page.expect_request(is_autosave):
            acting.type_into(page, case.name, "Typed")
        page.keyboard.press("ControlOrMeta+s")
    expect(acting.messages(page)).to_contain_text("updated")
    expect(warning(page)).to_have_count(0)
    assert case.text() == "Typed"


@pytest.mark.parametrize("interface", ["en", CHINESE])
def test_a_report_on_a_file_says_what_was_taken_of_it(open_tab, translation, interface):
    target = "</source><target>文件里的</target>"
    data = exported(translation).decode().replace("</source>", target)
    for key in ("headline", acting.FIRST):
        type_at_the_desk(translation, key, "桌上的")
    page = open_tab(make_translator("li"), interface, acting.NARROW)
    acting.visit(page, "archive_exchange:import")
    file = {"name": "a.xlf", "mimeType": "application/xml", "buffer": data.encode()}
    page.locator("[type=file]").set_input_files(file)
    page.locator(".archive-exchange form button").click()
    counts, rows = page.locator(".archive-exchange__counts strong"), page.locator("tr:has(form)")
    expect(counts).to_have_text(["1", "2"])
    type_at_the_desk(translation, "headline", "更新的")
    rows.first.get_by_role("button").click()
    expect(rows.first).to_contain_text("更新的")
    for left in (1, 0):
        rows.first.get_by_role("button").click()
        expect(rows).to_have_count(left)
    expect(counts).to_have_text(["3"])
    assert all("文件里的" in text for text in draft_texts(translation).values())


def test_a_stale_save_is_refused_and_nothing_of_it_is_autosaved(refused, case):
    expect(warning(refused)).to_be_in_viewport()
    expect(warning(refused)).to_contain_text("li saved a newer version")
    expect(acting.field(refused, case.name)).to_have_value("Second words")
    acting.type_into(refused, case.name, "Third words")
    expect(acting.autosave_says(refused, "paused")).to_be_visible()
    acting.pause(refused, LONGER_THAN_AUTOSAVE_MS)
    assert case.text() == "First words"


@pytest.mark.exhaustive
def test_the_box_lets_a_stale_form_replace_the_newer_version(refused, case):
    warning(refused).get_by_role("checkbox").check()
    acting.type_into(refused, case.name, "Third words")
    acting.press(refused)
    expect(warning(refused)).to_have_count(0)
    assert case.text() == "Third words"


@pytest.mark.parametrize(
    ("interface", "words"),
    [
        (ENGLISH, "by li, and not in a form"),
        pytest.param(CHINESE, "li", marks=pytest.mark.exhaustive),
    ],
)
def test_a_stale_publication_is_refused_too(open_tab, interface, words):
    article = make_article("Old words")
    page = open_tab(make_editor(), interface)
    acting.edit(page, article)
    article.save_revision(user=make_editor("li"))
    acting.type_into(page, "headline_en", "Typed words")
    acting.press(page, "publish")
    expect(warning(page)).to_contain_text(words)
    article.refresh_from_db()
    assert article.source("headline") == "Old words"


def is_autosave(request: Request) -> bool:
    return request.method == "POST" and request.headers["accept"] == "application/json"


def warning(page: Page) -> Locator:
    return page.locator("[data-archive-conflict]")
