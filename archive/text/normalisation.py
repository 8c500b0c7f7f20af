"""Folds a text so that names are found in it, and leads back to the places in the text itself.

Case, accents, full width, traditional characters, dashes between words, line breaks and double
quotation marks make no difference. Folding is for finding only: what is shown is the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

from archive.text.language import HAS_CHINESE
from archive.text.scripts import HAN, HAN_CHARACTER

QUOTES = '"“”„‟«»「」『』《》〈〉'
# A single left mark is never an apostrophe; a right one is, unless it stands beside Han.
_ALWAYS = rf"\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff{QUOTES}‘"
_DROPPED = re.compile(rf"[{_ALWAYS}]+|(?<=[{HAN}])’|(?<=\s)\s+")
# Most texts and nearly all names have neither: one look tells.
_SHORTENS = re.compile(rf"[{_ALWAYS}’]|\s\s")
_SHORT, _PARAGRAPH = 40, 2000
_SAME = {
    **dict.fromkeys("’ʼ′＇`´", "'"),
    **dict.fromkeys("-‐‑‒–－", " "),
    **dict.fromkeys("•‧・･∙⋅", "·"),
}


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; `places[i]` is where its i-th character stands, None for at i."""

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the folded text stands in the text itself."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


class _Characters(dict[int, str]):
    """For `str.translate`: works out each character once, when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _character(chr(code))
        return folded


_CHARACTERS = _Characters()


def fold(text: str) -> Folded:
    """Character for character where that will do; else with the places of what is left.

    Names come again and again, so short texts are remembered; and a story's paragraphs for a while:
    names, terms and checks look at the same ones one after the other.
    """
    if len(text) <= _SHORT:
        return _fold_short(text)
    return _fold_paragraph(text) if len(text) <= _PARAGRAPH else _fold(text)


def _fold(text: str) -> Folded:
    if not _SHORTENS.search(text):
        return Folded(text.translate(_CHARACTERS))
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for dropped in _DROPPED.finditer(text):
        pieces.append(text[last : dropped.start()])
        places.extend(range(last, dropped.start()))
        last = dropped.end()
    places.extend(range(last, len(text)))
    kept = "".join([*pieces, text[last:]])
    return Folded(kept.translate(_CHARACTERS), tuple(places))


_fold_short = lru_cache(maxsize=16384)(_fold)
_fold_paragraph = lru_cache(maxsize=512)(_fold)


def _character(character: str) -> str:
    if character.isspace():
        return " "
    if character in _SAME:
        return _SAME[character]
    if HAN_CHARACTER.match(character):
        return _character_simplified(character) if HAS_CHINESE else character
    parts = unicodedata.normalize("NFKD", character)
    base = [part for part in parts if not unicodedata.combining(part)]
    lower = (base[0] if len(base) == 1 else character).lower()
    return lower if len(lower) == 1 else character


def to_simplified(text: str) -> str:
    """The text with Simplified characters in place of Traditional ones."""
    return str(_converter().convert(text))


def simplified_in_place(text: str) -> str:
    """Like `to_simplified`, character by character where else places in the text would shift."""
    whole = to_simplified(text)
    return whole if len(whole) == len(text) else "".join(map(_character_simplified, text))


def _character_simplified(character: str) -> str:
    simplified = to_simplified(character)
    return simplified if len(simplified) == 1 else character


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
