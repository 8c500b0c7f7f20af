"""Finds in a text what looks like a name and isn't: 王中平 for 王中丙, Zhenjiang for Zhanjiang."""

import re
from collections.abc import Iterator, Sequence

from pypinyin import lazy_pinyin

from archive.text.folding import HAN, fold

Span = tuple[int, int]

_HAN_RUN = re.compile(f"[{HAN}·]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})?")
_SHORTEST_WORD = 5
_LONG_WORD = 8
_PAIR = 2


def near_names(text: str, name: str, taken: Sequence[Span], *, surname: bool) -> Iterator[Span]:
    """Where something stands that differs from the name by a character or a letter or two.

    `taken` are the spans of known names. With `surname`, the first character must be right:
    two people of the same given name are two people.
    """
    find = _near_han if _HAN_RUN.match(name) else _near_latin
    for start, end in find(text, name, surname):
        if not any(start < other_end and other < end for other, other_end in taken):
            yield start, end


def _near_han(text: str, name: str, surname: bool) -> Iterator[Span]:
    wanted = fold(name).text
    for run in _HAN_RUN.finditer(text):
        folded = fold(run.group()).text
        for start in range(len(folded) - len(wanted) + 1):
            window = folded[start : start + len(wanted)]
            if _differs_by_one(window, wanted, surname):
                yield run.start() + start, run.start() + start + len(wanted)


def _differs_by_one(window: str, wanted: str, surname: bool) -> bool:
    if surname and window[0] != wanted[0]:
        return False
    differences = [(a, b) for a, b in zip(window, wanted, strict=True) if a != b]
    if len(differences) != 1:
        return False
    # In a name of two characters one wrong one is another word, unless it sounds the same.
    return len(wanted) > _PAIR or lazy_pinyin(differences[0][0]) == lazy_pinyin(differences[0][1])


def _near_latin(text: str, name: str, surname: bool) -> Iterator[Span]:
    wanted = _WORD.findall(name)
    words = list(_WORD.finditer(text))
    for first in range(len(words) - len(wanted) + 1):
        span = words[first].start(), words[first + len(wanted) - 1].end()
        found = [word.group() for word in words[first : first + len(wanted)]]
        if found != wanted and _is_misspelt(found, wanted, surname):
            yield span


def _is_misspelt(found: list[str], wanted: list[str], surname: bool) -> bool:
    if not found or (surname and len(found) > 1 and found[0] != wanted[0]):
        return False
    for one, right in zip(found, wanted, strict=True):
        if one[0] != right[0]:
            return False
        most = 0 if len(right) < _SHORTEST_WORD else 1 if len(right) < _LONG_WORD else 2
        if distance(fold(one).text, fold(right).text) > most:
            return False
    # Accents and case alone make no other name.
    return fold(" ".join(found)).text != fold(" ".join(wanted)).text


def distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed to make one word of the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            changed = previous + (a != b)
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, changed)
    return row[-1]
