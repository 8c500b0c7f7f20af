"""From an empty form to a published, reviewed story: how many actions that takes, and how long.

An action is a click, a drag or a chord of keys other than typing.
"""

import base64
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from archive.desk.groups import EDITORS, STORY_REVIEWERS
from archive.models import ArticlePage
from tests.browser import acting
from tests.browser.test_pictures import photo
from tests.browser.test_writing import copy_web_page
from tests.factories import make_entity, make_publication, make_user

MOST_ACTIONS = 25
MOST_SECONDS = 300
SECONDS_AN_ACTION = 1.5
WORDS_A_MINUTE = 40

PARAGRAPHS = "".join(
    f"<p>On day {number} the night ferry left the old quay at nine with two hundred people on "
    f"board, and the harbour office wrote down what each of them carried.</p>"
    for number in range(1, 20)
)
STORY = f"""<article><h1>Night ferry leaves the old quay</h1>
<p>China Daily, 3 December 2016, page 4</p>
<p>By Li Na in Zhanjiang, Tom Reed in Seattle and Chen Wei</p>
<p>ZHANJIANG, Guangdong - The night ferry to Seattle is no more than a plan, said the office of
Zhanjiang, and yet everybody in the old town has an opinion about it.</p>{PARAGRAPHS}</article>"""


@dataclass
class Day:
    """Somebody at the newsroom's screens whose actions are counted."""

    page: Page
    actions: int = 0
    typed: list[str] = field(default_factory=list)

    def click(self, what: Locator) -> None:
        what.click()
        self.actions += 1

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)
        self.actions += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.typed.append(text)

    def drop(self, name: str, width: int, where: Locator) -> None:
        """Drags a file from elsewhere onto a block."""
        file = photo(name, width)
        where.scroll_into_view_if_needed()
        transfer = self.page.evaluate_handle(
            """([name, bytes]) => {
                const transfer = new DataTransfer();
                const data = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
                transfer.items.add(new File([data], name, { type: "image/jpeg" }));
                return transfer;
            }""",
            [name, _base64(file["buffer"])],
        )
        for event in ("dragover", "drop"):
            where.dispatch_event(event, {"dataTransfer": transfer})
        self.actions += 1

    @property
    def seconds(self) -> float:
        words = sum(len(text.split()) for text in self.typed)
        return self.actions * SECONDS_AN_ACTION + words * 60 / WORDS_A_MINUTE


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """An editor, and who reviews stories: the groups and the workflow are the archive's own."""
    make_publication()
    call_command("make_groups", workflow=True, verbosity=0)
    return {
        name: make_user(name, Group.objects.get(name=group))
        for name, group in (("editor", EDITORS), ("reviewer", STORY_REVIEWERS))
    }


def open_form(day: Day) -> None:
    """From the dashboard, without a template."""
    day.click(day.page.get_by_role("link", name="Write a story"))
    day.click(day.page.locator(".archive-new__template", has_text="Empty form"))
    with day.page.expect_navigation():
        day.click(day.page.get_by_role("button", name="Continue"))


def write_story(day: Day) -> None:
    """Paste it, accept what was found, drop two pictures, accept the names, hand it in."""
    page = day.page
    day.click(page.locator('[data-contentpath="body_en"] .public-DraftEditor-content').first)
    # In the web page: all of it, and copied.
    day.actions += 2
    day.press("ControlOrMeta+v")
    expect(page.locator("[data-found]").first).to_be_focused()
    day.press("Shift+A")
    expect(page.locator("#id_bylines-FORMS [data-inline-panel-child]:visible")).to_have_count(3)
    blocks = acting.body_blocks(page, "en").locator("visible=true")
    for number, (name, words) in enumerate(
        (("ferry.jpg", "A white ferry at a quay at night"), ("crew.jpg", "Four people on a deck"))
    ):
        day.drop(name, 60 + 30 * number, acting.editor_in(blocks.nth(number * 3)))
        alt = page.locator('input[name$="-value-alt_text"]').nth(number)
        expect(alt).to_be_focused()
        day.type(words)
    day.click(page.get_by_role("tab", name="Names and links"))
    names = page.locator(".archive-suggestion--entity")
    expect(names).to_have_count(2)
    day.click(names.first.get_by_role("button", name="Accept"))
    expect(names.last).to_be_focused()
    day.press("a")
    day.click(page.locator('footer [data-w-dropdown-target="toggle"]'))
    with page.expect_event("load"):
        day.click(page.get_by_role("button", name="Submit to Story review"))


def review(day: Day) -> None:
    """From the dashboard to the story, and approve it."""
    page = day.page
    acting.visit(page, "wagtailadmin_home")
    with page.expect_event("load"):
        day.click(page.get_by_role("link", name="Night ferry leaves the old quay"))
    day.click(page.locator('footer [data-w-dropdown-target="toggle"]'))
    with page.expect_event("load"):
        day.click(page.get_by_role("button", name="Approve and publish"))


def test_a_pasted_story_is_published_in_twenty_five_actions(open_tab, people):
    make_entity()
    make_entity("seattle", "Seattle", "西雅图", country="US")
    day = Day(open_tab(people["editor"]))
    acting.visit(day.page, "wagtailadmin_home")
    open_form(day)
    copy_web_page(day.page, STORY)
    write_story(day)
    reviewing = Day(open_tab(people["reviewer"]), day.actions, day.typed)
    review(reviewing)
    story = ArticlePage.objects.live().get()
    assert [block.block_type for block in story.body_en].count("image") == 2
    assert len(story.body_en) == 22
    assert story.bylines.count() == 3
    assert {tag.entity.key for tag in story.entity_tags.all()} == {"zhanjiang", "seattle"}

    assert reviewing.actions <= MOST_ACTIONS
    assert reviewing.seconds <= MOST_SECONDS
