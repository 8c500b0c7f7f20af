"""How well a few pieces of one text fit a few of the other: a bead of the alignment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat
from math import log1p

from archive.alignment.lexicon import Lexicon, Row
from archive.alignment.pieces import MARKS, BagOfWords
from archive.text.dictionary import installed_glosses

# How often a link takes so many pieces of either side: translators join and split.
_SHARES = {(1, 1): 0.62, (1, 2): 0.1, (2, 1): 0.1, (2, 2): 0.02, (1, 3): 0.03, (3, 1): 0.03}
_SHARES |= {(1, 4): 0.01, (4, 1): 0.01, (2, 3): 0.006, (3, 2): 0.006}
PAIRS = {shape: math.log(share) for shape, share in _SHARES.items()}
# Pieces without a counterpart: the first, and each one after it.
_GAP, _MORE = math.log(0.03), -1.2
GAPS = {size: _GAP + _MORE * (size - 1) for size in (1, 2, 3, 5, 8, 13, 21)}
# Letters that take the room of one Chinese character, and of how many characters' worth of text
# that is believed against what the two texts themselves say.
_LETTERS, _BELIEVED = 3.6, 200
# By how much lengths differ: in proportion, by the square root, in any case.
_SPREAD = (0.03, 8.0, 40.0)
# What lengths that fit tell, at best, in nats.
_FITS = 1.0
# What counts of the words' evidence: words of one sentence aren't independent.
_WORDS = 0.55
# A word that nothing in the other text may translate: how much it speaks against a link, where
# a dictionary has been asked and where there is none.
_UNKNOWN, _UNKNOWN_ALONE = 0.7, 0.25
# Half of the words of a translation have nothing in the original to come from.
_HALF = math.log(2)
# What a mark in both texts, in one, and in neither tells, in nats.
_SAID = (1.5, 1.8, 1.2, 0.6, 0.6, 0.45, 0.3, 0.45)
_UNSAID = (0.9, 1.05, 0.6, 0.3, 0.22, 0.15, 0.15, 0.15)
_NEITHER = (0.15, 0.15, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Range:
    """Pieces that stand together: their different words, those that may mean something there.

    `size` is the number of words, the others counted less. `rates` is how much likelier each word
    of the other text is here, all words of the range together; `gains` the logarithm for one.
    """

    words: frozenset[str]
    known: frozenset[str]
    size: float
    rates: Row
    gains: Row
    marks: int


class BeadScorer:
    """Log-likelihood ratios, in nats, of beads of two texts; 0 is what two unrelated texts get."""

    def __init__(
        self,
        ours: Sequence[BagOfWords],
        theirs: Sequence[BagOfWords],
        lexicon: Lexicon,
        *,
        letters: bool,
    ) -> None:
        self._lexicon = lexicon
        self._unknown = _UNKNOWN if installed_glosses() else _UNKNOWN_ALONE
        self._pieces = ours, theirs
        ends = [[0, *accumulate(piece.length for piece in side)] for side in (ours, theirs)]
        usual = 1 if letters else _LETTERS
        ratio = (ends[0][-1] + usual * _BELIEVED) / (ends[1][-1] + _BELIEVED)
        self._ends = ends[0], [end * ratio for end in ends[1]]
        self._ranges: tuple[dict[tuple[int, int], _Range], ...] = {}, {}

    def lengths(self, at: int, count: int, other_at: int, other_count: int) -> tuple[float, float]:
        """Characters of `count` of our pieces from `at` on, and of theirs turned into ours."""
        ours, theirs = self._ends
        return ours[at + count] - ours[at], theirs[other_at + other_count] - theirs[other_at]

    def piece(self, side: int, at: int) -> BagOfWords:
        return self._pieces[side][at]

    def fit(self, words: frozenset[str], side: int, at: int, count: int) -> float:
        """How well words of the other side fit these pieces of this one, in nats a word."""
        gains = self._range(side, at, count).gains
        return sum(map(gains.get, words, repeat(0.0))) / (len(words) + 0.5)

    def score(self, at: int, count: int, other_at: int, other_count: int, floor: float) -> float:
        """Of `count` of our pieces from `at` on, and so on; below `floor` anything below it."""
        length = self._ends[0][at + count] - self._ends[0][at]
        other_length = self._ends[1][other_at + other_count] - self._ends[1][other_at]
        mean, off = (length + other_length) / 2, length - other_length
        spread = (_SPREAD[0] * mean + _SPREAD[1]) * mean + _SPREAD[2]
        score = PAIRS[count, other_count] + _FITS - off * off / (2 * spread)
        if score < floor:
            return score
        ours, theirs = self._ranges
        here = ours.get((at, count)) or self._range(0, at, count)
        there = theirs.get((other_at, other_count)) or self._range(1, other_at, other_count)
        said = _said(here, there) + _said(there, here)
        return score + _WORDS * said + _marked(here.marks & there.marks, here.marks ^ there.marks)

    def _range(self, side: int, at: int, count: int) -> _Range:
        found = self._ranges[side].get((at, count))
        if found is None:
            if count == 1:
                found = self._read(side, at)
            else:
                found = self._joined(
                    self._range(side, at, count - 1), self._range(side, at + count - 1, 1)
                )
            self._ranges[side][at, count] = found
        return found

    def _read(self, side: int, at: int) -> _Range:
        lexicon = self._lexicon
        words = (lexicon.ours, lexicon.theirs)[side][at].keys()
        table = (lexicon.back, lexicon.ahead)[side]
        rates: Row = {}
        known = frozenset(words & table.keys())
        for word in known:
            for other, rate in table[word].items():
                rates[other] = rates.get(other, 0) + rate
        return self._made(frozenset(words), known, rates, self._pieces[side][at].marks)

    def _joined(self, one: _Range, other: _Range) -> _Range:
        rates = one.rates | other.rates
        for word in one.rates.keys() & other.rates.keys():
            rates[word] += one.rates[word]
        marks = one.marks | other.marks
        return self._made(one.words | other.words, one.known | other.known, rates, marks)

    def _made(self, words: frozenset[str], known: frozenset[str], rates: Row, marks: int) -> _Range:
        size = len(known) + self._unknown * (len(words) - len(known))
        gains = {word: log1p(rate / size) for word, rate in rates.items()}
        return _Range(words, known, size, rates, gains, marks)


def _said(here: _Range, there: _Range) -> float:
    """How much likelier what is said here is as a translation of there than by itself."""
    if not there.size:
        return 0
    gains = there.gains
    return sum(map(gains.get, here.known, repeat(0.0))) - _HALF * here.size


@cache
def _marked(both: int, one: int) -> float:
    """What the marks in both ranges and those in only one tell."""
    return sum(
        _SAID[n] if both >> n & 1 else -_UNSAID[n] if one >> n & 1 else _NEITHER[n]
        for n in range(len(MARKS))
    )
