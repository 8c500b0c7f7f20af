"""English numbers in words: "twenty-three", "two dozen", "one hundred and five", "twentieth"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_UNITS += " fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL_UNITS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
_ORDINAL_UNITS += " twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
_ORDINAL_UNITS += " nineteenth"
_ORDINAL_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"

SMALL = {word: n for n, word in enumerate(_UNITS.split())}
CARDINALS = SMALL | {word: n * 10 for n, word in enumerate(_TENS.split(), 2)}
ORDINALS = {word: n for n, word in enumerate(_ORDINAL_UNITS.split())}
ORDINALS |= {word: n * 10 for n, word in enumerate(_ORDINAL_TENS.split(), 2)}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MULTIPLIERS = {"dozen": 12, "score": 20, "hundred": 100, "hundredth": 100}
NUMBER_WORDS = {*CARDINALS, *ORDINALS, *SCALES, *_MULTIPLIERS, "thousandth"}
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
# A run of such words; "and" counts only within a number.
RUN = rf"\b(?:{_WORDS})(?:(?: and |[- ])(?:{_WORDS}))*\b"
_WORD = re.compile(rf"(?: and |[- ])?({_WORDS})\b", re.I)


@dataclass
class Worded:
    """A number in words at text[start:end]; bare if it is only a "hundred" or "million"."""

    start: int
    end: int
    total: int = 0
    current: int = 0
    last: int = -1
    is_ordinal: bool = False
    is_bare: bool = True

    @property
    def value(self) -> Fraction:
        return Fraction(self.total + self.current)

    def takes(self, value: int, *, is_ordinal: bool = False) -> bool:
        """Add a number below a hundred, if the grammar lets it follow."""
        after_tens = 20 <= self.last <= 90 and 0 < value < 10
        if self.is_ordinal or not (self.last == -1 or self.last >= 100 or after_tens):
            return False
        self.current += value
        self.last, self.is_ordinal, self.is_bare = value, is_ordinal, False
        return True

    def multiplies(self, factor: int, *, is_ordinal: bool = False) -> bool:
        if self.is_ordinal or (factor <= self.last and self.last >= 100 and factor < 1000):
            return False
        if factor >= 1000:
            self.total += max(self.current, 1) * factor if self.current or not self.total else 0
            self.current = 0
        else:
            self.current = max(self.current, 1) * factor
        self.last, self.is_ordinal = max(factor, 100), is_ordinal
        return True


def read_run(text: str, start: int, end: int) -> Iterator[Worded]:
    """The numbers in a run of number words: "two or" is one, "two three" are two."""
    current: Worded | None = None
    at = start
    while at < end and (match := _WORD.match(text, at, end)):
        word = match[1].lower()
        if word == "score" and not (current or text[:start].endswith(("a ", "A "))):
            # To score, or what was scored.
            at = match.end()
            continue
        splits = current is not None and " and " in match[0] and current.last < 100
        if current is None or splits or not _add(current, word):
            if current:
                yield current
            current = Worded(match.start(1), match.end())
            _add(current, word)
        current.end = at = match.end()
    if current:
        yield current


def _add(number: Worded, word: str) -> bool:
    if word in CARDINALS:
        return number.takes(CARDINALS[word])
    if word in ORDINALS:
        return number.takes(ORDINALS[word], is_ordinal=True)
    if word in SCALES or word == "thousandth":
        return number.multiplies(SCALES.get(word, 1000), is_ordinal=word == "thousandth")
    return number.multiplies(_MULTIPLIERS[word], is_ordinal=word == "hundredth")
