"""Saves single segments into a translation's draft: nobody's words are overwritten in silence.

Each change names the version of its segment that it started from. So two people at one story
only meet where they change the same segment, and then both texts are shown.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from archive.desk.models import Segment, Translation
from archive.desk.models.translation import SAVED_BY_SEGMENT
from archive.desk.segments import Row, align_segments
from archive.text import richtext
from archive.text.segmentation import RICH, SourceSegment

# Within this time, one person's changes in a row are one version in the history.
ONE_SITTING = timedelta(minutes=10)


@dataclass(frozen=True)
class Change:
    """What somebody wants a segment to be, and the version of it that they saw."""

    key: str
    target: str = ""
    base: str = ""
    left_out: bool = False
    joined: bool = False
    note: str = ""
    # The digest of the source text that they saw; "" for the source as it stands.
    seen: str = ""
    still_right: bool = False
    # A person stands by the words, also by a machine's.
    confirmed: bool = False
    origin: str = Segment.Origin.HUMAN
    # The source text that they saw, where it isn't the one that stands there now.
    source_text: str = ""
    # How far the words are, where somebody says so; "" for what follows from the words.
    state: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a change; `version` and `segment` are what is stored now.

    "clash": the segment isn't what the change started from; "gone": the story has no such
    segment any more. Neither is stored.
    """

    key: str
    kind: Literal["saved", "unchanged", "clash", "gone"]
    version: str = ""
    segment: Segment | None = None


def version_of(segment: Segment | None) -> str:
    """Names what a segment says; "" for one that nobody has touched."""
    if segment is None or not (segment.target or segment.left_out or segment.joined):
        return _digest(segment.note) if segment and segment.note else ""
    target = richtext.folded(segment.target) if segment.markup == RICH else segment.target
    return _digest(target, str(segment.left_out), str(segment.joined), segment.note)


Verdict = Literal["same", "kept", "taken", "clash"]


def judge(stored: Segment | None, change: Change, source: SourceSegment) -> Verdict:
    """What a change means for what is stored now.

    "same": it says that already; "kept": whoever sent it changed nothing since its base, so what
    somebody else stored stands; "taken": nobody else changed the segment; "clash": both did.
    """
    wanted, now = version_of(_as_segment(change, source)), version_of(stored)
    if wanted == now:
        return "same"
    if now == change.base:
        return "taken"
    return "kept" if wanted == change.base else "clash"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def locked_draft(translation: Translation) -> Any:
    """The newest draft; nobody else saves one until the transaction is over."""
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    return row.get_latest_revision_as_object()


@transaction.atomic
def save_segments(
    translation: Translation,
    changes: Iterable[Change],
    *,
    user: Any,
    draft: Any = None,
) -> list[Outcome]:
    """Store in the draft what clashes with nothing; gives an outcome for each change, in order.

    Whether the user may, and whether the translation is locked, is the caller's to ask. Pass the
    `locked_draft` if it is at hand.
    """
    draft = draft or locked_draft(translation)
    rows, set_aside = align_segments(draft)
    by_key = {one.source.key: one for one in rows}
    segments = {key: one.segment for key, one in by_key.items() if one.segment}
    outcomes = [_take(change, by_key, segments, user) for change in changes]
    if any(outcome.kind == "saved" for outcome in outcomes):
        for order, key in enumerate(by_key):
            if key in segments:
                segments[key].sort_order = order
        draft.segments = [*segments.values(), *set_aside]
        _save(draft, user)
    return outcomes


def _take(
    change: Change, by_key: dict[str, Row], segments: dict[str, Segment], user: Any
) -> Outcome:
    if change.key not in by_key:
        return Outcome(change.key, "gone")
    source, stored = by_key[change.key].source, segments.get(change.key)
    verdict = judge(stored, change, source)
    if verdict == "clash":
        return Outcome(change.key, "clash", version_of(stored), stored)
    if verdict == "kept" or (verdict == "same" and not is_a_word_on_it(stored, change)):
        return Outcome(change.key, "unchanged", version_of(stored), stored)
    segment = stored or Segment(key=change.key)
    apply_change(segment, change, source, user=user)
    segments[change.key] = segment
    return Outcome(change.key, "saved", version_of(segment), segment)


def is_a_word_on_it(stored: Segment | None, change: Change) -> bool:
    """Whether the change does something although it leaves the words as they are."""
    if stored is None:
        return False
    unsure = bool(stored.target) and stored.state == Segment.State.INITIAL
    return change.still_right or (change.confirmed and unsure)


def _as_segment(change: Change, source: SourceSegment) -> Segment:
    target = change.target
    if source.markup == RICH and richtext.is_blank(target):
        target = ""
    return Segment(
        target=target,
        markup=source.markup,
        left_out=change.left_out,
        joined=change.joined,
        note=change.note,
    )


def _decision(segment: Segment) -> tuple[str, bool, bool]:
    is_rich = segment.markup == RICH
    target = richtext.folded(segment.target) if is_rich else segment.target
    return target, segment.left_out, segment.joined


def apply_change(segment: Segment, change: Change, source: SourceSegment, *, user: Any) -> None:
    """Write the change into the segment in memory, and note who did it, and from which source."""
    wanted = _as_segment(change, source)
    is_new = version_of(segment) == ""
    differs = _decision(segment) != _decision(wanted)
    if differs:
        segment.target = wanted.target
    segment.left_out, segment.joined = wanted.left_out, wanted.joined
    segment.note = wanted.note
    segment.key, segment.kind, segment.markup = source.key, source.kind, source.markup
    if differs or change.still_right or is_new or not segment.source_digest:
        _note_source(segment, change, source)
    if differs or is_a_word_on_it(segment, replace(change, still_right=False)):
        is_draft = change.origin == Segment.Origin.MACHINE and not change.confirmed
        done = (segment.target and not is_draft) or segment.left_out or segment.joined
        segment.state = Segment.State.TRANSLATED if done else Segment.State.INITIAL
        segment.translated_by, segment.translated_at = user, timezone.now()
    if differs:
        segment.origin = change.origin
    segment.state = change.state or segment.state


def _note_source(segment: Segment, change: Change, source: SourceSegment) -> None:
    # The source may have changed while the translator typed: what counts is what they saw.
    seen = change.seen or source.digest
    if seen == source.digest or change.source_text:
        segment.source_text = change.source_text or source.text
    segment.source_digest = seen


def _save(draft: Translation, user: Any) -> None:
    last = draft.latest_revision
    draft.saved_by_segment = True
    if last and _is_same_sitting(draft, last, user):
        last.content = draft.serializable_data()
        last.created_at = timezone.now()
        last.object_str = str(draft)
        last.save()
        draft.count_progress()
    else:
        draft.save_revision(user=user, clean=False, log_action=True)


def _is_same_sitting(draft: Translation, last: Any, user: Any) -> bool:
    """Whether the newest version may be written over: this person's own, and nobody else's yet."""
    return bool(
        last.content.get(SAVED_BY_SEGMENT)
        and last.user_id == (user.pk if user else None)
        and timezone.now() - last.created_at < ONE_SITTING
        and last.pk != draft.live_revision_id
        and not last.approved_go_live_at
        and not last.task_states.exists()
    )
