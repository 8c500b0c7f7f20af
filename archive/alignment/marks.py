"""What two texts on one thing have in common in any language: figures, names, letters, pictures.

Cheap, for thousands of texts: a figure by its value where it is in digits, a Chinese name by its
Pinyin, an abbreviation by its letters. What is rare among all texts says most.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pypinyin import lazy_pinyin

from archive.text.scripts import HAN_RUN

# A mark is a kind and a value: "f152000000", "nzhanjiang".
FIGURE, NAME, PICTURE = "f", "n", "p"
_SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "十": 1e1,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "十亿": 1e9,
    "百亿": 1e10,
    "千亿": 1e11,
    "万亿": 1e12,
}
_FIGURE = re.compile(
    # A digit first: what looks behind first is tried at each character.
    r"(\d(?<!\d\d)(?<!\d[.,]\d)\d{0,14}(?:,\d{3}){0,4}(?:\.\d{1,6})?)"
    r"(?:[ -]?(thousand|million|billion|trillion)\b|([十百千]?万亿?|[十百千]?亿|[十百千]))?"
)
_CAPITALISED = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z0-9]{2,29}")
_FULL_WIDTH = {0xFF10 + n: ord("0") + n for n in range(10)} | {0xFF0E: ord(".")}
# Below it, one language's digit is the other's word.
_SMALLEST = 10
_WINDOWS = (2, 3)
_SHORTEST_NAME = 4


def figures(text: str) -> set[str]:
    """The figures in digits from 10 on, all with a fraction: "1.52亿" and "152 million" are one."""
    found = set()
    for match in _FIGURE.finditer(text.translate(_FULL_WIDTH)):
        number, english, chinese = match.groups()
        value = float(number.replace(",", "")) * _SCALES.get(english or chinese or "", 1)
        if value >= _SMALLEST or "." in number:
            found.add(f"{FIGURE}{value:.6g}")
    return found


def words(text: str) -> set[str]:
    """The words of Latin letters that begin with a capital, as marks: names, abbreviations."""
    return {f"{NAME}{word.lower()}" for word in _CAPITALISED.findall(text)}


def readable(found: Iterable[str]) -> frozenset[str]:
    """Those of the marks that may be a name's Pinyin."""
    return frozenset(one for one in found if one[0] == NAME and len(one) > _SHORTEST_NAME)


def readings(text: str, wanted: frozenset[str]) -> set[str]:
    """Those of the wanted names that two or three of the text's characters are read as."""
    return {mark for mark in _readings(text) if mark in wanted}


def _readings(text: str) -> Iterator[str]:
    for run in HAN_RUN.findall(text):
        syllables = [_reading(character) for character in run]
        for size in _WINDOWS:
            for start in range(len(syllables) - size + 1):
                yield NAME + "".join(syllables[start : start + size])


@lru_cache(maxsize=30_000)
def _reading(character: str) -> str:
    return "".join(lazy_pinyin(character))


def is_telling(mark: str) -> bool:
    """Whether a mark is a figure that both texts should have: not a year, nor a small one."""
    if mark[0] != FIGURE:
        return False
    value = float(mark[1:])
    return (value > 100 and not 1900 <= value < 2100) or value % 1 != 0
