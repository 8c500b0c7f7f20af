"""Finds names that are nearly alike among very many. Pure: values in, pairs out.

Comparing each with each is out of the question, so names meet in blocks: under their letters
without blanks, under their words in alphabetical order, and, for Latin letters, under each form
that lacks one letter. Two names that differ by one letter share such a form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from archive.text.normalisation import HAN, fold

_HAN = re.compile(f"[{HAN}]")
_WORDS = re.compile(r"[^\W_]+")
# Words that one list of names has and another one hasn't.
_FILLERS = {"the", "of", "and"}
_FILLERS_OF_PLACES = _FILLERS | {"city", "municipality", "province", "prefecture"}
_NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百两]+")
_HAN_SUFFIXES = ("市", "省", "县", "区")
# Below this, a letter more or less makes another name.
_SHORTEST = 6
_SHORTEST_HAN = 4
# A block of this many says little: “New” or 市 is in every other name.
_LARGEST_BLOCK = 60
LEAST = 90


@dataclass(frozen=True, slots=True)
class Named:
    """A written form of an entry. Those whose `place` differs are two things of one name."""

    entity_id: int
    kind: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two entries, the lower id first, the similarity of their names in per cent, and the names."""

    one: int
    two: int
    score: int
    texts: tuple[str, str]


def pairs(names: Iterable[Named]) -> list[NamePair]:
    """Pairs of entries of one kind whose names are alike, each pair once, by its best score."""
    blocks: defaultdict[int, list[tuple[Named, str]]] = defaultdict(list)
    for name in names:
        letters = squeezed(name.text)
        for key in _keys(name, letters):
            # Only the hash: a hundred thousand names have a million keys.
            blocks[hash((name.kind, key))].append((name, letters))
    best: dict[tuple[int, int], NamePair] = {}
    for block in blocks.values():
        if 1 < len(block) <= _LARGEST_BLOCK:
            for first, second in combinations(block, 2):
                if pair := _compare(first, second):
                    known = best.setdefault((pair.one, pair.two), pair)
                    best[pair.one, pair.two] = pair if pair.score > known.score else known
    return list(best.values())


def squeezed(text: str) -> str:
    """The folded letters and figures alone: "zhanjiang" of Zhan-jiang."""
    return "".join(_WORDS.findall(fold(text).text))


def _keys(name: Named, letters: str) -> Iterator[str]:
    if not letters:
        return
    yield f"={letters}"
    is_han = _HAN.search(letters)
    if is_han and (bare := _without_suffix(letters)) != letters:
        yield f"={bare}"
    if not is_han and (said := _said(name)):
        yield f"={''.join(said)}"
        yield f"={''.join(sorted(said))}"
    if len(letters) >= (_SHORTEST_HAN if is_han else _SHORTEST):
        yield f"-{letters}"
        yield from (f"-{letters[:i]}{letters[i + 1 :]}" for i in range(len(letters)))


def _said(name: Named) -> list[str]:
    """The folded words that tell one name from another."""
    fillers = _FILLERS_OF_PLACES if name.kind == "place" else _FILLERS
    return [word for word in _WORDS.findall(fold(name.text).text) if word not in fillers]


def _compare(first: tuple[Named, str], second: tuple[Named, str]) -> NamePair | None:
    (one, letters), (two, others) = sorted((first, second), key=lambda item: item[0].entity_id)
    if one.entity_id == two.entity_id or one.kind != two.kind:
        return None
    # Country and region, "US/Oregon"; what isn't known contradicts nothing.
    places = zip(one.place.split("/"), two.place.split("/"), strict=False)
    if any(a and b and a != b for a, b in places):
        return None
    score = 100 if letters == others else _similarity(one, two, letters, others)
    if score < LEAST:
        return None
    return NamePair(one.entity_id, two.entity_id, score, (one.text, two.text))


def _similarity(one: Named, two: Named, letters: str, others: str) -> int:
    # The second conference isn't the fourth.
    if _NUMERALS.findall(letters) != _NUMERALS.findall(others):
        return 0
    if _HAN.search(letters) or _HAN.search(others):
        if _without_suffix(letters) == _without_suffix(others):
            return 96
        # One character of four is a quarter; of a long name it is a slip.
        return LEAST if min(len(letters), len(others)) > _SHORTEST_HAN else 0
    if sorted(_said(one)) == sorted(_said(two)):
        return 98
    return round(fuzz.ratio(letters, others))


def _without_suffix(letters: str) -> str:
    return letters[:-1] if letters.endswith(_HAN_SUFFIXES) and len(letters) > 2 else letters
