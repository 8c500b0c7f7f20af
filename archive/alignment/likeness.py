"""How probably two whole texts tell one story, before anybody aligns them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.alignment.pieces import is_chinese, read_pieces
from archive.text.dictionary import installed_glosses
from archive.text.english import stem

# Weights of what two texts share (see `_shared`) and of names, then that of nothing in common:
# with a dictionary, and without one, when words say nothing.
_WITH_DICTIONARY = (7.0, 14.3, 0.64, 1.5, 1.0), -9.6
_ALONE = (0.0, 0.0, 1.36, 1.6, 1.0), -1.1
# Figures up to this one are in every story.
_COMMON = 12
# Letters of a name that isn't found in any text's Pinyin by chance.
_NAME = 6


@dataclass(frozen=True, slots=True)
class _Whole:
    """A text's words, figures, names in letters or in Pinyin, and what its words may be in English.

    `meanings` has what each word may be, `glosses` all of it.
    """

    is_chinese: bool
    words: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    readings: str
    glosses: frozenset[str]
    meanings: tuple[frozenset[str], ...]


def similarity(
    source: Sequence[str], target: Sequence[str], *, names: Iterable[tuple[str, str]] = ()
) -> float:
    """How probably two whole texts are one story in two languages, from 0 to 1.

    A text takes some milliseconds the first time, a pair of known ones some hundredths of one.
    """
    ours, theirs = _read(tuple(source)), _read(tuple(target))
    if ours.is_chinese and not theirs.is_chinese:
        ours, theirs, source, target = theirs, ours, target, source
    shared = *_shared(ours, theirs), _named(names, ("\n".join(source), "\n".join(target)))
    weights, bias = _WITH_DICTIONARY if installed_glosses() else _ALONE
    score = bias + sum(weight * value for weight, value in zip(weights, shared, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def _named(names: Iterable[tuple[str, str]], texts: tuple[str, str]) -> float:
    """How many of the names both texts have, less a part of those that only one has."""
    told = 0.0
    for pair in names:
        for forms in (pair, pair[::-1]):
            if all(forms):
                found = sum(form in text for form, text in zip(forms, texts, strict=True))
                told += (0, -0.25, 0.75)[found]
    return told


def _shared(ours: _Whole, theirs: _Whole) -> tuple[float, float, float, float]:
    """Shares of each text's words that the other may translate; figures and names in both."""
    glossed = len(ours.words & theirs.glosses) / (len(ours.words) or 1)
    said = sum(not ours.words.isdisjoint(meaning) for meaning in theirs.meanings)
    figures = len(ours.figures & theirs.figures) - 0.3 * len(ours.figures ^ theirs.figures)
    named = sum(name in theirs.readings for name in ours.names if len(name) >= _NAME)
    return glossed, said / (len(theirs.meanings) or 1), figures, named


@lru_cache(maxsize=2048)
def _read(texts: tuple[str, ...]) -> _Whole:
    pieces = read_pieces(texts)
    words = {word for piece in pieces for word in piece.words}
    dictionary = installed_glosses()
    found = (dictionary.of(word) for word in words) if dictionary else ()
    meanings = tuple(frozenset(one) for one in found if one)
    latin = {stem(word[1:]) for word in words if word[0] == "~"}
    return _Whole(
        is_chinese(texts),
        frozenset(words),
        frozenset(word for word in words if word[0] == "#" and float(word[1:]) > _COMMON),
        frozenset(name for piece in pieces for name in piece.names),
        " ".join("".join(run) for piece in pieces for run in piece.readings),
        frozenset(latin.union(*meanings)),
        meanings,
    )
