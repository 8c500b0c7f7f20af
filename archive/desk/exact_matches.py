"""Drafts from the memory that need no work: a published translation of the same text, between the
same neighbours, in which the checks find nothing. A person sees them listed and confirms them
together; that can be taken back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext
from modelcluster.models import get_serializable_data_for_fields
from wagtail.log_actions import log

from archive.desk.findings import judge as judge_findings
from archive.desk.findings import story_of
from archive.desk.memory.units import as_remembered
from archive.desk.models import MemoryUnit, Segment, Translation
from archive.desk.policies import name_of
from archive.desk.saving import DraftSegments, SegmentChange, locked_draft, version_of
from archive.desk.segment_undo import SegmentsKind
from archive.desk.segments import Row, source_segments
from archive.journal.models import JOURNAL, JournalEntry
from archive.journal.plan import OthersWork
from archive.journal.recording import recording
from archive.stories.models import ArticlePage
from archive.text.language import column, other
from archive.text.segmentation import digest, plain_text

CONFIRMED_MATCHES, TAKEN_BACK = "archive.confirm_matches", "archive.confirm_matches_undone"
# The digests of the texts before and behind; "" for none.
Neighbours = tuple[str, str]


def exact_matches(translation: Translation, laid_out: Sequence[Row]) -> list[Row]:
    """The draft's rows that can be confirmed together, in their order; fixed queries."""
    waiting = [row for row in laid_out if _waits(row)]
    if not waiting:
        return []
    language = other(translation.language)
    article = translation.article
    texts = {row.source.key: as_remembered(article, row.source.plain_text) for row in laid_out}
    own = _neighbours([(key, digest(text)) for key, text in texts.items()])
    found = _published(
        {digest(texts[row.source.key]) for row in waiting}, language, translation.language
    )
    matching = [
        row
        for row in waiting
        if own[row.source.key]
        in found.get((digest(texts[row.source.key]), _target_digest(row)), set())
    ]
    if not matching:
        return []
    wrong = {
        one.finding.key
        for one in judge_findings(translation, story_of(translation, laid_out))
        if one.waiver is None
    }
    return [row for row in matching if row.source.key not in wrong]


def _waits(row: Row) -> bool:
    """Whether it is a whole text of the memory, as it came from there, and nobody's yet."""
    segment = row.segment
    if segment is None or not row.is_draft or row.is_stale or row.left_out or row.joined:
        return False
    origins = Segment.Origin
    is_whole = segment.origin in (origins.MEMORY, origins.AHEAD, origins.REPETITION)
    return is_whole and segment.score == 100 and bool(row.target) and not segment.doubts


def _target_digest(row: Row) -> str:
    return digest(plain_text(row.target, row.source.markup).strip())


def _neighbours(texts: Iterable[tuple[str, str]]) -> dict[str, Neighbours]:
    """By key, of digests in reading order."""
    named = [("", ""), *texts, ("", "")]
    threes = zip(named, named[1:], named[2:], strict=False)
    return {key: (before, behind) for (_, before), (key, _), (_, behind) in threes}


def _published(
    sources: Collection[str], language: str, target: str
) -> Mapping[tuple[str, str], set[Neighbours]]:
    """Between which neighbours published stories have these texts, by the digests of the text and
    its translation; two queries."""
    own, there = column("digest", language), column("digest", target)
    units = MemoryUnit.objects.published_here().paragraphs().filter(**{f"{own}__in": sources})
    values = list(units.values_list("article", "key", own, there))
    articles = ArticlePage.objects.in_bulk({pk for pk, *_rest in values})
    around = {
        pk: _neighbours(
            (one.key, digest(as_remembered(article, one.plain_text)))
            for one in source_segments(article)
        )
        for pk, article in articles.items()
    }
    found: dict[tuple[str, str], set[Neighbours]] = {}
    for pk, key, source, translated in values:
        if place := around.get(pk, {}).get(key):
            found.setdefault((source, translated), set()).add(place)
    return found


@dataclass(frozen=True)
class ConfirmReport:
    """The keys that were confirmed; `entry` is what takes it back."""

    keys: tuple[str, ...]
    entry: JournalEntry | None = None


@transaction.atomic
def confirm_matches(
    translation: Translation, wanted: Mapping[str, str], *, user: Any
) -> ConfirmReport:
    """Confirm those that a person has seen, by key with the version that they saw; what isn't so
    any more stays as it is."""
    draft = DraftSegments(locked_draft(translation))
    former = dict(draft.segments)
    chosen = [
        row
        for row in exact_matches(draft.draft, draft.rows)
        if wanted.get(row.source.key) == version_of(row.segment)
    ]
    outcomes = [draft.take(_confirmation(row), user=user) for row in chosen]
    before = {
        one.key: [one.version, get_serializable_data_for_fields(former[one.key])]
        for one in outcomes
        if one.kind == "saved"
    }
    if not before:
        return ConfirmReport(())
    with recording(ConfirmKind.name, translation, str(ConfirmKind.label), user=user) as record:
        draft.save(user)
        record.note("segments", translation, segments=before)
    data = {"segments": list(before), JOURNAL: record.entry.pk}
    log(translation, CONFIRMED_MATCHES, user=user, data=data)
    return ConfirmReport(tuple(before), record.entry)


def _confirmation(row: Row) -> SegmentChange:
    segment: Any = row.segment
    return SegmentChange(
        row.source.key,
        segment.target,
        version_of(segment),
        note=segment.note,
        seen=row.source.digest,
        confirmed=True,
        origin=segment.origin,
        score=segment.score,
    )


class ConfirmKind(SegmentsKind):
    """Segments that were confirmed together: the version that was confirmed, and the former segment
    whole."""

    name, label, taken_back = "confirm", gettext_lazy("Confirm all of 100%"), TAKEN_BACK

    def get_url(self, entry: JournalEntry) -> str:
        pk = int(entry.object_id)
        return reverse("wagtailsnippets_archive_translation:edit", args=[pk])

    def work_at(self, segment: Segment | None, stored: list[Any], user: Any) -> list[OthersWork]:
        """Who has changed the segment, or stands by it, too."""
        if segment is None:
            return []
        is_changed = version_of(segment) != stored[0]
        person = (not is_changed and segment.reviewed_by) or segment.translated_by
        if not (is_changed or (person and person != user)):
            return []
        deeds = pgettext("by somebody", "confirmed"), pgettext("by somebody", "changed")
        by = person.pk if person else None
        return [OthersWork(deeds[is_changed], name_of(person) if person else "", by=by)]

    def put_back(self, draft: DraftSegments, key: str, stored: list[Any], user: Any) -> bool:
        stood = Segment.from_serializable_data(stored[1])
        if not stood or key not in draft.segments:
            return False
        draft.put_back(key, stood)
        return True
