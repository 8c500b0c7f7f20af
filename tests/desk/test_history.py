"""A translation's history says what was done in each version."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import LogContext

from archive.desk.history import told_of
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.models import Translation
from tests.desk.helpers import Person, again, page_text
from tests.desk.segments import keys
from tests.factories import make_translator

pytestmark = pytest.mark.django_db


def history_of(translation: Translation) -> str:
    return reverse("wagtailsnippets_archive_translation:history", args=[translation.pk])


def lines(person: Person, translation: Translation) -> tuple[list[str], int]:
    with CaptureQueriesContext(connection) as captured:
        response = person.client.get(history_of(translation))
    entries = response.context["table"].data
    return [str(one.message) for one in entries if one.action == "wagtail.edit"], len(captured)


def test_each_edit_says_what_was_done(translation: Translation, li: Person) -> None:
    first, second = keys(translation)[:2]
    save_segments(translation, [SegmentChange(first, "港口札记")], user=li.user)
    lines(li, translation)
    told, cost = lines(li, translation)
    assert told == ["Edited (written: 1)"]

    wang = make_translator("wang")
    filled = SegmentChange(second, "<p>一</p>", origin="file")
    save_segments(again(translation), [filled], user=wang, is_version=True)
    draft = again(translation).get_latest_revision_as_object()
    [stored] = [one for one in draft.segments.all() if one.key == second]
    sure = SegmentChange(second, stored.target, version_of(stored), confirmed=True)
    save_segments(again(translation), [sure], user=li.user)
    told, more = lines(li, translation)
    assert told == ["Edited (confirmed: 1)", "Edited (from a file: 1)", "Edited (written: 1)"]
    assert more == cost + 1


def test_what_is_saved_once_more_without_a_change_is_no_edit_of_its_own(
    translation: Translation, li: Person
) -> None:
    save_segments(translation, [SegmentChange(keys(translation)[0], "港口札记")], user=li.user)
    li.edits(translation).save()
    li.edits(translation).save()
    assert again(translation).revisions.count() == 3
    assert lines(li, translation)[0] == ["Edited (written: 1)"]
    assert "Current draft" in page_text(li.client.get(history_of(translation)))
    # A colleague's is one of their own.
    Person(make_translator("wang")).edits(translation).save()
    assert lines(li, translation)[0] == ["Edited", "Edited (written: 1)"]


def test_a_text_that_was_given_up_says_so(translation: Translation, li: Person) -> None:
    first = keys(translation)[0]
    save_segments(translation, [SegmentChange(first, "港口札记")], user=make_translator("wang"))
    given_up = [SegmentChange(first, "港口手记")]
    # As in a request, of which Wagtail's history shows the last entry of each action.
    with LogContext(user=li.user):
        save_segments(again(translation), [], user=li.user, given_up=given_up)
    told, _cost = lines(li, translation)
    assert told == [
        "The text that stays after the conflict",
        "A text that was given up in a conflict, kept here",
        "Edited (written: 1)",
    ]


def of(**segment: object) -> dict[str, object]:
    nothing = {"left_out": False, "joined": False, "state": "draft", "note": "", "origin": "human"}
    return {"segments": [{"key": "headline", "target": "一", **nothing, **segment}]}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (of(), of(target=""), "emptied: 1"),
        (of(), of(left_out=True, state="confirmed"), "omitted: 1 · confirmed: 1"),
        (of(left_out=True), of(), "no longer omitted or joined: 1"),
        (of(state="confirmed"), of(), "a draft again: 1"),
        (of(state="confirmed"), of(target="二"), "written: 1"),
        (of(state="confirmed"), of(target="二", state="confirmed"), "written: 1 · confirmed: 1"),
        (of(), of(note="Why?"), "note changed: 1"),
        (of(), {"segments": []}, "removed: 1"),
        (of(), of(), ""),
    ],
)
def test_what_was_done_to_a_segment(before, after, told: str) -> None:
    assert told_of(before, after) == told
