"""Saves single segments into a translation's draft: nobody's words are overwritten in silence.

Each change names the version of its segment that it started from. So two people at one story
only meet where they change the same segment, and then both texts are shown. Whether a user may
change the translation, and whether it is locked, is the caller's to ask.
"""

import hashlib
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from archive.desk.actions import write_state
from archive.desk.audit import log_each
from archive.desk.memory.units import follow_draft
from archive.desk.models import Segment, Translation
from archive.desk.models.translation import SAVED_BY_SEGMENT
from archive.desk.policies import policy
from archive.desk.segments import Row, align_segments, between, joinable, source_segments
from archive.stories.marks import TranslationState
from archive.text import richtext
from archive.text.segmentation import RICH, SourceSegment, digest

# Whose a segment's words are, how far they are, and which source they translate.
_OF_WHICH_SOURCE = ("source_text", "source_digest")
_ABOUT_WORDS = (
    *("state", "origin", "score", "suggested", "is_doubtful", "doubts"),
    *("translated_by_id", "translated_at", "reviewed_by_id", "reviewed_at"),
)
# What the log says of the two versions that a conflict makes: the text that was given up, and what
# stays.
CONFLICT, GIVEN_UP, STANDS = "conflict", "given_up", "stands"
# Within this time, one person's changes in a row are one version in the history.
ONE_SITTING = timedelta(minutes=10)


@dataclass(frozen=True)
class SegmentChange:
    """What somebody wants a segment to be, and the version of it that they saw."""

    key: str
    target: str = ""
    base: str = ""
    left_out: bool = False
    joined: bool = False
    note: str = ""
    # The digest of the source text that they saw; "" for the source as it stands.
    seen: str = ""
    # The digest of the one that stood beside it on their screen, where that was corrected.
    shown: str = ""
    still_right: bool = False
    # A person stands by the words, whose ever they are; a second one reviews them so.
    confirmed: bool = False
    origin: str = Segment.Origin.HUMAN
    # Of a text from the memory, in per cent.
    score: int | None = None
    # Whose words the text began as, where a person has changed them since.
    suggested: str = ""
    # Perhaps not the translation of its source.
    is_doubtful: bool = False
    # What of it differs: see `Segment.doubts`.
    doubts: str = ""
    # Nobody stands by the words any longer, though they are the same: they are a draft.
    reopened: bool = False
    # The source text that they saw, where it isn't the one that stands there now.
    source_text: str = ""
    # As which the segment stays but for its words: what only marks a name in them, or brings
    # former words back, makes nobody their author, and neither lifts nor drops their state.
    former: Segment | None = None


@dataclass(frozen=True)
class SaveOutcome:
    """What became of a change; `version` and `segment` are what is stored now.

    "conflict": the segment isn't what the change started from; "gone": the story has no such
    segment any more; "refused": no segment can be so, and `message` says why. None is stored.
    """

    key: str
    kind: Literal["saved", "unchanged", "conflict", "gone", "refused"]
    version: str = ""
    segment: Segment | None = None
    message: str = ""


def version_of(segment: Segment | None) -> str:
    """Names what a segment says; "" for one that nobody has touched."""
    if segment is None or not segment.is_filled:
        return _digest(segment.note) if segment and segment.note else ""
    return _digest(*map(str, _decision(segment)), segment.note)


def _decision(segment: Segment) -> tuple[str, bool, bool]:
    is_rich = segment.markup == RICH
    target = richtext.folded(segment.target) if is_rich else segment.target
    return target, segment.left_out, segment.joined


def says(segment: Segment | None, change: SegmentChange, source: SourceSegment) -> bool:
    """Whether the segment is as the change wants it, whatever is noted about it."""
    return segment is not None and _decision(segment) == _decision(_as_segment(change, source))


Verdict = Literal["same", "theirs", "taken", "conflict"]


def judge(stored: Segment | None, change: SegmentChange, source: SourceSegment) -> Verdict:
    """What a change means for what is stored now.

    "same": it says that already; "theirs": whoever sent it changed nothing since its base, so what
    somebody else stored stands; "taken": nobody else changed the segment; "conflict": both did.
    """
    wanted, now = version_of(_as_segment(change, source)), version_of(stored)
    if wanted == now:
        return "same"
    if now == change.base:
        return "taken"
    return "theirs" if wanted == change.base else "conflict"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def column_length(name: str) -> int:
    """How many characters a column of segments holds."""
    return int(Segment._meta.get_field(name).max_length)


def max_length_of(translation: Any, key: str) -> int | None:
    """As many characters as the story's column holds; a body has no limit."""
    if key not in translation.article.text_fields:
        return None
    length: int | None = translation.article._meta.get_field(key).max_length
    return length


class DraftSegments:
    """A translation's newest draft, aligned once, and the changes that it has taken in memory.

    Form, autosave, files and machines all change a draft by `take`; nothing is stored before
    `save`, or before `in_order` is put on the draft.
    """

    def __init__(self, draft: Any) -> None:
        self.draft = draft
        laid_out, self.set_aside = align_segments(draft)
        self.sources = {row.source.key: row.source for row in laid_out}
        self.before = {row.source.key: row.before for row in laid_out}
        self.segments = {row.source.key: row.segment for row in laid_out if row.segment}
        self.has_changed = False
        # Whether something of it was confirmed, or is now: the memory has that.
        self.is_remembered = False

    @property
    def rows(self) -> list[Row]:
        """A row for each source segment, with the changes that were taken."""
        return [self.row(key) for key in self.sources]

    def row(self, key: str) -> Row:
        return Row(self.sources[key], self.segments.get(key), self.before[key])

    @cached_property
    def joinable(self) -> set[str]:
        """Keys of the paragraphs that may be translated with the one before."""
        return joinable(self.draft.article)

    def objection(self, change: SegmentChange) -> str:
        """Why the segment can't be what the change wants it to be; "" if it can."""
        if change.key == "headline" and change.left_out:
            return _("A story can't be published without a headline.")
        if change.joined and change.key not in self.joinable:
            return _(
                "Only a paragraph that directly follows another can be translated together with it."
            )
        longest = max_length_of(self.draft, change.key)
        if longest and len(change.target) > longest:
            message = _("The limit is %(most)d characters; this text has %(length)d.")
            return message % {"most": longest, "length": len(change.target)}
        return ""

    def take(self, change: SegmentChange, *, user: Any, overwrite: bool = False) -> SaveOutcome:
        """Change the segment in memory, unless somebody else has since `change.base`.

        `overwrite` takes the change all the same, as a preview does.
        """
        source, stored = self.sources.get(change.key), self.segments.get(change.key)
        if source is None:
            return SaveOutcome(change.key, "saved" if self._discard(change) else "gone")
        if message := self.objection(change):
            return SaveOutcome(change.key, "refused", version_of(stored), stored, message)
        verdict = judge(stored, change, source)
        if verdict == "conflict" and not overwrite:
            return SaveOutcome(change.key, "conflict", version_of(stored), stored)
        if change.reopened and verdict == "same" and self.reopen(change.key, user):
            segment = self.segments[change.key]
            return SaveOutcome(change.key, "saved", version_of(segment), segment)
        lifted = self._lifted(stored, change, source, user) if verdict == "same" else ""
        is_deed = bool(lifted) or (verdict == "same" and bool(stored) and change.still_right)
        if verdict == "theirs" or (verdict == "same" and not is_deed):
            return SaveOutcome(change.key, "unchanged", version_of(stored), stored)
        segment = copy(stored) if stored else Segment(key=change.key)
        was_joined = segment.joined
        known = ("", source.digest, segment.source_digest, _digest_of_source(segment))
        if change.seen not in known and not change.source_text:
            change = replace(change, source_text=self._former_source(change.seen))
        _apply(segment, change, source, user)
        if not was_joined or not segment.joined or change.still_right:
            segment.joined_to = self.before[change.key] if segment.joined else ""
        if verdict != "same":
            # Words that got their state back may be confirmed, or reviewed, in the same breath.
            lifted = self._lifted(segment, change, source, user)
        if lifted:
            _lift(segment, lifted, user)
        self.segments[change.key] = segment
        self.has_changed = True
        self.is_remembered |= any(one and _may_be_remembered(one) for one in (stored, segment))
        return SaveOutcome(change.key, "saved", version_of(segment), segment)

    def _former_source(self, seen: str) -> str:
        """The text of this digest in the newest version of the story that has it; "" if none has.

        What a browser says that it showed isn't taken for what stood there.
        """
        for version in self.draft.article.revisions.order_by("-pk").iterator(chunk_size=1):
            for source in source_segments(version.as_object()):
                if source.digest == seen:
                    return source.text
        return ""

    def _lifted(
        self, stored: Segment | None, change: SegmentChange, source: SourceSegment, user: Any
    ) -> str:
        """The state that the change lifts unchanged words to; "" where it lifts none.

        What somebody confirmed is reviewed by another who may publish, and confirms it too.
        """
        if stored is None or not change.confirmed or not stored.is_filled:
            return ""
        if stored.state == Segment.State.DRAFT:
            return Segment.State.CONFIRMED
        is_theirs = user is not None and stored.translated_by_id != user.pk
        is_up_to_date = not Row(source, stored, self.before[change.key]).is_stale
        if stored.state != Segment.State.CONFIRMED or not (is_theirs and is_up_to_date):
            return ""
        may_review = policy.user_has_permission_for_instance(user, "publish", self.draft)
        return Segment.State.REVIEWED if may_review else ""

    def confirmed_row(self, change: SegmentChange, *, user: Any) -> Row | None:
        """The row as the change would have it, where it lifts the segment's state; else None."""
        source, stored = self.sources.get(change.key), self.segments.get(change.key)
        if source is None or not change.confirmed:
            return None
        if says(stored, change, source) and not self._lifted(stored, change, source, user):
            return None
        return Row(source, _as_segment(change, source), self.before[change.key])

    def reopen(self, key: str, user: Any) -> bool:
        """Nobody stands any longer by the segment's words: they are a draft, for what they are
        paired with has changed, or somebody says so. Gives whether anybody did."""
        stored = self.segments[key]
        if stored.state not in (Segment.State.CONFIRMED, Segment.State.REVIEWED):
            return False
        self.segments[key] = segment = copy(stored)
        _lift(segment, Segment.State.DRAFT, user)
        self.has_changed = self.is_remembered = True
        return True

    def put_back(self, key: str, former: Segment | None) -> None:
        """The segment as it stood, with who brought that about; None where there was none."""
        self.segments.pop(key, None)
        if former:
            self.segments[key] = former
        self.has_changed = self.is_remembered = True

    def _discard(self, change: SegmentChange) -> bool:
        """Whether words that are kept aside go: who leaves them out has seen them as they are."""
        kept = [one for one in self.set_aside if one.key == change.key and change.left_out]
        seen = [one for one in kept if version_of(one) == change.base]
        for one in seen:
            self.set_aside.remove(one)
        self.has_changed |= bool(seen)
        return bool(seen)

    def store_aside(self, change: SegmentChange, markup: str) -> None:
        """Store words typed for a paragraph that the story has lost, beside a colleague's."""
        if richtext.is_blank(change.target):
            return
        stored = next((one for one in self.set_aside if one.key == change.key), None)
        source = SourceSegment(change.key, "orphan", "", stored.markup if stored else markup)
        verdict = judge(stored, change, source)
        if verdict in ("same", "theirs"):
            return
        if stored and verdict == "taken":
            self.set_aside.remove(stored)
            segment = copy(stored)
        else:
            segment = Segment(key=change.key, kind=source.kind, markup=source.markup)
        segment.target = change.target
        self.set_aside.append(segment)
        self.has_changed = True

    def in_order(self) -> list[Segment]:
        """All segments as the draft is to hold them: in the story's order, then those set aside."""
        found = []
        for order, (key, source) in enumerate(self.sources.items()):
            if segment := self.segments.get(key):
                segment.sort_order = order
                segment.key, segment.kind, segment.markup = key, source.kind, source.markup
                found.append(segment)
        return [*found, *self.set_aside]

    def close_sitting(self, user: Any) -> None:
        """Keep the newest version: words of it met a conflict with their author's other window, or
        are written over by a file's."""
        last = self.draft.latest_revision
        if last and _is_same_sitting(self.draft, last, user):
            del last.content[SAVED_BY_SEGMENT]
            last.save(update_fields=["content"])

    def keep_given_up(self, changes: Sequence[SegmentChange], *, user: Any) -> None:
        """Store what a conflict's other text would have been as a version of its own, below the
        newest: who gives words up for those that are stored finds them in the history.

        Before anything else is taken. A request that is repeated adds none.
        """
        draft, stood = self.draft, dict(self.segments)
        for change in changes:
            if source := self.sources.get(change.key):
                self.segments[change.key] = segment = copy(stood.get(change.key) or Segment())
                _apply(segment, change, source, user)
        wanted = {key: one.target for key, one in self.segments.items()}
        last = draft.revisions.filter(user=user).order_by("-pk")[1:2]
        kept = [{one["key"]: one["target"] for one in v.content["segments"]} for v in last]
        if any(wanted.items() <= one.items() for one in kept):
            self.segments = stood
            return
        # What is published, or waits as the draft, stays what it is.
        draft.has_new_words = draft.has_unpublished_changes
        for segments, told in ((self.segments, GIVEN_UP), (stood, STANDS)):
            self.segments = segments
            draft.segments = self.in_order()
            revision = draft.save_revision(user=user, clean=False, laid_out=self.rows)
            data, fields = {CONFLICT: told}, {"revision": revision, "content_changed": True}
            log_each([draft], "wagtail.edit", user=user, data=data, **fields)
        draft.has_new_words = True

    def save(self, user: Any) -> None:
        """Store the draft if it has changed: as a new version, or in this sitting's."""
        if not self.has_changed:
            return
        draft = self.draft
        draft.segments = self.in_order()
        draft.saved_by_segment = True
        last = draft.latest_revision
        if last and _is_same_sitting(draft, last, user):
            last.content = draft.serializable_data()
            last.created_at = timezone.now()
            last.object_str = str(draft)
            last.save(update_fields=["content", "created_at", "object_str"])
            draft.count_progress(self.rows)
        else:
            if draft.state == TranslationState.NOT_STARTED:
                write_state(draft, TranslationState.IN_PROGRESS)
            revision = draft.save_revision(user=user, clean=False, laid_out=self.rows)
            log_each([draft], "wagtail.edit", user=user, revision=revision, content_changed=True)
        self.follow()

    def follow(self) -> None:
        """Once the draft is stored: what was confirmed in it is offered to everybody at once."""
        if self.is_remembered:
            follow_draft(self.draft, self.rows)


def _may_be_remembered(segment: Segment) -> bool:
    """Whether the memory may have it: confirmed, or a part of what is."""
    return segment.is_filled and (segment.joined or segment.state != Segment.State.DRAFT)


def locked_draft(translation: Translation) -> Any:
    """The newest draft; nobody else saves one until the transaction is over."""
    return Translation.objects.locked().get(pk=translation.pk).get_latest_revision_as_object()


@transaction.atomic
def save_segments(
    translation: Translation,
    changes: Iterable[SegmentChange],
    *,
    user: Any,
    given_up: Sequence[SegmentChange] = (),
    is_version: bool = False,
) -> list[SaveOutcome]:
    """Store in the draft what meets no conflict; gives an outcome for each change, in order.

    `given_up` are texts that aren't taken, and that the history keeps. With `is_version`, what was
    typed in this sitting stays as the version before.
    """
    draft = DraftSegments(locked_draft(translation))
    if given_up:
        draft.keep_given_up(given_up, user=user)
    if is_version:
        draft.close_sitting(user)
    outcomes = [draft.take(change, user=user) for change in changes]
    draft.save(user)
    return outcomes


def _as_segment(change: SegmentChange, source: SourceSegment) -> Segment:
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


def _apply(segment: Segment, change: SegmentChange, source: SourceSegment, user: Any) -> None:
    """Write the change into the segment in memory, and note who did it, and from which source."""
    wanted = _as_segment(change, source)
    is_new = version_of(segment) == ""
    differs = _decision(segment) != _decision(wanted)
    has_same_words = _decision(segment)[:2] == _decision(wanted)[:2]
    former = change.former
    if former:
        segment.former = former.former
    elif differs:
        former = _former(segment, wanted, change.seen or source.digest)
        segment.former = _standing(segment, wanted) or segment.former
    if differs:
        segment.target = wanted.target
    segment.left_out, segment.joined = wanted.left_out, wanted.joined
    segment.note = wanted.note
    segment.key, segment.kind, segment.markup = source.key, source.kind, source.markup
    if differs or change.still_right or is_new or not segment.source_digest:
        # The source may have changed while the translator typed: what counts is what they saw.
        segment.source_digest = change.seen or source.digest
        if change.source_text or segment.source_digest == source.digest:
            segment.source_text = change.source_text or source.text
        is_corrected = change.shown == source.digest != segment.source_digest
        if is_corrected and segment.source_digest == _digest_of_source(segment):
            segment.source_digest = between(change.seen)
    if differs:
        segment.origin = change.origin
        segment.score = change.score if change.origin in Segment.OF_MEMORY else None
        if change.origin != Segment.Origin.HUMAN or change.suggested or not segment.target:
            is_human = change.origin == Segment.Origin.HUMAN
            segment.suggested = change.suggested if is_human else change.origin
        # To type in it isn't to confirm it.
        segment.is_doubtful = change.is_doubtful or (segment.is_doubtful and segment.is_filled)
        segment.doubts = change.doubts
        _lift(segment, _state_after(segment, change, has_same_words), user)
    if former:
        for name in _ABOUT_WORDS if change.still_right else (*_ABOUT_WORDS, *_OF_WHICH_SOURCE):
            setattr(segment, name, getattr(former, name))


def _digest_of_source(segment: Segment) -> str:
    return digest(segment.source_text, segment.markup)


def _standing(segment: Segment, wanted: Segment) -> dict[str, Any]:
    """What the segment's words get back should they come back: how far they are, and by whom.

    Once a person stands by them, or where a decision takes their place that may be taken back.
    """
    if not segment.target or segment.left_out:
        return {}
    if segment.state == Segment.State.DRAFT and not (wanted.left_out or wanted.joined):
        return {}
    about = {name: getattr(segment, name) for name in (*_ABOUT_WORDS, *_OF_WHICH_SOURCE)}
    return {"words": _digest(_decision(segment)[0]), **about}


def _former(segment: Segment, wanted: Segment, seen: str) -> Segment | None:
    """The segment as it stood with the words that come back; None for other words.

    What is typed once more for a source that has changed meanwhile is its translation. A draft that
    is joined stays the draft that it is, and words for a former source stay those: to join them
    says nothing of what has changed. Where somebody has stood by other words since, those that come
    back are a draft: nobody has preferred them.
    """
    kept, (words, left_out, joined) = segment.former, _decision(wanted)
    stood, was_left_out, was_joined = _decision(segment)
    if left_out:
        return None
    is_decided = was_left_out or was_joined
    if stood and words != stood and not is_decided and segment.state != Segment.State.DRAFT:
        return None
    is_known = kept.get("words") == _digest(words)
    if words and words == stood and not was_left_out:
        # Only joined, or parted again.
        if joined:
            is_stale = segment.source_digest != seen
            return copy(segment) if is_stale or segment.state == Segment.State.DRAFT else None
        if not is_known or kept["state"] == Segment.State.DRAFT:
            return copy(segment)
        # Somebody may have said meanwhile that they are still correct.
        kept = {**kept, **{name: getattr(segment, name) for name in _OF_WHICH_SOURCE}}
    if not is_known or (words != stood and kept["source_digest"] != seen):
        return None
    return Segment.from_serializable_data({"pk": None, **kept})


def _state_after(segment: Segment, change: SegmentChange, has_same_words: bool) -> str:
    """Typing makes a draft; to leave a segment out, or join it, is a decision.

    Words of a joined one reach readers: they are confirmed once somebody has done so.
    """
    if not segment.is_filled:
        return Segment.State.EMPTY
    is_joined = segment.joined and (has_same_words or not segment.target)
    is_decision = segment.origin == Segment.Origin.HUMAN and (segment.left_out or is_joined)
    return Segment.State.CONFIRMED if change.confirmed or is_decision else Segment.State.DRAFT


def _lift(segment: Segment, state: str, user: Any) -> None:
    """Note the state, and who brought it about; a review leaves the words their translator's."""
    segment.state = state
    segment.is_doubtful &= state == Segment.State.DRAFT
    if state == Segment.State.REVIEWED:
        segment.reviewed_by, segment.reviewed_at = user, timezone.now()
    else:
        segment.translated_by, segment.translated_at = user, timezone.now()
        segment.reviewed_by = segment.reviewed_at = None


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


_TEXTS = (
    *("sort_order", "key", "kind", "markup", "target", "source_text", "source_digest"),
    *("left_out", "joined", "joined_to", "state", "origin", "is_doubtful", "note"),
)


def draft_of(translation: Translation) -> Translation:
    """The newest draft as far as its texts go, of the story that is in memory: no query of its own.

    Wagtail's own way to it asks the database for each segment's translator.
    """
    revision = translation.latest_revision
    if revision is None:
        return translation
    draft = Translation(article=translation.article, language=translation.language)
    draft.segments = [  # type: ignore[misc] # modelcluster sets a list in memory
        Segment(**{name: one[name] for name in _TEXTS})
        for one in sorted(revision.content["segments"], key=lambda one: one["sort_order"] or 0)
    ]
    return draft
