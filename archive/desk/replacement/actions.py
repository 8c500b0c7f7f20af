"""Looks through drafts, replaces in those segments that a person ticked, and takes it back.

A segment that somebody changed since the preview stays as it is, as anywhere at the desk.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from modelcluster.models import get_serializable_data_for_fields
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from archive.desk.draft_texts import draft_of
from archive.desk.models import Segment, Translation
from archive.desk.models.segment import kind_label
from archive.desk.people import name_of
from archive.desk.policies import lock_against, policy
from archive.desk.pretranslation.analysis import with_drafts
from archive.desk.querysets import TranslationQuerySet
from archive.desk.queue.filters import IS_OPEN
from archive.desk.replacement.patterns import Replacement
from archive.desk.saving import (
    DraftSegments,
    SegmentChange,
    locked_draft,
    version_of,
)
from archive.desk.segments import Row, rows
from archive.text.differences import Difference, differences
from archive.text.segmentation import plain_text

REPLACED, TAKEN_BACK = "archive.replace", "archive.replace_undone"
# So many segments are shown, and replaced in, at once; and so many translations looked through.
MOST_SHOWN, MOST_STORIES = 500, 1000


@dataclass(frozen=True)
class FoundSegment:
    """A segment that has what was looked for, as it would be; `number` is its place, from 1."""

    translation: Translation
    number: int
    row: Row
    target: str
    count: int

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
    """The segments that the replacement changes, of translations that the user may change now.

    Raises PatternError.
    """
    for translation in with_drafts(translations):
        allowed = policy.user_has_permission_for_instance(user, "change", translation)
        if not allowed or lock_against(user, translation):
            continue
        for number, row in enumerate(rows(draft_of(translation)), start=1):
            if row.left_out or row.joined:
                continue
            target, count = replacement.changed(row.target, row.source.markup)
            if count and target != row.target:
                yield FoundSegment(translation, number, row, target, count)


@dataclass(frozen=True)
class ReplaceReport:
    """How many segments were changed, and how many weren't; `run` is what takes it back.

    `others` are the people who have worked since at some that weren't; of `forgotten` segments the
    former release has kept too little.
    """

    run: str
    changed: int
    refused: int
    others: tuple[str, ...] = ()
    forgotten: int = 0


def replace(
    found: Iterable[FoundSegment],
    wanted: Collection[str],
    replacement: Replacement,
    *,
    user: Any,
) -> ReplaceReport:
    """Store the changes of the segments whose tokens are wanted."""
    run, changed = uuid.uuid4().hex, 0
    chosen: dict[Translation, list[FoundSegment]] = {}
    for one in found:
        if one.token in wanted:
            chosen.setdefault(one.translation, []).append(one)
    for translation, some in chosen.items():
        changed += _replace_in(translation, some, replacement, run, user)
    return ReplaceReport(run, changed, len(wanted) - changed)


@transaction.atomic
def _replace_in(
    translation: Translation,
    some: list[FoundSegment],
    replacement: Replacement,
    run: str,
    user: Any,
) -> int:
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
        words = {"find": replacement.find, "replace": replacement.replace}
        log(translation, REPLACED, user=user, data={"run": run, "before": before, **words})
    return len(before)


def _change(row: Row, target: str) -> SegmentChange:
    """Of which source the words are the translation, and whether anybody saw them, stays."""
    segment: Any = row.segment
    return SegmentChange(
        row.source.key,
        target,
        version_of(segment),
        note=row.note,
        seen=segment.source_digest,
        source_text=segment.source_text,
        origin=segment.origin if row.is_unseen else segment.Origin.HUMAN,
        score=segment.score,
    )


def take_back(run: str, *, user: Any) -> ReplaceReport:
    """Bring back what the user's own replacement changed, where nobody has worked since: written,
    or stood by the words as they were replaced."""
    entries = ModelLogEntry.objects.filter(action=REPLACED, user=user, data__run=run)
    changed = wanted = forgotten = 0
    others: dict[str, None] = {}
    for entry in entries.order_by("pk"):
        # Former releases have kept a few fields of a segment, and no key.
        before = {key: one for key, one in entry.data["before"].items() if "pk" in one[2]}
        forgotten += len(entry.data["before"]) - len(before)
        wanted += len(before)
        translation = Translation.objects.with_story().filter(pk=entry.object_id).first()
        allowed = translation and policy.user_has_permission_for_instance(
            user, "change", translation
        )
        if translation and allowed and not lock_against(user, translation):
            count, people = _take_back_in(translation, before, user)
            changed += count
            others |= dict.fromkeys(people)
    return ReplaceReport(run, changed, wanted - changed, tuple(others), forgotten)


@transaction.atomic
def _take_back_in(
    translation: Translation, before: dict[str, list[Any]], user: Any
) -> tuple[int, list[str]]:
    """How many are as they were, and who has worked at the others."""
    draft = DraftSegments(locked_draft(translation))
    people = {
        key: _others_at(draft.segments.get(key), former, user)
        for key, (_target, _version, former) in before.items()
    }
    changes = [
        SegmentChange(
            key,
            target,
            version,
            note=former["note"],
            former=Segment.from_serializable_data(former),
        )
        for key, (target, version, former) in before.items()
        if not people[key]
    ]
    outcomes = [draft.take(change, user=user) for change in changes]
    draft.save(user)
    count = sum(one.kind == "saved" for one in outcomes)
    if count:
        log(translation, TAKEN_BACK, user=user, data={"count": count})
    return count, [name for names in people.values() for name in names]


def _others_at(segment: Any, former: dict[str, Any], user: Any) -> list[str]:
    """Who else stands by the words that the user's replacement has left, or has written anew."""
    if segment is None:
        return []
    names = [
        name_of(person)
        for person in (segment.translated_by, segment.reviewed_by)
        if person and person != user
    ]
    # That the words are still right for a changed source, nobody signs.
    is_judged = segment.source_digest != former["source_digest"]
    return names or [_("somebody")] * is_judged
