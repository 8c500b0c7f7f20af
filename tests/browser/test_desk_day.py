"""A translator's day at a laptop's screen, by keyboard alone: thirty segments to publication."""

import json

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from playwright.sync_api import Page, expect
from wagtail.models import TaskState

from archive.desk.comments import add_comment
from archive.desk.groups import REVIEWERS, TRANSLATORS
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.models import Translation
from archive.text.language import CHINESE
from tests.browser import acting, server
from tests.browser.acting import FIRST, SECOND
from tests.browser.test_desk_saving import keep, stored
from tests.desk.helpers import Person
from tests.factories import block, make_article, make_translator, make_user

LAPTOP = {"width": 1366, "height": 768}
LENGTH = 30
KEYS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(2000, 2000 + LENGTH - 1)]
WORDS = "On day {} the harbour office wrote down what the ferry carried, and to whom it belonged. "

# Of the row with the cursor: how far it, or where it is taller than the screen its cursor, lies
# outside of what the desk's bar and the save bar leave free.
HIDDEN = """() => {
  const desk = document.querySelector("[data-archive-desk]");
  const row = document.activeElement.closest("[data-desk-row]");
  if (!row) return "no row has the focus";
  const bar = desk.querySelector(".archive-desk__bar");
  const top = parseFloat(getComputedStyle(bar).top) + bar.offsetHeight;
  const footer = document.querySelector("footer").getBoundingClientRect();
  const bottom = Math.min(footer.top, innerHeight);
  const field = row.querySelector("[data-desk-field]").getBoundingClientRect();
  const shown = field.height <= bottom - top ? field
    : getSelection().getRangeAt(0).getBoundingClientRect();
  return shown.top < top - 1 || shown.bottom > bottom + 1
    ? `segment ${row.id}: ${shown.top} to ${shown.bottom} of ${top} to ${bottom}` : "";
}"""


def is_in_view(page: Page) -> None:
    """The row with the cursor is on the screen, and stays there once all has come."""
    acting.wait_for_frames(page)
    assert page.evaluate(HIDDEN) == ""


def person(name: str, group: str) -> User:
    return make_user(name, Group.objects.get(name=group))


@pytest.fixture
def story() -> Translation:
    # Some of them are taller than the screen is free.
    body = [
        block("paragraph", f"<p>{WORDS.format(number) * (1 if number % 9 else 14)}</p>", key)
        for number, key in enumerate(KEYS, 1)
    ]
    return make_article("Night ferry", body=body).translations.get()


def text_of(number: int) -> str:
    return f"第{number}天，港务处记下渡轮所载货物及货主。"


def translate_all(page: Page) -> None:
    """From the first row on: type, confirm, and the next one has the focus."""
    acting.target_box(page, "headline").focus()
    page.keyboard.insert_text("夜航渡轮")
    for number in range(1, LENGTH):
        page.keyboard.press("Control+Enter")
        is_in_view(page)
        page.keyboard.insert_text(text_of(number))
    page.keyboard.press("Control+Enter")
    acting.wait_for_autosave(page)
    is_in_view(page)


def hand_on(page: Page, action: str) -> None:
    acting.press(page, action)
    expect(acting.messages(page)).to_be_visible()


def changes_in_review(user: User, translation: Translation, key: str, target: str) -> None:
    with server.turn:
        newest = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
        [now] = [segment for segment in newest.segments.all() if segment.key == key]
        change = SegmentChange(key, target, base=version_of(now), confirmed=True)
        save_segments(newest, [change], user=user)


def decide(user: User, translation: Translation, verb: str, comment: str = "") -> None:
    with server.turn:
        found = TaskState.objects.get(
            workflow_state__object_id=translation.pk, status="in_progress"
        )
        task = found.task.specific
        task.on_action(found.specific, user, verb, comment=comment)


@pytest.mark.exhaustive
def test_a_story_of_thirty_segments_by_keyboard(open_tab, story) -> None:
    call_command("make_groups", workflow=True, verbosity=0)
    li, wang = person("li", TRANSLATORS), person("wang", REVIEWERS)
    desk = open_tab(li, CHINESE, LAPTOP)
    acting.edit(desk, story)
    acting.wait_until_watched(desk)
    translate_all(desk)
    expect(desk.locator('[data-desk-row][data-state="confirmed"]')).to_have_count(LENGTH)
    hand_on(desk, "submit")
    changes_in_review(wang, story, KEYS[2], "<p>第3天，港务处一概不知。</p>")
    decide(wang, story, "reject", "第3段：“货主”应为“收货人”。")
    acting.edit(desk, story)
    acting.wait_until_watched(desk)
    expect(desk.locator("[data-desk-review]")).to_contain_text("第3段：“货主”应为“收货人”。")
    expect(desk.locator("[data-desk-review] a")).to_have_count(1)
    # It opens at what was said, not where it was left; what was changed is next.
    expect(desk.locator("[data-desk-review]")).to_be_focused()
    desk.keyboard.press("Alt+ArrowDown")
    expect(acting.desk_row(desk, KEYS[2]).locator(":focus")).to_have_count(1)
    is_in_view(desk)
    desk.keyboard.press("Alt+ArrowUp")
    is_in_view(desk)
    expect(acting.desk_row(desk, KEYS[1]).locator(":focus")).to_have_count(1)
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.insert_text("第2天，港务处记下渡轮所载货物及收货人。")
    desk.keyboard.press("Control+Enter")
    is_in_view(desk)
    # Of the next one, the translator's own words stand again.
    desk.keyboard.press("Control+Alt+KeyZ")
    expect(acting.target_box(desk, KEYS[2])).to_have_text(text_of(3))
    desk.keyboard.press("Control+Enter")
    is_in_view(desk)
    acting.wait_for_autosave(desk)
    hand_on(desk, "submit")
    decide(wang, story, "approve")
    story.refresh_from_db()
    assert story.live
    assert (story.done_count, story.reviewed_count) == (LENGTH, LENGTH)
    assert "收货人" in str(story.article.body_zh_hans)


@pytest.mark.parametrize(
    "size",
    [
        (1366, 768),
        pytest.param((1280, 720), marks=pytest.mark.exhaustive),
        pytest.param((1920, 1080), marks=pytest.mark.exhaustive),
        pytest.param((1024, 600), marks=pytest.mark.exhaustive),
        pytest.param((390, 844), marks=pytest.mark.exhaustive),
    ],
)
def test_the_row_with_the_cursor_is_always_in_view(open_tab, story, size) -> None:
    page = open_tab(make_translator(), "en", dict(zip(("width", "height"), size, strict=True)))
    acting.edit(page, story)
    acting.wait_until_watched(page)
    acting.target_box(page, "headline").focus()
    for _ in range(LENGTH - 1):
        page.keyboard.press("Alt+ArrowDown")
        is_in_view(page)
    acting.pause(page, 600)
    is_in_view(page)
    page.set_viewport_size({"width": size[0], "height": size[1] - 100})
    acting.wait_until(page, f"innerHeight === {size[1] - 100}")
    is_in_view(page)


def test_a_story_that_came_back_opens_once_at_its_remark(open_tab, translation) -> None:
    call_command("make_groups", workflow=True, verbosity=0)
    li, wang = person("li", TRANSLATORS), person("wang", REVIEWERS)
    desk = open_tab(li)
    acting.edit(desk, translation)
    acting.wait_until_watched(desk)
    acting.translate(desk, {"headline": "港口", FIRST: "船来了。", SECOND: "船走了。"})
    hand_on(desk, "submit")
    with server.turn:
        add_comment(Translation.objects.get(pk=translation.pk), FIRST, "几艘？", user=wang)
    decide(wang, translation, "reject", "Two things:\nnames, figures")
    acting.edit(desk, translation)
    assert "Two things:\nnames" in desk.locator("[data-desk-review]").inner_text()
    acting.wait_until_watched(desk)
    expect(desk.locator("[data-desk-review]")).to_be_focused()
    desk.keyboard.press("Alt+ArrowDown")
    expect(acting.desk_row(desk, FIRST).locator(":focus")).to_have_count(1)
    desk.keyboard.press("Alt+ArrowDown")
    desk.reload()
    expect(acting.desk_row(desk, SECOND).locator(":focus")).to_have_count(1)


def test_an_approval_asks_about_what_was_typed_a_moment_ago(open_tab, translation) -> None:
    call_command("make_groups", workflow=True, verbosity=0)
    li, wang = person("li", TRANSLATORS), person("wang", REVIEWERS)
    with server.turn:
        Person(li).edits(translation).fill("译").save("submit")
    page = open_tab(wang)
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    banner, footer = page.locator("[data-desk-approval]"), page.locator("footer")
    drafts = banner.locator("[data-desk-drafts-count]")
    expect(drafts).to_have_text("Unconfirmed drafts, which an approval confirms: 3")
    for key in ("headline", FIRST, SECOND):
        acting.target_box(page, key).focus()
        page.keyboard.press("Control+Enter")
    acting.wait_for_autosave(page)
    expect(banner).to_be_hidden()
    acting.target_box(page, SECOND).click()
    page.keyboard.press("End")
    page.keyboard.insert_text("半句")
    footer.locator("[data-w-dropdown-target=toggle]").click()
    approve = footer.locator("[data-workflow-action-name=approve]").first
    approve.click()
    dialog = page.locator("[data-desk-drafts]")
    expect(dialog).to_contain_text("nobody has confirmed: 1")
    expect(dialog).to_contain_text("An approval confirms them.")
    dialog.locator("[data-desk-drafts-see]").click()
    acting.wait_for_autosave(page)
    expect(drafts).to_have_text("Unconfirmed drafts, which an approval confirms: 1")
    footer.locator("[data-w-dropdown-target=toggle]").click()
    approve.click()
    with page.expect_navigation():
        dialog.locator("[data-desk-drafts-go]").click()
    with server.turn:
        assert Translation.objects.get(pk=translation.pk).live


def test_nothing_takes_the_place_of_words_that_are_in_question(open_tab, translation) -> None:
    call_command("make_groups", workflow=True, verbosity=0)
    li, wang = person("li", TRANSLATORS), person("wang", REVIEWERS)
    desk = open_tab(li)
    acting.edit(desk, translation)
    acting.wait_until_watched(desk)
    acting.translate(desk, {"headline": "港口", FIRST: "船来了。", SECOND: "船走了。"})
    hand_on(desk, "submit")
    changes_in_review(wang, translation, FIRST, "<p>船到了。</p>")
    decide(wang, translation, "reject")
    acting.edit(desk, translation)
    acting.wait_until_watched(desk)
    # Typed for what was handed in, in a window that has seen nothing of the review.
    mine = "船来了，一共三艘。"
    content = {"blocks": [{"text": mine, "type": "unstyled", "depth": 0}], "entityMap": {}}
    content["blocks"][0] |= {"key": "a", "inlineStyleRanges": [], "entityRanges": []}
    keep(desk, key=FIRST, target=json.dumps(content), base="other")
    expect(acting.desk_says(desk, "conflict")).to_be_visible()
    row, box = acting.desk_row(desk, FIRST), acting.target_box(desk, FIRST)
    row.locator("[data-desk-do=takeBack]").click()
    expect(row.locator("[data-desk-saved]")).to_have_text(
        "First decide which of the two texts stays."
    )
    box.click()
    desk.keyboard.press("Control+Alt+c")
    expect(box).to_have_text(mine)
    desk.reload()
    expect(box).to_have_text(mine)
    row.locator("[data-desk-do=takeTheirs]").click()
    acting.wait_for_autosave(desk)
    row.locator("[data-desk-do=takeBack]").click()
    acting.wait_for_autosave(desk)
    assert stored(translation, FIRST) == "船来了。"
