"""Drafts from the memory that need no work: a published translation of the same text, between the
same neighbours, in which the checks find nothing. A person sees them listed and confirms them
together; that can be taken back.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from archive.desk.policies import lock_against, name_of, policy
from archive.desk.saving import DraftSegments, SegmentChange, locked_draft, version_of
from archive.desk.segments import Row, source_segments
from archive.journal.kinds import JournalKind
from archive.journal.models import JOURNAL, JournalEntry
from archive.journal.plan import OthersWork, UndoPlan
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


class ConfirmKind(JournalKind):
    """Segments that were confirmed together; a change (`segments`) has them by their keys: the
    version that was confirmed, and the former segment whole."""

    name, label, in_parts = "confirm", gettext_lazy("Confirm all of 100%"), True

    def may_undo(self, user: Any, entry: JournalEntry) -> bool:
        return bool(entry.made_by_id == user.pk)

    def revert_all(self, entry: JournalEntry, plan: UndoPlan, user: Any) -> None:
        for change in entry.changes:
            before, restored = change["segments"], 0
            translation = Translation.objects.with_story().filter(pk=change["pk"]).first()
            if translation and _may_change(user, translation):
                restored = _take_back_in(translation, before, plan.stay_for, user)
            plan.restored += restored
            if left := len(before) - restored:
                plan.stay[str(Segment._meta.verbose_name_plural)] += left

    def get_url(self, entry: JournalEntry) -> str:
        pk = int(entry.object_id)
        return reverse("wagtailsnippets_archive_translation:edit", args=[pk])


def _may_change(user: Any, translation: Translation) -> bool:
    allowed = policy.user_has_permission_for_instance(user, "change", translation)
    return bool(allowed and not lock_against(user, translation))


def _take_back_in(
    translation: Translation, before: dict[str, Any], others: list[OthersWork], user: Any
) -> int:
    """How many are drafts again; adds who has worked at those that aren't."""
    draft, restored = DraftSegments(locked_draft(translation)), 0
    for key, (version, former) in before.items():
        works = list(_work_at(draft.segments.get(key), version, user))
        others += [work for work in works if work not in others]
        stood = Segment.from_serializable_data(former)
        if key in draft.segments and stood and not works:
            draft.put_back(key, stood)
            restored += 1
    draft.save(user)
    if restored:
        log(translation, TAKEN_BACK, user=user, data={"count": restored})
    return restored


def _work_at(segment: Any, version: str, user: Any) -> Iterator[OthersWork]:
    """Who has changed the segment since, or stands by it, too."""
    if segment is None:
        return
    is_changed = version_of(segment) != version
    person = (not is_changed and segment.reviewed_by) or segment.translated_by
    if is_changed or (person and person != user):
        deeds = pgettext("by somebody", "confirmed"), pgettext("by somebody", "changed")
        by = person.pk if person else None
        yield OthersWork(deeds[is_changed], name_of(person) if person else "", by=by)
