"""How text becomes index terms: one analysis for both engines, for documents and for queries.

Chinese is cut into overlapping pairs of characters, and matched as a sequence of them: that finds
every word wherever it stands, without a dictionary. A run of characters ends in its last one
alone, so that one character, too, is found wherever it stands: as the beginning of a term.
Japanese is cut in the same way. English is stemmed, and so are French and whatever other language
of the archive has a stemmer. Width, case, accents, tone marks and traditional characters are folded
character by character, so that a character folds the same whatever stands beside it.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

import snowballstemmer
from opencc import OpenCC

from archive.text.language import (
    CHINESE,
    ENGLISH,
    ENGLISH_NAMES,
    HAS_CHINESE,
    LANGUAGES,
    SHORT_CODES,
)
from archive.text.scripts import HAN, HAN_CHARACTER

# Change it with anything below that changes terms: stored documents then count as outdated.
VERSION = "2"
LONGEST_WORD = 64
_SHORT = 10

# What French and its sisters run together with the next word: l'accord, dell'arte.
_ELISION = r"(?:(?:jus|lors|puis|quoi)?qu|[cdjlmnst]|[dns]?[aeu]ll|un|quest)(?='[a-z])"
_ELIDED = rf"{_ELISION}|" if {"fr", "it", "ca"} & set(SHORT_CODES.values()) else ""
_PIECES = re.compile(rf"[{HAN}]+|{_ELIDED}[a-z0-9]+(?:'[a-z]+)?|(?:(?![a-z0-9{HAN}])[^\W_])+")
_ASCII_PIECES = re.compile(rf"{_ELIDED}[a-z0-9]+(?:'[a-z]+)?")
# Of a text that is cut: runs of Chinese with no word between them, and a run's first character.
_RUNS = re.compile(rf"[{HAN}]+(?: [{HAN}]+)*")
_FIRST = re.compile(" .")
_MARKS = {"Mn", "Me", "Cf"}
_APOSTROPHES = "’‘ʼ＇`"

_ALGORITHMS = snowballstemmer.algorithms()
# A word doesn't say its language: each stemmer goes on with what the one before leaves.
_stemmers = [
    snowballstemmer.stemmer(name)
    for name in sorted(map(str.lower, ENGLISH_NAMES.values()), key=lambda name: name != "english")
    if name in _ALGORITHMS
]
_knows_ascii_alone = set(LANGUAGES) <= {ENGLISH, CHINESE, "ja"}


class _Folding(dict[int, str]):
    """A table for `str.translate`, filled as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self._simplify = OpenCC("t2s").convert if HAS_CHINESE else str
        # Characters that don't fold to exactly one: then places in the text shift.
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = self._fold(character)
        if len(folded) != 1:
            self.uneven.add(character)
        self[code] = folded
        return folded

    def _fold(self, character: str) -> str:
        if character in _APOSTROPHES:
            return "'"
        if HAN_CHARACTER.match(character):
            character = unicodedata.normalize("NFKC", character)
            return str(self._simplify(character)) or character
        apart = unicodedata.normalize("NFKD", character).casefold()
        apart = unicodedata.normalize("NFKD", apart)
        return "".join(c for c in apart if unicodedata.category(c) not in _MARKS)


class _HanCharacters(dict[str, bool]):
    """Whether a character is Chinese, filled as characters are met."""

    def __missing__(self, character: str) -> bool:
        self[character] = found = bool(HAN_CHARACTER.match(character))
        return found


_folding = _Folding()
_is_han = _HanCharacters()


@dataclass(frozen=True)
class TermPhrase:
    """Terms that stand one after the other; the last may be only the beginning of a term."""

    terms: tuple[str, ...]
    is_open: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)


@dataclass(frozen=True)
class TextPiece:
    """A word, or a run of Chinese characters, of a folded text, with its place there."""

    text: str
    start: int
    end: int

    @property
    def is_han(self) -> bool:
        return bool(HAN_CHARACTER.match(self.text))


def fold(text: str) -> str:
    """The text as searches compare it: “廣州灣 Zhànjiāng １７” -> "广州湾 zhanjiang 17"."""
    return text.translate(_folding)


def fold_with_places(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its characters the place in `text`; None if the same."""
    folded = fold(text)
    if _folding.uneven.isdisjoint(text):
        return folded, None
    places = [place for place, character in enumerate(text) for _ in fold(character)]
    return folded, [*places, len(text)]


def split(folded: str) -> list[str]:
    """The words and the runs of Chinese characters of a folded text, in order."""
    return _PIECES.findall(folded)


def pieces(folded: str) -> Iterator[TextPiece]:
    """As `split` gives them, with their places."""
    for match in _PIECES.finditer(folded):
        yield TextPiece(match[0], match.start(), match.end())


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A folded word's stem: "cities" and "city" -> "citi"; of a number, itself."""
    if word.isdigit() or (_knows_ascii_alone and not word.isascii()):
        return word
    for stemmer in _stemmers:
        word = str(stemmer.stemWord(word))
    return word.replace("'", "")


def cut(text: str) -> str:
    """The text's words by their stems, and its runs of Chinese, in order and parted by blanks."""
    # This runs for every word of an archive: so no call that can be spared.
    if text.isascii():
        found = _ASCII_PIECES.findall(text.lower().replace("`", "'"))
        return " ".join(map(_word_term, found))
    return " ".join(
        [piece if _is_han[piece[0]] else _word_term(piece) for piece in _PIECES.findall(fold(text))]
    )


def paired(cut_text: str) -> str:
    """A text that is cut, its Chinese as the terms under which it is found."""
    return cut_text if cut_text.isascii() else _RUNS.sub(_paired, cut_text)


def terms(text: str) -> list[str]:
    """The terms under which a text is found, in order, doubles kept."""
    return paired(cut(text)).split()


def phrase(text: str) -> TermPhrase:
    """What to look for to find the text; empty where it has neither word nor character."""
    found = list(pieces(fold(text)))
    if not found:
        return TermPhrase(())
    listed = [term for piece in found for term in _terms_of(piece.text)]
    last = found[-1]
    if not last.is_han:
        return TermPhrase(tuple(listed))
    # The run may go on in the document: its last character need not end it there.
    if len(last.text) > 1:
        return TermPhrase(tuple(listed[:-1]))
    return TermPhrase(tuple(listed), is_open=True)


def is_han(term: str) -> bool:
    """Whether a term is of Chinese characters."""
    return term != "" and _is_han[term[0]]


def name_key(text: str) -> str:
    """Under which a name is looked up: "Zhàn jiāng" and "Zhanjiang" -> "zhanjiang"."""
    return "".join(piece.text.replace("'", "") for piece in pieces(fold(text)))


def _paired(match: re.Match[str]) -> str:
    runs = match[0]
    # Names, and what stands between two numbers, come again and again.
    return _cached_pairs(runs) if len(runs) < _SHORT else _pairs(runs)


def _pairs(runs: str) -> str:
    """ "湛江市 港" -> "湛江 江市 市 港": written side by side, which spares a step a character."""
    units = array("H", runs.encode("utf-16-le"))
    if len(units) > len(runs):
        # Characters beyond Unicode's first plane are spelled out.
        return " ".join(term for run in runs.split() for term in _terms_of(run))
    # What follows each character; nothing after a run's last one.
    following = array("H", (_FIRST.sub("  ", runs)[1:] + " ").encode("utf-16-le"))
    blanks = array("H", b" \0") * len(units)
    made = array("H", blanks) * 3
    made[0::3], made[1::3], made[2::3] = units, following, blanks
    return made.tobytes().decode("utf-16-le")


_cached_pairs = lru_cache(maxsize=50_000)(_pairs)


def _terms_of(piece: str) -> list[str]:
    if not HAN_CHARACTER.match(piece):
        return [_word_term(piece)]
    characters = [storable(one) for one in piece]
    return [*map(add, characters, characters[1:]), characters[-1]]


@lru_cache(maxsize=200_000)
def _word_term(word: str) -> str:
    return storable(stem(word))[:LONGEST_WORD]


def storable(term: str) -> str:
    """The term as the engines store it: of characters of Unicode's first plane."""
    # SQLite's tokenizer knows the letters of an old Unicode only.
    if term.isascii() or max(term) <= "\uffff":
        return term
    return "".join(c if c <= "\uffff" else f"u{ord(c):x}" for c in term)
