"""What changed between two versions of a text, word by word; in Chinese character by character."""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from rapidfuzz.distance import Indel

from archive.text.scripts import HAN

Kind = Literal["same", "gone", "new"]

_PIECES = re.compile(rf"[{HAN}]|(?:(?![{HAN}])\w)+|\s+|[^\w\s]")


# A comparison's table has a bit for each pair of words; of longer texts, only equal ends count.
MOST_BITS = 200_000_000


@dataclass(frozen=True)
class Difference:
    """A stretch of text, and whether both versions have it, only the old or only the new one."""

    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Difference]:
    """The differences in reading order, removed text before the new text in its place."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    found: list[Difference] = []
    last_i = last_k = 0
    for i, k, length in [*_equal(before, after), (len(before), len(after), 0)]:
        parts: list[tuple[Kind, list[str]]] = [
            ("gone", before[last_i:i]),
            ("new", after[last_k:k]),
            ("same", before[i : i + length]),
        ]
        found += [Difference(kind, "".join(pieces)) for kind, pieces in parts if pieces]
        last_i, last_k = i + length, k + length
    return found


def _equal(before: list[str], after: list[str]) -> list[tuple[int, int, int]]:
    """Where both are equal: begin in the one, in the other, and length, in order."""
    pairs = len(before) * len(after)
    if pairs <= MOST_BITS:
        blocks = Indel.opcodes(before, after).as_matching_blocks()
        return [(one.a, one.b, one.size) for one in blocks if one.size]
    first = _same(before, after)
    last = _same(before[first:][::-1], after[first:][::-1])
    ends = (0, 0, first), (len(before) - last, len(after) - last, last)
    return [one for one in ends if one[2]]


def _same(one: list[str], other: list[str]) -> int:
    """How many are the same from the beginning on."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
