"""What changed between two versions of a text, word by word; in Chinese character by character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby, product, takewhile
from typing import Literal

from rapidfuzz.distance import Indel

from archive.text.scripts import HAN

Kind = Literal["same", "gone", "new"]

# A word, a figure as 1,240.5 or a letter of Chinese, with the white space above it.
_PIECES = re.compile(rf"\s*(?:[{HAN}]|(?:(?![{HAN}])\w|(?<=\d)[.,](?=\d))+|[^\w\s])|\s+")
# A comparison's table has a bit for each pair of words; of longer texts, only equal ends count.
MOST_BITS = 200_000_000
# Paragraphs of both texts are one paragraph with at least this in common, of all their words.
_LIKE = 0.4
# As one may have been cut in two, or two joined.
_STEPS = ((1, 1), (2, 1), (1, 2))
# Texts with more pairs of changed paragraphs are compared as one long paragraph.
_MOST_PAIRS = 5_000


@dataclass(frozen=True)
class Difference:
    """A stretch of text, and whether both versions have it, only the old or only the new one."""

    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Difference]:
    """The differences in reading order, removed text before the new text in its place.

    Words are compared within the paragraphs (lines) that are each other's.
    """
    parts = [part for pair in _paragraphs(old, new) for part in _words(*pair)]
    found: list[Difference] = []
    for _is_same, run in groupby(parts, lambda part: part[0] == "same"):
        texts: dict[Kind, str] = {"same": "", "gone": "", "new": ""}
        for kind, text in run:
            texts[kind] += text
        # The space above both is the same.
        start = _same([*texts["gone"]], [*texts["new"]])
        space = texts["gone"][:start]
        space = space[: start - len(space.lstrip())]
        texts["gone"], texts["new"] = (texts[one][len(space) :] for one in ("gone", "new"))
        if space and found:
            found[-1] = Difference("same", found[-1].text + space)
        elif space:
            texts["same"] = space
        found += [Difference(kind, text) for kind, text in texts.items() if text]
    return found


def _paragraphs(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Those that are each other's, "" where one text lacks it; as much in common as can be."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    first = _same(before, after)
    last = _same(before[first:][::-1], after[first:][::-1])
    ends = len(before) - last, len(after) - last
    yield from zip(before[:first], after[:first], strict=True)
    yield from _paired(before[first : ends[0]], after[first : ends[1]])
    yield from zip(before[ends[0] :], after[ends[1] :], strict=True)


def _paired(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    if len(before) * len(after) in (0, 1) or len(before) * len(after) > _MOST_PAIRS:
        return [("".join(before), "".join(after))]
    keys = [words(one) for one in before], [words(one) for one in after]
    # By how many paragraphs of each are read: what they have in common, and the way there.
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0, (0, 0))}
    for i, k in list(product(range(len(before) + 1), range(len(after) + 1)))[1:]:
        ways = [(best[i - 1, k][0], (1, 0))] if i else []
        ways += [(best[i, k - 1][0], (0, 1))] if k else []
        for a, b in _STEPS:
            if a <= i and b <= k:
                one, other = [*chain(*keys[0][i - a : i])], [*chain(*keys[1][k - b : k])]
                common = Indel.normalized_similarity(one, other) - _LIKE
                ways.append((best[i - a, k - b][0] + common * (len(one) + len(other)), (a, b)))
        best[i, k] = max(ways)
    found, i, k = list[tuple[str, str]](), len(before), len(after)
    while i or k:
        a, b = best[i, k][1]
        found.append(("".join(before[i - a : i]), "".join(after[k - b : k])))
        i, k = i - a, k - b
    return found[::-1]


def _words(old: str, new: str) -> Iterator[tuple[Kind, str]]:
    """White space counts for no word: beside an equal word it may differ."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    last_i = last_k = 0
    for i, k, length in [*equal_stretches(words(old), words(new)), (len(before), len(after), 0)]:
        yield "gone", "".join(before[last_i:i])
        yield "new", "".join(after[last_k:k])
        for one, other in zip(before[i : i + length], after[k : k + length], strict=True):
            word = one.strip()
            if one != other:
                yield "gone", one.removesuffix(word)
                yield "new", other.removesuffix(word)
            yield "same", one if one == other else word
        last_i, last_k = i + length, k + length


def words(text: str) -> list[str]:
    """The words of a text, and its punctuation; in Chinese each letter."""
    return [piece.strip() for piece in _PIECES.findall(text)]


def equal_stretches(before: list[str], after: list[str]) -> list[tuple[int, int, int]]:
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
