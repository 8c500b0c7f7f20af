"""An editor says that a change of the source makes no difference: the translation stays right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState

from archive.desk.actions import follow_source
from archive.desk.freshness import corrections
from archive.desk.models import Segment, Translation
from archive.desk.queue.rank_updates import rerank
from archive.desk.segments import Row, align_segments, rows, source_segments
from archive.stories.models import ArticlePage
from archive.stories.signals import pages_changed
from archive.text.segmentation import SourceSegment

MINOR = "archive.minor_change"


@dataclass(frozen=True)
class ChangedSegment:
    """A segment that a change of the source has left behind.

    `row` is what readers have of it, or the draft where only that is behind. `is_new`: it has no
    translation to stay right. `lacks_correction`: readers are told of it. `in_hand`: the
    translator's draft has it up to date already.
    """

    row: Row
    is_new: bool
    lacks_correction: bool
    in_hand: bool

    @property
    def source_digest(self) -> str:
        """Of the source that the translation was made from; "" where there is none."""
        return self.row.segment.source_digest if self.row.segment else ""

    @property
    def may_be_minor(self) -> bool:
        # Which words a joined one goes with now, a translator says.
        return not (self.is_new or self.row.is_parted) or self.lacks_correction


@dataclass(frozen=True)
class MinorReport:
    """What became of an editor's word, by segments' keys: `moved` if the source changed again."""

    done: list[str]
    moved: list[str]


def changed_segments(translation: Translation) -> list[ChangedSegment]:
    """What an editor may want to say something about, in reading order."""
    draft = translation.get_latest_revision_as_object()
    in_draft = {row.source.key: row for row in rows(draft)}
    # Nobody reads an unpublished one: what it lacks is just work to do.
    read = rows(translation) if translation.live else list(in_draft.values())
    missing = corrections.missing_corrections(translation, read) if translation.live else []
    lacking = {row.source.key for row in missing}
    found = []
    for row in read:
        key, drafted = row.source.key, in_draft[row.source.key]
        is_new = translation.live and not row.is_decided
        if row.is_stale or is_new or key in lacking:
            in_hand = translation.live and drafted.is_decided and not drafted.is_stale
            found.append(ChangedSegment(row, is_new, key in lacking, in_hand))
        elif drafted.is_stale:
            found.append(ChangedSegment(drafted, False, False, False))
    return found


@transaction.atomic
def call_minor(translation: Translation, seen: Mapping[str, str], *, user: Any) -> MinorReport:
    """Say of segments that they still are right; `seen`: key -> digest of the source text judged.

    No word of any version changes, nor does a version's date: whoever is translating meanwhile
    can save. So a lock, which guards the words, doesn't stop an editor.
    """
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    sources = {source.key: source for source in source_segments(row.article)}
    shown = {item.row.source.key: item.source_digest for item in changed_segments(row)}
    known = {key: sources[key] for key in seen if key in sources}
    wanted = {key: source for key, source in known.items() if source.digest == seen[key]}
    # First what readers have: what is up to date there needs no waiver.
    done = set()
    for segment, source in _stale(row, wanted):
        Segment.objects.filter(pk=segment.pk).update(**_made_from(source))
        done.add(source.key)
    done |= {*_in_versions(row, wanted, shown), *_waived(row, wanted, user)}
    report = MinorReport(
        [key for key in wanted if key in done], [key for key in seen if key not in wanted]
    )
    if report.done:
        changed = Translation.objects.get(pk=row.pk)
        if follow_source(changed, align_segments(changed)):
            pages_changed.send(ArticlePage, pks=[changed.article_id])
        rerank([row.pk])
        for thing in (row, row.article):
            log(thing, MINOR, user=user, data={"segments": report.done})
    return report


def _in_versions(
    translation: Translation, wanted: Mapping[str, SourceSegment], shown: Mapping[str, str]
) -> Iterator[str]:
    """Only where the editor saw this change: a draft may be made from another old source."""
    for revision in _versions_to_come(translation):
        version = revision.as_object()
        version.article = translation.article
        stale = {
            segment.key: source
            for segment, source in _stale(version, wanted)
            if segment.source_digest == shown.get(source.key)
        }
        for data in revision.content["segments"]:
            if data["key"] in stale:
                data.update(_made_from(stale[data["key"]]))
        if stale:
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
        yield from (source.key for source in stale.values())


def _versions_to_come(translation: Translation) -> QuerySet[Revision]:
    """The versions that may still be worked on or published without a person's looking."""
    under_review = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id=str(translation.pk)
    )
    pks = [translation.latest_revision_id, translation.live_revision_id]
    found: QuerySet[Revision] = translation.revisions.filter(
        Q(pk__in=[pk for pk in pks if pk])
        | Q(approved_go_live_at__isnull=False)
        | Q(pk__in=under_review.values("revision"))
    )
    return found


def _stale(version: Translation, wanted: Mapping[str, SourceSegment]) -> Iterator[tuple]:
    for row in rows(version):
        if row.is_stale and not row.is_parted and row.source.key in wanted:
            yield row.segment, row.source


def _made_from(source: SourceSegment) -> dict[str, str]:
    return {"source_text": source.text, "source_digest": source.digest}


def _waived(
    translation: Translation, wanted: Mapping[str, SourceSegment], user: Any
) -> Iterator[str]:
    """The corrections that readers lack and that have no translation to stay right."""
    published = rows(translation) if translation.live else []
    for row in corrections.missing_corrections(translation, published):
        if row.source.key in wanted:
            corrections.waive(translation, row, user=user)
            yield row.source.key
