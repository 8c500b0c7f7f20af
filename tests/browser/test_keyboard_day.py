"""From log-in to publication without a mouse."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from archive.desk.groups import EDITORS, STORY_REVIEWERS
from archive.models import ArticlePage
from tests.browser import acting
from tests.factories import make_publication, make_user

MOST_STOPS = 80
# Focused or around what is focused, and on the screen.
REACHED = """(one) => {
    const box = document.activeElement.getBoundingClientRect();
    return one.contains(document.activeElement)
        && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""


def go_to(page: Page, what: Locator, key: str = "Tab") -> None:
    """Press Tab until it has the focus, and is on the screen."""
    for _ in range(MOST_STOPS):
        if what.count() and what.first.evaluate(REACHED):
            return
        page.keyboard.press(key)
    raise AssertionError(f"The keyboard doesn't reach {what} in {MOST_STOPS} stops")


def follow(page: Page, key: str = "Enter") -> None:
    """Press a key that opens another page."""
    with page.expect_event("load"):
        page.keyboard.press(key)


def skip_to_main(page: Page) -> None:
    go_to(page, page.get_by_role("link", name="Skip to main content"))
    page.keyboard.press("Enter")


def log_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.keyboard.type(name)
    go_to(page, page.locator("[name=password]"))
    page.keyboard.type("password")
    follow(page)


def write(page: Page) -> None:
    """A headline and two paragraphs, in an empty form."""
    skip_to_main(page)
    go_to(page, page.get_by_role("link", name="Write a story"))
    follow(page)
    skip_to_main(page)
    go_to(page, page.get_by_role("button", name="Continue"))
    follow(page)
    skip_to_main(page)
    go_to(page, acting.field(page, "headline_en"))
    page.keyboard.type("Night ferry leaves the old quay")
    go_to(page, page.locator('[data-contentpath="body_en"] .public-DraftEditor-content'))
    page.keyboard.type("The night ferry is no more than a plan.")
    page.keyboard.press("Enter")
    expect(acting.body_blocks(page, "en")).to_have_count(2)
    page.keyboard.type("Everybody in the old town has an opinion about it.")


def choose_action(page: Page, name: str) -> None:
    """In the form's menu of actions: at the page's end, so nearer backwards."""
    go_to(page, page.locator('footer [data-w-dropdown-target="toggle"]'), "Shift+Tab")
    page.keyboard.press("Enter")
    go_to(page, page.get_by_role("button", name=name))
    follow(page)


@pytest.fixture
def log_in_as(open_tab: Callable[..., Page]) -> Callable[[str, str], Page]:
    """Opens a tab, and logs somebody of this group in at the keyboard."""
    make_publication()
    call_command("make_groups", workflow=True, verbosity=0)

    def open_for(name: str, group: str) -> Page:
        make_user(name, Group.objects.get(name=group))
        page = open_tab()
        log_in(page, name)
        return page

    return open_for


@pytest.mark.exhaustive
def test_a_story_is_written_reviewed_and_published_without_a_mouse(
    log_in_as: Callable[[str, str], Page],
) -> None:
    writing = log_in_as("editor", EDITORS)
    write(writing)
    choose_action(writing, "Submit to Story review")
    reviewing = log_in_as("reviewer", STORY_REVIEWERS)
    skip_to_main(reviewing)
    go_to(reviewing, reviewing.get_by_role("link", name="Night ferry leaves the old quay"))
    follow(reviewing)
    choose_action(reviewing, "Approve and publish")
    story = ArticlePage.objects.live().get()
    assert story.title == "Night ferry leaves the old quay"
    assert len(story.body_en) == 2
