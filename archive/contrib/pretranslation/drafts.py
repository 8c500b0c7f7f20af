"""Puts what the memory has, and what repeats, into segments that nobody has begun.

How like a text must be is said each time; by itself only the same text is put there. All of it is a
draft that a person has to confirm: readers don't get it, and no count calls it done.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from archive.contrib.pretranslation.analysis import (
    known_texts,
    text_of_row,
    unbegun_texts,
)
from archive.desk.memory.adaptation import adapt
from archive.desk.memory.suggestions import suggest_each
from archive.desk.models import Translation
from archive.desk.policies import lock_against
from archive.desk.repetitions import (
    Filled,
    as_markup,
    draft_change,
    fill,
    waiting_rows,
    with_drafts,
)
from archive.desk.saving import SegmentChange
from archive.desk.segments import Row, has_words
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.text.language import other


@dataclass(frozen=True)
class FittedText:
    """A draft with its score in per cent; `doubts` as a segment keeps them."""

    target: str
    score: int
    doubts: str = ""


def pretranslate(translations: QuerySet[Translation], *, user: object, least: int = 100) -> Filled:
    """Fill what is known, or like it by at least so many per cent.

    Locked translations stay as they are.
    """
    stories = [(one, list(waiting_rows(one))) for one in with_drafts(translations)]
    texts = unbegun_texts(stories)
    known = {language: fitted_texts(some, language, least) for language, some in texts.items()}
    wanted = (
        (translation, list(_changes(translation, some, known[other(translation.language)])))
        for translation, some in stories
    )
    open_ones = ((one, changes) for one, changes in wanted if not lock_against(user, one))
    return fill(open_ones, f"{least}%", user=user)


def _changes(
    translation: Translation, some: Iterable[tuple[Row, bool]], known: Mapping[str, FittedText]
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
            target = as_markup(one.target, row.source.markup)
            change = draft_change(row, target, one.score)
            yield replace(change, is_doubtful=bool(one.doubts), doubts=one.doubts)


def fitted_texts(texts: Iterable[str], language: str, least: int) -> dict[str, FittedText]:
    """What the memory has for each text in `language`: the same, or else what is most like it, with
    figures, dates and names put in place as the sidebar does."""
    wanted = list(texts)
    # As in the analysis: put together from sentences, it isn't the same text.
    found = {
        text: FittedText(one.target, 100 if one.is_whole else 99)
        for text, one in known_texts(wanted, language).items()
    }
    left = [text for text in wanted if text not in found] if least < 100 else []
    names = load_glossary() if left else Glossary()
    best = suggest_each(left, language, limit=1, threshold=least)
    for text, some in zip(left, best, strict=True):
        for one in some:
            adapted = adapt(one.source, one.target, text, language=language, names=names)
            found[text] = FittedText(adapted.target, one.score, adapted.as_stored)
    return found
