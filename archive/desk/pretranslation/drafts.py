"""Puts what the memory has word for word, and what repeats, into segments that nobody has begun.

All of it is a draft that a person has to confirm: readers don't get it, and no count calls it done.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from django.db.models import QuerySet
from wagtail.log_actions import log

from archive.desk.models import Segment, Translation
from archive.desk.policies import lock_against
from archive.desk.pretranslation.analysis import (
    text_of_row,
    unbegun_texts,
    waiting_rows,
    with_drafts,
)
from archive.desk.pretranslation.lookups import KnownText, known_texts
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import Row, has_words
from archive.text.language import other
from archive.text.segmentation import RICH

PRETRANSLATED = "archive.pretranslate"


def pretranslate(translations: QuerySet[Translation], *, user: object) -> dict[int, int]:
    """Fill what is known; gives how many segments were filled by the keys of the translations.

    Locked translations stay as they are.
    """
    stories = [(one, list(waiting_rows(one))) for one in with_drafts(translations)]
    texts = unbegun_texts(stories)
    known = {language: known_texts(some, language) for language, some in texts.items()}
    filled = {}
    for translation, some in stories:
        changes = list(_changes(translation, some, known[other(translation.language)]))
        if changes and not lock_against(user, translation):
            filled[translation.pk] = len(fill(translation, changes, user=user))
    return {pk: count for pk, count in filled.items() if count}


def fill(translation: Translation, changes: Iterable[SegmentChange], *, user: object) -> list[str]:
    """Store drafts where nobody has begun meanwhile, and note it; gives the segments' keys."""
    outcomes = save_segments(translation, changes, user=user)
    keys = [one.key for one in outcomes if one.kind == "saved"]
    if keys:
        log(translation, PRETRANSLATED, user=user, data={"segments": keys})
    return keys


def draft_change(row: Row, target: str, score: int = 100) -> SegmentChange:
    """A draft for a segment that nobody has begun, or in place of another such draft."""
    return SegmentChange(
        row.source.key,
        target,
        version_of(row.segment),
        seen=row.source.digest,
        origin=Segment.Origin.AHEAD,
        score=score,
    )


def as_markup(text: str, markup: str) -> str:
    """A plain text as a segment holds it."""
    return f"<p>{escape(text, quote=False)}</p>" if markup == RICH else text


def _changes(
    translation: Translation, some: Iterable[tuple[Row, bool]], known: Mapping[str, KnownText]
) -> Iterator[SegmentChange]:
    """The story's own translation of the same words comes first."""
    all_rows = list(some)
    own = {
        row.source.text: row.target
        for row, _begun in all_rows
        if has_words(row) and not row.is_stale
    }
    for row, is_begun in all_rows:
        if is_begun:
            continue
        if target := own.get(row.source.text):
            yield draft_change(row, target)
        elif one := known.get(text_of_row(translation, row)):
            # As in the analysis: put together from sentences, it isn't the same text.
            score = 100 if one.is_whole else 99
            yield draft_change(row, as_markup(one.target, row.source.markup), score)
