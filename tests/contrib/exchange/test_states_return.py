"""A file that comes back as it went out is nobody's work: no state, name, time or count moves."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from archive.contrib.assessment.work import Months, work_of
from archive.contrib.exchange.formats import FORMATS
from archive.contrib.exchange.plan import ReplyVerdict
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.models import Translation
from archive.stories.body import raw
from tests.contrib.exchange.stories import exported, imported, row_of, verdicts
from tests.contrib.exchange.values import edited
from tests.factories import make_article, make_body, make_translator

pytestmark = pytest.mark.django_db

# What makes a segment so, of a text by the first translator; then what the second one does.
WORK: dict[str, dict[str, Any]] = {
    "draft": {},
    "machine": {"origin": "machine"},
    "file": {"origin": "file"},
    "aligned": {"origin": "aligned", "is_doubtful": True},
    "ahead": {"origin": "ahead", "is_doubtful": True, "score": 100},
    "repetition": {"origin": "repetition", "score": 100},
    "confirmed": {"confirmed": True},
    "reviewed": {"confirmed": True},
    "stale draft": {},
    "stale": {"confirmed": True},
    "stale reviewed": {"confirmed": True},
    "left out": {"left_out": True},
    "joined": {"joined": True},
}
# Decisions of the desk's, which no file changes.
LOCKED = {"left out", "joined"}


def story_in_all_states() -> tuple[Translation, dict[str, str]]:
    """Its translation, and the key of the segment of each state."""
    article = make_article(body=make_body(*WORK))
    blocks = raw(article.source("body"))
    keys = {state: one["id"] for state, one in zip(WORK, blocks, strict=True)}
    translation = article.translations.get()
    first, second = make_translator("first"), make_translator("second")
    for state, values in WORK.items():
        target = "" if state == "left out" else f"<p>译文 {state}</p>"
        change = SegmentChange(keys[state], target, **values)
        version = save_segments(translation, [change], user=first)[0].version
        if "reviewed" in state:
            again = SegmentChange(keys[state], target, version, confirmed=True)
            save_segments(translation, [again], user=second)
    for one in blocks:
        one["value"] = one["value"].replace("<p>stale", "<p>newer")
    article.body_en = article._meta.get_field("body_en").to_python(blocks)
    article.save_revision().publish()
    return Translation.objects.get(pk=translation.pk), keys


def facts(translation: Translation) -> list[Any]:
    """All that lists, statistics and readers' marks are counted from."""
    translation.refresh_from_db()
    draft = translation.get_latest_revision_as_object()
    stored = translation.latest_revision
    today = timezone.localdate()
    months = Months(today.replace(day=1), today + timedelta(days=40))
    return [
        [(row.state, row.is_stale) for row in rows(draft)],
        (stored.pk, stored.content["segments"]),
        work_of(months),
        [
            getattr(translation, f"{one}_count")
            for one in ("segment", "draft", "done", "reviewed", "stale")
        ],
    ]


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_file_that_nobody_touched_changes_nothing(name):
    translation, keys = story_in_all_states()
    before = facts(translation)
    assert {state for state, _is_stale in before[0]} >= {
        *("empty", "draft", "machine", "file", "check", "memory", "confirmed", "reviewed"),
        *("stale", "left-out"),
    }
    (report,) = imported(exported(translation, format_name=name), user=make_translator("third"))
    assert verdicts(report) <= {ReplyVerdict.UNCHANGED, ReplyVerdict.EMPTY}
    assert facts(translation) == before
    assert row_of(translation, keys["stale"]).is_stale


@pytest.mark.parametrize("name", list(FORMATS))
def test_an_untouched_file_takes_back_no_state_that_the_desk_gave_since(name):
    translation, keys = story_in_all_states()
    data = exported(translation, format_name=name)
    for state in ("draft", "confirmed"):
        row = row_of(translation, keys[state])
        change = SegmentChange(keys[state], row.target, version_of(row.segment), confirmed=True)
        (outcome,) = save_segments(translation, [change], user=make_translator(f"fourth {state}"))
        assert outcome.kind == "saved"
    before = facts(translation)
    imported(data, user=make_translator("third"))
    assert facts(translation) == before


@pytest.mark.parametrize("said", ["translated", "final", "signed-off"])
def test_words_that_a_tool_only_calls_finished_are_as_they_were(said):
    translation, _keys = story_in_all_states()
    before = facts(translation)
    data = exported(translation).decode()
    for state in ("needs-translation", "needs-adaptation", "translated", "signed-off"):
        data = data.replace(f'state="{state}"', f'state="{said}"')
    (report,) = imported(data.encode(), user=make_translator("third"))
    assert facts(translation) == before
    assert any("confirm it in the editor" in line.remark for line in report.lines)


@pytest.mark.parametrize("name", list(FORMATS))
def test_changed_words_are_their_writers_and_as_far_as_the_file_says(name):
    translation, keys = story_in_all_states()
    third = make_translator("third")
    (report,) = imported(rewritten(name, exported(translation, format_name=name)), user=third)
    changed = {line.key for line in report.lines if line.change}
    assert changed == {key for state, key in keys.items() if state not in LOCKED}
    for state in WORK.keys() - LOCKED:
        row = row_of(translation, keys[state])
        assert row.target == f"<p>新译 {state}</p>"
        # A CAT tool says how far its words are; a table's status is that of the words before.
        is_stood_by = state in ("confirmed", "reviewed") and name not in ("docx", "xlsx")
        assert row.segment.state == ("confirmed" if is_stood_by else "draft")
        assert (row.segment.translated_by_id, row.segment.reviewed_by_id) == (third.pk, None)
        assert row.segment.source_digest == row.source.digest


def rewritten(name: str, data: bytes) -> bytes:
    """The file with other words in every translation."""
    if name not in ("docx", "xlsx"):
        return data.replace("译文".encode(), "新译".encode())
    attribute = "text" if name == "docx" else "value"

    def edit(table: Any) -> None:
        for row in table.rows:
            for cell in row.cells if name == "docx" else row:
                text = getattr(cell, attribute)
                # The heading is the same word, and stays.
                if text and text.startswith("译文 "):
                    setattr(cell, attribute, text.replace("译文", "新译"))

    return edited(name, data, edit=edit)
