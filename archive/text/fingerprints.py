"""Samples of a text's word groups, as numbers: texts that read alike share some of them.

Of all groups of neighbouring words (in Chinese, characters) those with the smallest hashes are
kept: a bottom-k sketch. Two texts draw their samples by the same rule, so the share that both
samples have is about the share that both texts have, whatever their length. After A. Broder,
On the resemblance and containment of documents (1997).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import TypeVar
from zlib import crc32

from archive.text.language import FIRST, SECOND, UNSPACED
from archive.text.scripts import HAN

T = TypeVar("T")

# So many of a sentence's groups are kept. Enough to find four texts in five words of which are
# the same; see docs/benchmarks.md for what more or fewer would cost.
SAMPLE = 12

_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_DIGITS = re.compile(r"\d+")
# "visit", "visits" and "visited" are one word here.
_STEM = 5
# How many neighbours make a group; shorter ones only where a text has too few of the first.
_GROUPS = {True: (3, 2, 1), False: (4, 3, 2, 1)}
# A group means something else in another language.
_START = {FIRST: 1, SECOND: 2}
_EMPTY_WORDS = frozenset(
    _TOKEN.findall(
        "a an and are as at be been but by for from had has have he her his in is it its not of "
        "on or said she that the their there they this to was were which who will with would"
    )
)


def words_of(text: str) -> list[str]:
    """A text's words in small letters; of Chinese the characters."""
    return _TOKEN.findall(text.casefold())


def word_row(texts: Iterable[str]) -> str:
    """The texts' words between blanks: what is printed in others stands in their row, as a row."""
    return f" {' '.join(word for text in texts for word in words_of(text))} "


def is_separator(text: str) -> bool:
    """Whether a line is marks alone, of whatever shape: "* * *", "———", "＊＊＊", "###"."""
    return bool(text.strip()) and not any(map(str.isalnum, text))


def number_of(mark: str, language: str) -> int:
    """A signed 32-bit number that stands for a mark, such as a figure, of a text in a language."""
    return _signed(*_hashes([mark], language))


def fingerprints(text: str, language: str, most: int = SAMPLE) -> list[int]:
    """At most so many different signed 32-bit numbers; [] for a text without words."""
    words = words_of(_DIGITS.sub("0", text))
    has_words = language not in UNSPACED
    # "of the" is in every other text and says nothing of any.
    telling = [not has_words or word not in _EMPTY_WORDS for word in words]
    stems = [word[:_STEM] for word in words] if has_words else words
    found: set[int] = set()
    for size in _GROUPS[has_words]:
        groups = compress(_rows(stems, size), map(any, _rows(telling, size)))
        numbers = sorted(_hashes(set(map(" ".join, groups)), language))
        found.update(numbers[: most - len(found)])
        if len(found) >= most:
            break
    return [_signed(number) for number in sorted(found)]


def _rows(items: Sequence[T], size: int) -> Iterator[tuple[T, ...]]:
    """Each so many that stand together."""
    return zip(*(items[start:] for start in range(size)), strict=False)


def _signed(number: int) -> int:
    return number - 2**32 if number >= 2**31 else number


def _hashes(groups: Iterable[str], language: str) -> list[int]:
    # A checksum of like texts is alike; the factor (Knuth's, 6.4) spreads them out.
    return [crc32(one.encode(), _START[language]) * 2654435761 % 2**32 for one in groups]
