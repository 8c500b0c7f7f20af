"""What a browser sends to save single segments, and what it gets back. No requests in here."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from archive.desk.editor.widgets import input_value, stored_value
from archive.desk.findings import errors_in
from archive.desk.models import Segment
from archive.desk.policies import name_of
from archive.desk.saving import DraftSegments, SegmentChange, column_length, version_of
from archive.desk.segments import Row, counts_of, version_of_source
from archive.text import richtext
from archive.text.differences import Difference, differences
from archive.text.segmentation import RICH, SourceSegment, plain_text

MOST_CHANGES = 1000
_MOST_SCORE = 100
FLAGS = ("left_out", "joined", "still_right", "confirmed", "is_doubtful")

Answer = dict[str, Any]


def about_of(segment: Any | None) -> dict[str, Any]:
    """Whose words a segment has: what a browser filters the rows by; "" where there are none."""
    if segment is None or not segment.target:
        return {"origin": "", "score": None, "author": "", "doubts": ""}
    return {
        "origin": segment.origin,
        "score": segment.score,
        "author": str(segment.translated_by_id or ""),
        "doubts": segment.doubts if segment.is_doubtful else "",
    }


def values_of(segment: Any | None, source: SourceSegment) -> dict[str, Any]:
    """What is stored of a segment, as its row's inputs hold it; for a browser."""
    target = segment.target if segment else ""
    return {
        "target": input_value(target, source),
        "html": richtext.links_as_marks(target) if source.markup == RICH else "",
        "left_out": bool(segment and segment.left_out),
        "joined": bool(segment and segment.joined),
        "note": segment.note if segment else "",
        "version": version_of(segment),
        "about": about_of(segment),
    }


@dataclass(frozen=True)
class SegmentConflict:
    """A text that somebody else stored in a segment, or `user` in another window, beside `mine`
    (database form)."""

    source: SourceSegment
    stored: Any | None
    mine: str
    user: Any = None

    @property
    def is_own(self) -> bool:
        by = self.stored.translated_by_id if self.stored else None
        return by is not None and self.user is not None and by == self.user.pk

    @property
    def author(self) -> str:
        user = self.stored.translated_by if self.stored else None
        return name_of(user) if user else _("Unknown user")

    @property
    def theirs(self) -> dict[str, Any]:
        return values_of(self.stored, self.source)

    @cached_property
    def changes(self) -> list[Difference]:
        """From my words to theirs."""
        theirs = self.stored.target if self.stored else ""
        return differences(*(plain_text(text, self.source.markup) for text in (self.mine, theirs)))

    @property
    def loses_mine(self) -> bool:
        """Whether words go that are mine alone, if theirs is taken: no button suggests that."""
        return any(part.kind == "gone" for part in self.changes)

    @property
    def loses_theirs(self) -> bool:
        """Whether words go that are theirs alone, if mine is kept."""
        has_note = bool(self.stored and self.stored.note)
        return has_note or any(part.kind == "new" for part in self.changes)

    def as_html(self) -> str:
        values = {"conflict": self, "theirs": json.dumps(self.theirs)}
        return render_to_string("archive/admin/segment_conflict.html", values)


class UnreadableError(ValueError):
    """The desk's script sends no such thing; the message says what is wrong."""


def read_changes(body: bytes) -> list[dict[str, Any]]:
    """The changes in a request's body: `{"changes": [{"key": …, "target": …, …}, …]}`."""
    try:
        changes = json.loads(body)["changes"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError(_("This file is not a list of changes.")) from error
    if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
        raise UnreadableError(_("This file is not a list of changes."))
    if not all(isinstance(one, dict) and isinstance(one.get("key"), str) for one in changes):
        raise UnreadableError(_("A change has no segment key."))
    return changes


def save_posted(draft: DraftSegments, posted: list[dict[str, Any]], *, user: Any) -> Answer:
    """Save what can be into the locked draft; an answer for each change, the progress, which
    version of the source that is, and which of the draft stood before: a page that doesn't know
    that one lacks what somebody else has stored."""
    former = version_of_draft(draft.draft)
    _keep_given_up(draft, posted, user)
    outcomes = [_save_one(draft, one, user) for one in posted]
    if any(one["kind"] == "conflict" for one in outcomes):
        draft.close_sitting(user)
    draft.save(user)
    version = version_of_source(draft.sources.values())
    stands = standing_of(draft.draft, draft.rows)
    return {"outcomes": outcomes, "source": version, "former": former, **stands}


def _keep_given_up(draft: DraftSegments, posted: list[dict[str, Any]], user: Any) -> None:
    """The texts that a person gives up for those that are stored go into the history."""
    given_up = []
    for one in posted:
        source, words = draft.sources.get(one["key"]), one.get("given_up")
        if source and isinstance(words, dict):
            # What can't be read was never a text.
            with suppress(UnreadableError):
                change = _read_change({**words, "key": one["key"]}, source)
                given_up += [change] if not draft.objection(change) else []
    if given_up:
        draft.keep_given_up(given_up, user=user)


def version_of_draft(draft: Any) -> str:
    """Another one whenever anything of the newest draft is stored; "" where there is none."""
    revision = draft.latest_revision
    return f"{revision.pk}-{revision.created_at.timestamp()}" if revision else ""


def standing_of(draft: Any, rows: Sequence[Row]) -> Answer:
    """How far a draft is, and in which version: what the desk's bar and its form show."""
    revision = draft.latest_revision
    return {
        "progress": counts_of(rows),
        "draft": version_of_draft(draft),
        "revision": {
            "id": revision.pk if revision else None,
            "created_at": revision.created_at.isoformat() if revision else "",
        },
    }


def _save_one(draft: DraftSegments, posted: dict[str, Any], user: Any) -> Answer:
    answer: Answer = {"key": posted["key"], "kind": "refused"}
    source = draft.sources.get(posted["key"])
    try:
        change = _read_change(posted, source)
    except UnreadableError as error:
        return {**answer, "message": str(error)}
    errors = [] if posted.get("is_sure") is True else _errors_in(draft, change, user)
    if errors:
        # The words are stored, and nobody stands by them before they have been told.
        change = replace(change, confirmed=False)
    outcome = draft.take(change, user=user)
    if outcome.kind == "refused":
        return {**answer, "message": outcome.message}
    answer |= {"kind": outcome.kind, "version": outcome.version, "errors": errors}
    if source is None:
        if outcome.kind == "saved":
            return answer
        message = _("This paragraph was deleted. Your text is kept in this browser.")
        return {**answer, "message": message}
    answer |= {"state": draft.row(source.key).state, "about": about_of(outcome.segment)}
    if outcome.kind == "conflict":
        answer["conflict"] = SegmentConflict(source, outcome.segment, change.target, user).as_html()
    if outcome.kind == "unchanged":
        # Perhaps as a colleague has saved it: whoever sent this had changed nothing.
        answer["stored"] = values_of(outcome.segment, source)
    return answer


def _errors_in(draft: DraftSegments, change: SegmentChange, user: Any) -> list[str]:
    """What the checks call an error in the words that the change would confirm."""
    wanted = draft.confirmed_row(change, user=user)
    if wanted is None:
        return []
    key = change.key
    laid_out = [wanted if row.source.key == key else row for row in draft.rows]
    return errors_in(draft.draft, laid_out, key)


def _read_change(posted: dict[str, Any], source: SourceSegment | None) -> SegmentChange:
    """Raises UnreadableError, whose message says why it can't be a change."""
    names = ("target", "base", "seen", "note", "origin", "suggested", "doubts", "shown")
    texts = {name: posted.get(name, "") for name in names}
    key = posted["key"]
    if not all(isinstance(text, str) for text in texts.values()):
        raise UnreadableError(_("This text can't be read."))
    if "\x00" in key + "".join(texts.values()):
        raise UnreadableError(
            _("The text contains a character that can't be stored (NUL). Delete it and try again.")
        )
    # Whose ever the words are, it is a person who omits them.
    if texts["origin"] not in Segment.Origin.values or posted.get("left_out") is True:
        texts["origin"] = Segment.Origin.HUMAN
    if texts["suggested"] not in Segment.Origin.values:
        texts["suggested"] = ""
    try:
        if source:
            texts["target"] = stored_value(texts["target"], source)
        # Half of a character outside the basic plane, as a cut emoji leaves it, isn't text.
        "".join([key, *texts.values()]).encode()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableError(_("This text can't be read.")) from error
    if any(len(texts[name]) > column_length("source_digest") for name in ("seen", "shown")):
        raise UnreadableError(_("This text can't be read."))
    values: dict[str, Any] = {**texts, **{name: posted.get(name) is True for name in FLAGS}}
    score = posted.get("score")
    is_score = type(score) is int and 0 <= score <= _MOST_SCORE
    return SegmentChange(key, **values, score=score if is_score else None)
