"""Whether each sentence of a source has its counterpart, by length and by what the two share.

A small alignment of the sentences of one segment: the likeliest one that covers all of the source
is held against the likeliest one that leaves out a sentence.
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from archive.contrib.checks.opposites import opposites_in
from archive.contrib.checks.places import places_in
from archive.qa.amounts.comparison import amounts_in
from archive.qa.base import Span
from archive.text.language import CHINESE
from archive.text.scripts import HAN_CHARACTER
from archive.text.sentences import sentence_ends, sentence_spans

# Translators make sentences of what it parts, and the other way round.
_SEMICOLON = re.compile(r";(?=\s)|；[”’）」]*")
# Chinese characters for a letter of English: of a source, and of a translation, which is longer.
RATIO = {False: 0.28, True: 0.24}
# How much the logarithm of that varies: for a long text, and what one of one character adds.
_VARIANCE, _VARIANCE_OF_ONE = 0.06, 0.8
# What tells least of a text's length, and by how much a text is shorter that lacks a sentence.
_SHORTER = 0.97
_MOST_OF_ONE = 0.5
# How many sentences may be how many, and how unlikely that is.
_SHAPES = {(1, 1): 0.0, (1, 2): 0.8, (2, 1): 0.8, (1, 3): 1.6, (3, 1): 1.6, (2, 2): 1.6}
_LARGEST = 3
_DROPPED, _SURE = 2.0, -0.4
_WORST_LENGTH, _MOST_SHARED, _MOST_LOST = 8.0, 4.0, 3.0
# A group of opposites tells less than a figure or a place.
_HINT, _HINT_WEIGHT = "~", 0.3
_MOST = 12
# In characters; what is shorter belongs to its neighbour.
_SHORTEST = 3.0


@dataclass(frozen=True)
class Sentence:
    """Its place, and its length in Chinese characters."""

    start: int
    end: int
    length: float


Sentences = tuple[Sentence, ...]


def sentences_of(text: str, language: str, *, is_target: bool) -> Sentences:
    found: list[Sentence] = []
    start = 0
    semicolons = (match.end() for match in _SEMICOLON.finditer(text))
    for end in sorted({*semicolons, *sentence_ends(text)}):
        length = _length(text[start:end].strip(), language, RATIO[is_target])
        if length >= _SHORTEST:
            found.append(Sentence(start, end, length))
            start = end
    return tuple(found)


def _length(words: str, language: str, ratio: float) -> float:
    han = len(HAN_CHARACTER.findall(words)) if language == CHINESE else 0
    return han + (len(words) - han) * ratio


def _anchors(sentences: Sentences, text: str, language: str) -> list[set[str]]:
    """What each sentence shares with its counterpart: figures, places, opposites."""
    marks = [
        (one.start, f"{one.kind if one.pair else '#'}{one.values[0]}")
        for one in amounts_in(text, language)
        if one.firm or one.pair
    ]
    for place in places_in(text, language):
        names = place.city or (place.countries if place.firm else ())
        marks += [(place.start, name) for name in names]
    for group, poles in opposites_in(text, language).poles.items():
        marks += [(start, f"{_HINT}{group}") for spans in poles.values() for start, _end in spans]
    return [{mark for at, mark in marks if one.start <= at < one.end} for one in sentences]


@lru_cache(maxsize=1024)
def sentence_left_out(
    source: str, source_language: str, target: str, target_language: str
) -> tuple[Span, int, int] | None:
    """Where it stands in the source, and how many sentences either text has: as a reader counts
    them, to whom a semicolon ends none.

    None if all are there.
    """
    ours = sentences_of(source, source_language, is_target=False)
    theirs = sentences_of(target, target_language, is_target=True)
    whole, rest = sum(one.length for one in ours), sum(one.length for one in theirs)
    if not (1 < len(ours) <= _MOST and 0 < len(theirs) <= _MOST) or rest > whole * _SHORTER:
        return None
    # As many sentences and hardly shorter than without the shortest one: none is left out.
    shortest = min(one.length for one in ours)
    if len(ours) <= len(theirs) and rest > whole - shortest * _MOST_OF_ONE:
        return None
    anchors = _anchors(ours, source, source_language), _anchors(theirs, target, target_language)
    known: set[str] = set().union(*anchors[0], *anchors[1])
    bits = {anchor: 1 << n for n, anchor in enumerate(sorted(known))}
    hints = sum(bit for anchor, bit in bits.items() if anchor[0] == _HINT)
    here, there = _groups(ours, anchors[0], bits), _groups(theirs, anchors[1], bits)
    number = _left_out(len(ours), len(theirs), here, there, hints)
    if number is None:
        return None
    counts = len(sentence_spans(source)), len(sentence_spans(target))
    return (ours[number].start, ours[number].end), *counts


# By the number of the first sentence and how many follow: their length and their anchors.
_Groups = dict[tuple[int, int], tuple[float, int]]


def _groups(sentences: Sentences, anchors: list[set[str]], bits: dict[str, int]) -> _Groups:
    found: _Groups = {}
    for first in range(len(sentences)):
        length, mask = 0.0, 0
        for count, sentence in enumerate(sentences[first : first + _LARGEST], 1):
            length += sentence.length
            for anchor in anchors[first + count - 1]:
                mask |= bits[anchor]
            found[first, count] = length, mask
    return found


def _left_out(count: int, other: int, source: _Groups, target: _Groups, hints: int) -> int | None:
    """The number of the sentence without which the rest fits best; None if it fits with all."""
    # By how many of either are read and by the sentence left out: the cost.
    best: dict[tuple[int, int], dict[int, float]] = defaultdict(dict, {(0, 0): {-1: 0.0}})
    for i, j in product(range(count + 1), range(other + 1)):
        here = best[i, j]
        if not here:
            continue
        if i < count and -1 in here:
            _keep(best[i + 1, j], i, here[-1] + _DROPPED)
        for (a, b), penalty in _SHAPES.items():
            if i + a <= count and j + b <= other:
                cost = penalty + _cost(*source[i, a], *target[j, b], hints)
                for left_out, before in here.items():
                    _keep(best[i + a, j + b], left_out, before + cost)
    costs = best[count, other]
    complete = costs.pop(-1, math.inf)
    if not costs or complete - min(costs.values()) < _SURE:
        return None
    return min(costs, key=costs.__getitem__)


def _keep(costs: dict[int, float], left_out: int, cost: float) -> None:
    if cost < costs.get(left_out, math.inf):
        costs[left_out] = cost


def _cost(expected: float, here: int, length: float, there: int, hints: int) -> float:
    """How unlikely it is that two groups are one another's translation."""
    spread = _VARIANCE + _VARIANCE_OF_ONE / min(expected, length)
    off = math.log(length / expected) ** 2 / spread / 2
    lost = min(_weight(here ^ there, hints), _MOST_LOST)
    shared = min(_weight(here & there, hints), _MOST_SHARED)
    return min(off, _WORST_LENGTH) + lost - shared


def _weight(anchors: int, hints: int) -> float:
    return (anchors & ~hints).bit_count() + _HINT_WEIGHT * (anchors & hints).bit_count()
