"""Drafts that fill what nobody has begun: the same words elsewhere in a translator's own work, once
one of them is confirmed.

All of it is a draft that a person has to confirm: readers don't get it, and no count calls it done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import QuerySet
from wagtail.log_actions import log

from archive.desk.models import Segment, Translation
from archive.desk.policies import lock_against, policy
from archive.desk.queue.filters import IS_OPEN
from archive.desk.saving import SegmentChange, draft_of, save_segments, version_of
from archive.desk.segments import Row, rows, source_segments
from archive.text import richtext
from archive.text.segmentation import RICH, plain_text

PRETRANSLATED = "archive.pretranslate"
# So many of a person's translations are looked through, those that are due first.
_MOST = 100
# Drafts that nobody has touched.
_AHEAD = (Segment.Origin.AHEAD, Segment.Origin.REPETITION)


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


def propagate(translation: Translation, row: Row, user: Any) -> dict[int, list[str]]:
    """Put the row's translation into its repetitions, as drafts; gives the keys of the segments by
    the keys of their translations."""
    return {
        one.translation.pk: fill(
            one.translation,
            [
                draft_change(other, _target_for(other, row), is_repetition=True)
                for other in one.rows
            ],
            user=user,
        )
        for one in repetitions(translation, row, user)
    }


def with_drafts(translations: QuerySet[Translation]) -> Iterator[Translation]:
    """The translations with what their rows are made of; three queries."""
    found = translations.select_related("article", "latest_revision")
    yield from found.prefetch_related("segments")


def waiting_rows(translation: Translation) -> Iterator[tuple[Row, bool]]:
    """The newest draft's rows, each with whether somebody has begun it; no query."""
    for row in rows(draft_of(translation)):
        yield row, bool(row.segment and (row.segment.is_filled or row.segment.note))


def fill(translation: Translation, changes: Iterable[SegmentChange], *, user: object) -> list[str]:
    """Store drafts where nobody has begun meanwhile, and note it; gives the segments' keys."""
    outcomes = save_segments(translation, changes, user=user)
    keys = [one.key for one in outcomes if one.kind == "saved"]
    if keys:
        log(translation, PRETRANSLATED, user=user, data={"segments": keys})
    return keys


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
