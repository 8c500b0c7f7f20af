"""Drafts that fill what nobody has begun: the same words elsewhere in a translator's own work, once
one of them is confirmed.

All of it is a draft that a person has to confirm: readers don't get it, and no count calls it done.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext
from modelcluster.models import get_serializable_data_for_fields
from wagtail.log_actions import log

from archive.desk.models import Segment, Translation
from archive.desk.policies import lock_against, name_of, policy
from archive.desk.queue.filters import IS_OPEN
from archive.desk.saving import DraftSegments, SegmentChange, draft_of, locked_draft, version_of
from archive.desk.segment_undo import SegmentsKind
from archive.desk.segments import Row, rows, source_segments
from archive.journal.models import JOURNAL, JournalEntry
from archive.journal.plan import OthersWork
from archive.journal.recording import recording
from archive.text import richtext
from archive.text.segmentation import RICH, plain_text

PRETRANSLATED, FILLING_TAKEN_BACK = "archive.pretranslate", "archive.pretranslate_undone"
# So many of a person's translations are looked through, those that are due first.
_MOST = 100
# Drafts that nobody has touched.
_AHEAD = (Segment.Origin.AHEAD, Segment.Origin.REPETITION)


@dataclass(frozen=True)
class Filled:
    """The keys of the segments that were filled, by the keys of their translations; `entry` is what
    takes it back."""

    keys: dict[int, list[str]] = field(default_factory=dict)
    entry: JournalEntry | None = None

    @property
    def count(self) -> int:
        return sum(map(len, self.keys.values()))


@dataclass(frozen=True)
class Repetition:
    """Segments of one translation that have the same words and wait for a translation of them."""

    translation: Translation
    rows: tuple[Row, ...]


def repetitions(translation: Translation, row: Row, user: Any) -> list[Repetition]:
    """Where the row's source waits to be translated so: in its own story, and in the user's open
    work. What was filled in ahead, and nobody has touched, waits for a later wording."""
    if not row.is_done or not row.target:
        return []
    mine = Translation.objects.filter(IS_OPEN, assignee=user, language=translation.language)
    ids = list(
        mine.exclude(pk=translation.pk).order_by("-rank").values_list("pk", flat=True)[:_MOST]
    )
    stories = Translation.objects.filter(pk__in=[translation.pk, *ids]).order_by("-rank")
    wanted, found = row.source.digest, []
    for one in with_drafts(stories):
        # Most stories don't have the words, and needn't be aligned.
        if all(source.digest != wanted for source in source_segments(one.article)):
            continue
        waiting = tuple(
            other
            for other, is_begun in waiting_rows(one)
            if other.source.digest == wanted and (not is_begun or _is_behind(other, row))
        )
        if waiting and not lock_against(user, one):
            found.append(Repetition(one, waiting))
    return [
        one
        for one in found
        if policy.user_has_permission_for_instance(user, "change", one.translation)
    ]


def _is_behind(other: Row, row: Row) -> bool:
    """Whether the other row has a draft that was filled in ahead, of other words than the row's."""
    segment = other.segment
    if not (segment and segment.is_unseen and segment.origin in _AHEAD):
        return False
    texts = (segment.target, _target_for(other, row))
    differ = len({richtext.folded(text) for text in texts}) > 1
    return differ and not segment.note


def _target_for(other: Row, row: Row) -> str:
    """The row's translation for the same words elsewhere, which may be in another markup."""
    if other.source.text == row.source.text:
        return row.target
    return as_markup(plain_text(row.target, row.source.markup), other.source.markup)


def propagate(translation: Translation, row: Row, user: Any) -> Filled:
    """Put the row's translation into its repetitions, as drafts."""
    wanted = [
        (
            one.translation,
            [
                draft_change(other, _target_for(other, row), is_repetition=True)
                for other in one.rows
            ],
        )
        for one in repetitions(translation, row, user)
    ]
    return fill(wanted, str(row.source.plain_text), user=user)


def with_drafts(translations: QuerySet[Translation]) -> Iterator[Translation]:
    """The translations with what their rows are made of; three queries."""
    found = translations.select_related("article", "latest_revision")
    yield from found.prefetch_related("segments")


def waiting_rows(translation: Translation) -> Iterator[tuple[Row, bool]]:
    """The newest draft's rows, each with whether somebody has begun it; no query."""
    for row in rows(draft_of(translation)):
        yield row, bool(row.segment and (row.segment.is_filled or row.segment.note))


@transaction.atomic
def fill(
    wanted: Iterable[tuple[Translation, Sequence[SegmentChange]]], label: str, *, user: Any
) -> Filled:
    """Store drafts where nobody has begun meanwhile, and note it."""
    some = [(translation, changes) for translation, changes in wanted if changes]
    if not some:
        return Filled()
    with recording(FillKind.name, some[0][0], label, user=user) as record:
        for translation, changes in some:
            draft = DraftSegments(locked_draft(translation))
            former = dict(draft.segments)
            outcomes = [draft.take(change, user=user) for change in changes]
            draft.save(user)
            if before := {
                one.key: [one.version, _stored(former.get(one.key))]
                for one in outcomes
                if one.kind == "saved"
            }:
                record.note("segments", translation, segments=before)
    if not record.changes:
        return Filled()
    keys = {change["pk"]: [*change["segments"]] for change in record.changes}
    for translation, _changes in some:
        if filled := keys.get(translation.pk):
            data = {"segments": filled, JOURNAL: record.entry.pk}
            log(translation, PRETRANSLATED, user=user, data=data)
    return Filled(keys, record.entry)


def _stored(segment: Segment | None) -> dict[str, Any] | None:
    return get_serializable_data_for_fields(segment) if segment else None


class FillKind(SegmentsKind):
    """Drafts that were filled in: the version that was, and the former segment whole, or None."""

    name, label, taken_back = "fill", gettext_lazy("Pretranslate"), FILLING_TAKEN_BACK

    def get_url(self, entry: JournalEntry) -> str:
        return reverse("wagtailsnippets_archive_translation:list")

    def work_at(self, segment: Segment | None, stored: list[Any], user: Any) -> list[OthersWork]:
        """Who has changed the segment, or stands by it."""
        is_changed = segment is None or version_of(segment) != stored[0]
        if not is_changed and segment and segment.state == Segment.State.DRAFT:
            return []
        person = segment and (segment.reviewed_by or segment.translated_by)
        deeds = pgettext("by somebody", "confirmed"), pgettext("by somebody", "changed")
        by = person.pk if person else None
        return [OthersWork(deeds[is_changed], name_of(person) if person else "", by=by)]

    def put_back(self, draft: DraftSegments, key: str, stored: list[Any], user: Any) -> bool:
        draft.put_back(key, Segment.from_serializable_data(stored[1]) if stored[1] else None)
        return True


def draft_change(
    row: Row, target: str, score: int = 100, *, is_repetition: bool = False
) -> SegmentChange:
    """A draft for a segment that nobody has begun, or in place of another such draft."""
    return SegmentChange(
        row.source.key,
        target,
        version_of(row.segment),
        seen=row.source.digest,
        origin=Segment.Origin.REPETITION if is_repetition else Segment.Origin.AHEAD,
        score=score,
    )


def as_markup(text: str, markup: str) -> str:
    """A plain text as a segment holds it."""
    return f"<p>{escape(text, quote=False)}</p>" if markup == RICH else text
