"""A story that came back from its review: what its reviewer says, and what was changed there."""

from django.core.management import call_command
from playwright.sync_api import Page, expect
from wagtail.models import WorkflowState

from archive.desk.comments import add_comment
from archive.desk.saving import SegmentChange, save_segments, version_of
from tests.browser import acting, server
from tests.desk.helpers import again, translation_of
from tests.desk.segments import keys
from tests.desk.test_dashboard import send_back
from tests.factories import make_article, make_body, make_translator


def test_it_opens_at_what_its_reviewer_says_and_the_changes_are_told_as_long_as_they_stand(
    open_tab,
) -> None:
    li, wang = make_translator("li"), make_translator("wang")
    body = make_body(*(f"Ship {number} came to the port." for number in range(20)))
    translation = translation_of(make_article("Harbour notes", body=body))
    key, later = keys(translation)[1], keys(translation)[16]
    save_segments(translation, [SegmentChange(key, "<p>船来了。</p>")], user=li)
    translation = again(translation)
    stored = translation.get_latest_revision_as_object().segments.get(key=key)
    mended = SegmentChange(key, "<p>船到了。</p>", version_of(stored))

    def review() -> None:
        save_segments(translation, [mended], user=wang)
        add_comment(translation, later, "Which port?", user=wang)

    send_back(translation, li, wang, "Check the sums.", review=review)
    desk: Page = open_tab(li)
    acting.edit(desk, translation)
    said = desk.locator("[data-desk-review]")
    expect(said).to_be_focused()
    expect(said).to_contain_text("Check the sums.")
    expect(said).to_be_in_viewport(ratio=1)

    # The next segment from there is the first with a remark.
    desk.keyboard.press("Alt+ArrowDown")
    box, told = (
        acting.target_box(desk, key),
        acting.desk_row(desk, key).locator("[data-desk-tracked]"),
    )
    expect(box).to_be_focused()
    expect(told).to_be_visible()
    # Written anew, it is nobody's change any more, also once that is undone.
    desk.keyboard.press("End")
    desk.keyboard.type("!")
    acting.wait_for_autosave(desk)
    expect(told).to_be_hidden()
    desk.keyboard.press("ControlOrMeta+z")
    expect(box).to_have_text("船到了。")
    expect(told).to_be_hidden()
    desk.locator("[data-desk-filter]").select_option("changed")
    expect(acting.desk_row(desk, key)).to_be_hidden()
    said.get_by_role("link", name="17").click()
    expect(acting.target_box(desk, later)).to_be_focused()


def test_it_is_handed_in_again_to_the_review_that_sent_it_back(open_tab) -> None:
    """A restarted one would be another review: cancelled, and told as such."""
    li, wang = make_translator("li"), make_translator("wang")
    translation = translation_of(make_article("Harbour notes", body=make_body("A ship came.")))
    save_segments(translation, [SegmentChange(keys(translation)[1], "<p>船到。</p>")], user=li)
    translation = again(translation)
    call_command("make_groups", workflow=True, verbosity=0)
    step = translation.get_workflow().start(translation, li).current_task_state
    step.task.on_action(step, wang, "reject", comment="Check the sums.")
    desk: Page = open_tab(li)
    acting.edit(desk, translation)
    acting.wait_until_watched(desk)
    for key, words in zip(keys(translation), ("港口札记", "船来了。"), strict=True):
        acting.translate(desk, {key: words})
        acting.target_box(desk, key).press("Control+Enter")
    acting.wait_for_autosave(desk)
    with desk.expect_navigation():
        desk.keyboard.press("Control+Alt+u")
    with server.turn:
        review = WorkflowState.objects.get()
        assert (review.status, review.task_states.count()) == ("in_progress", 2)
