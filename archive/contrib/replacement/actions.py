"""Looks through drafts, and replaces in those segments that a person ticked.

A segment that somebody changed since the preview stays as it is, as anywhere at the desk.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from modelcluster.models import get_serializable_data_for_fields
from wagtail.log_actions import log

from archive.contrib.replacement.patterns import Replacement
from archive.contrib.replacement.undo import ReplaceKind
from archive.desk.models import Translation
from archive.desk.models.segment import kind_label
from archive.desk.policies import lock_against, policy
from archive.desk.querysets import TranslationQuerySet
from archive.desk.queue.filters import IS_OPEN
from archive.desk.repetitions import with_drafts
from archive.desk.saving import (
    DraftSegments,
    SegmentChange,
    draft_of,
    locked_draft,
    version_of,
)
from archive.desk.segments import Row, rows
from archive.journal.models import JOURNAL, JournalEntry
from archive.journal.recording import Recording, recording
from archive.text.differences import Difference, differences
from archive.text.segmentation import plain_text

REPLACED = "archive.replace"
# So many segments are shown, and replaced in, at once; and so many translations looked through.
MOST_SHOWN, MOST_STORIES = 500, 1000


@dataclass(frozen=True)
class FoundSegment:
    """A segment that has what was looked for, as it would be; `number` is its place, from 1.

    `lock` says why nobody may change it now, such as that its translation is in review.
    """

    translation: Translation
    number: int
    row: Row
    target: str
    count: int
    lock: str = ""

    @property
    def token(self) -> str:
        """Names the segment and the version of it that was shown."""
        return f"{self.translation.pk} {version_of(self.row.segment)} {self.row.source.key}"

    @property
    def kind(self) -> str:
        return kind_label(self.row.source.kind)

    @property
    def changes(self) -> list[Difference]:
        markup = self.row.source.markup
        return differences(*(plain_text(text, markup) for text in (self.row.target, self.target)))


def own_work(user: Any) -> TranslationQuerySet:
    """The open translations that are the user's."""
    return Translation.objects.filter(IS_OPEN, assignee=user).order_by("-rank", "pk")


def find(
    translations: QuerySet[Translation], replacement: Replacement, *, user: Any
) -> Iterator[FoundSegment]:
    """The segments that the replacement changes, of translations that the user may change.

    Raises PatternError.
    """
    for translation in with_drafts(translations):
        if not policy.user_has_permission_for_instance(user, "change", translation):
            continue
        lock = lock_against(user, translation)
        for number, row in enumerate(rows(draft_of(translation)), start=1):
            if row.left_out:
                continue
            target, count = replacement.changed(row.target, row.source.markup)
            if count and target != row.target:
                yield FoundSegment(translation, number, row, target, count, lock)


@dataclass(frozen=True)
class ReplaceReport:
    """How many segments were changed, how many of them have no words left, and how many weren't
    changed; `entry` is what takes it back."""

    changed: int
    refused: int
    emptied: int = 0
    entry: JournalEntry | None = None


@transaction.atomic
def replace(
    found: Iterable[FoundSegment],
    wanted: Collection[str],
    replacement: Replacement,
    *,
    user: Any,
) -> ReplaceReport:
    """Store the changes of the segments whose tokens are wanted."""
    chosen: dict[Translation, list[FoundSegment]] = {}
    for one in found:
        if one.token in wanted and not one.lock:
            chosen.setdefault(one.translation, []).append(one)
    if not chosen:
        return ReplaceReport(0, len(wanted))
    # All of it can be taken back, so none of it is stored without the others.
    label = f"{replacement.find} → {replacement.replace}"
    with recording(ReplaceKind.name, next(iter(chosen)), label, user=user) as record:
        emptied = sum(
            _replace_in(translation, some, record, user) for translation, some in chosen.items()
        )
    if not record.changes:
        return ReplaceReport(0, len(wanted))
    _log(chosen, record, replacement, user)
    changed = sum(len(change["segments"]) for change in record.changes)
    return ReplaceReport(changed, len(wanted) - changed, emptied, record.entry)


def _log(
    translations: Iterable[Translation], record: Recording, replacement: Replacement, user: Any
) -> None:
    """Each translation's history leads to the undo of all."""
    segments = {change["pk"]: [*change["segments"]] for change in record.changes}
    words = {"find": replacement.find, "replace": replacement.replace, JOURNAL: record.entry.pk}
    for translation in translations:
        if keys := segments.get(translation.pk):
            log(translation, REPLACED, user=user, data={"segments": keys, **words})


def _replace_in(
    translation: Translation,
    some: list[FoundSegment],
    record: Recording,
    user: Any,
) -> int:
    """How many have no words left."""
    draft = DraftSegments(locked_draft(translation))
    former = dict(draft.segments)
    outcomes = [draft.take(_change(one.row, one.target), user=user) for one in some]
    draft.save(user)
    before = {
        one.key: [
            former[one.key].target,
            one.version,
            get_serializable_data_for_fields(former[one.key]),
        ]
        for one in outcomes
        if one.kind == "saved"
    }
    if before:
        record.note("segments", translation, segments=before)
    return sum(one.kind == "saved" and not one.segment.target for one in outcomes if one.segment)


def _change(row: Row, target: str) -> SegmentChange:
    """Of which source the words are the translation, and whether anybody saw them, stays.

    What the memory had is the words of whoever replaces in it, as with any other edit.
    """
    segment: Any = row.segment
    is_others = row.is_unseen and segment.origin not in segment.OF_MEMORY
    return SegmentChange(
        row.source.key,
        target,
        version_of(segment),
        joined=segment.joined,
        note=row.note,
        seen=segment.source_digest,
        source_text=segment.source_text,
        origin=segment.origin if is_others else segment.Origin.HUMAN,
        is_doubtful=row.is_unseen and not is_others,
        doubts=segment.doubts,
    )
