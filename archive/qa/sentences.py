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

from archive.qa.amounts.comparison import READERS
from archive.qa.base import HAN, Span
from archive.qa.opposites import opposites_in
from archive.qa.places import places_in
from archive.text.language import CHINESE

_ENGLISH_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|;\s")
_CHINESE_END = re.compile(r"[。！？；…]+[”’）」]*")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gen|Col|Sen|Rep|Gov|No|Inc|Co|Ltd|Prof|vs|[A-Z])\.$|\d\.$"
)
_HAN = re.compile(rf"[{HAN}]")
# Chinese characters for a letter of English: of a source, and of a translation, which is longer.
_RATIO = {False: 0.28, True: 0.24}
# How much the logarithm of that varies: for a long text, and what one of one character adds.
_VARIANCE, _VARIANCE_OF_ONE = 0.06, 0.8
# What tells least of a text's length, and by how much a text is shorter that lacks a sentence.
_SHORTER = 0.97
# How many sentences may be how many, and how unlikely that is.
_SHAPES = {(1, 1): 0.0, (1, 2): 0.8, (2, 1): 0.8, (1, 3): 1.6, (3, 1): 1.6, (2, 2): 1.6}
_DROPPED, _SURE = 2.0, -0.4
_WORST_LENGTH, _MOST_SHARED, _MOST_LOST = 8.0, 4.0, 3.0
# A group of opposites tells less than a figure or a place.
_HINT, _HINT_WEIGHT = "~", 0.4
_MOST = 12
# In characters; what is shorter belongs to its neighbour.
_SHORTEST = 3.0


@dataclass(frozen=True)
class Sentence:
    """Its place, its length in Chinese characters, and what it shares with its counterpart."""

    start: int
    end: int
    length: float
    anchors: frozenset[str]


Sentences = tuple[Sentence, ...]


@lru_cache(maxsize=2048)
def sentences_of(text: str, language: str, *, is_target: bool) -> Sentences:
    pattern = _CHINESE_END if language == CHINESE else _ENGLISH_END
    found: list[Sentence] = []
    start = 0
    for end in [*(match.end() for match in pattern.finditer(text)), len(text)]:
        sentence = _sentence(text, start, end, language, _RATIO[is_target])
        is_over = end == len(text) or not _ABBREVIATION.search(text[max(0, end - 8) : end].rstrip())
        if sentence.length >= _SHORTEST and is_over:
            found.append(sentence)
            start = end
    return tuple(found)


def _sentence(text: str, start: int, end: int, language: str, ratio: float) -> Sentence:
    words = text[start:end].strip()
    han = len(_HAN.findall(words)) if language == CHINESE else 0
    length = han + (len(words) - han) * ratio
    anchors = {
        f"{one.kind if one.pair else '#'}{one.values[0]}"
        for one in READERS[language == CHINESE](words)
        if one.firm or one.pair
    }
    anchors |= {f"{_HINT}{group}" for group in opposites_in(words, language).poles}
    for place in places_in(words, language):
        anchors |= place.city or (place.countries if place.firm else frozenset())
    return Sentence(start, end, length, frozenset(anchors))


def dropped(source: Sentences, target: Sentences) -> Span | None:
    """The place of the sentence that has most probably been left out; None if all are there."""
    whole, rest = sum(s.length for s in source), sum(s.length for s in target)
    if not (1 < len(source) <= _MOST and 0 < len(target) <= _MOST) or rest > whole * _SHORTER:
        return None
    # By how many of either are read and by the sentence left out: the cost.
    best: dict[tuple[int, int], dict[int, float]] = defaultdict(dict, {(0, 0): {-1: 0.0}})
    for i, j in product(range(len(source) + 1), range(len(target) + 1)):
        here = best[i, j]
        if not here:
            continue
        if i < len(source) and -1 in here:
            _keep(best[i + 1, j], i, here[-1] + _DROPPED)
        for a, b in _SHAPES:
            if i + a <= len(source) and j + b <= len(target):
                cost = _cost(source[i : i + a], target[j : j + b])
                for left_out, before in here.items():
                    _keep(best[i + a, j + b], left_out, before + cost)
    costs = best[len(source), len(target)]
    complete = costs.pop(-1, math.inf)
    if not costs or complete - min(costs.values()) < _SURE:
        return None
    sentence = source[min(costs, key=costs.__getitem__)]
    return sentence.start, sentence.end


def _keep(costs: dict[int, float], left_out: int, cost: float) -> None:
    if cost < costs.get(left_out, math.inf):
        costs[left_out] = cost


def _cost(ours: Sentences, theirs: Sentences) -> float:
    """How unlikely it is that these are one another's translation."""
    expected, length = sum(s.length for s in ours), sum(s.length for s in theirs)
    spread = _VARIANCE + _VARIANCE_OF_ONE / min(expected, length)
    off = math.log(length / expected) ** 2 / spread / 2
    here = frozenset().union(*(s.anchors for s in ours))
    there = frozenset().union(*(s.anchors for s in theirs))
    shared, lost = (_weight(anchors) for anchors in (here & there, here ^ there))
    anchored = min(lost, _MOST_LOST) - min(shared, _MOST_SHARED)
    return min(off, _WORST_LENGTH) + anchored + _SHAPES[len(ours), len(theirs)]


def _weight(anchors: frozenset[str]) -> float:
    return sum(_HINT_WEIGHT if anchor[0] == _HINT else 1 for anchor in anchors)
