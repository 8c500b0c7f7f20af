"""Puts what the memory has word for word, and what repeats, into segments that nobody has begun.

All of it is a draft that a person has to confirm: readers don't get it, and no count calls it done.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet

from archive.contrib.pretranslation.analysis import (
    KnownText,
    known_texts,
    text_of_row,
    unbegun_texts,
)
from archive.desk.models import Translation
from archive.desk.policies import lock_against
from archive.desk.repetitions import as_markup, draft_change, fill, waiting_rows, with_drafts
from archive.desk.saving import SegmentChange
from archive.desk.segments import Row, has_words
from archive.text.language import other


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
            yield draft_change(row, target, is_repetition=True)
        elif one := known.get(text_of_row(translation, row)):
            # As in the analysis: put together from sentences, it isn't the same text.
            score = 100 if one.is_whole else 99
            yield draft_change(row, as_markup(one.target, row.source.markup), score)
