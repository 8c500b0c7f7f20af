"""Searches the memory for words: how they were translated, in either direction."""

import re
from dataclasses import dataclass

from archive.desk.models import MemoryUnit

PAGE = 25
MOST_CHARACTERS = 200
# Offsets cost what they leave out; nobody reads on so far.
MOST_PAGES = 200

_WORDS = re.compile(r'["“”]([^"“”]+)["“”]|([^\s"“”]+)')


@dataclass(frozen=True)
class MarkedText:
    """A stretch of a text, and whether it is what was searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class ConcordancePage:
    """A page of units, the newest first, and whether there are more."""

    units: list[MemoryUnit]
    has_more: bool


def words_in(text: str) -> list[str]:
    """What is searched for: each word, or several in quotation marks as they stand."""
    groups = _WORDS.findall(text[:MOST_CHARACTERS])
    return [found for quoted, word in groups if (found := (quoted or word).strip())]


def search(text: str, language: str = "", page: int = 1) -> ConcordancePage:
    """Units that have all the words in one of their texts, or in that of `language`; one query.

    They aren't counted: that would read the whole memory for words that are everywhere.
    """
    words = words_in(text)
    if not words:
        return ConcordancePage([], False)
    start = (page - 1) * PAGE
    units = list(MemoryUnit.objects.containing(words, language)[start : start + PAGE + 1])
    return ConcordancePage(units[:PAGE], len(units) > PAGE)


def marked(text: str, words: list[str]) -> list[MarkedText]:
    """The text in pieces, hits apart; capitals don't count."""
    # The longest first: 湛江港 isn't 湛江 and 港.
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not wanted:
        return [MarkedText(text, False)]
    pieces = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return [MarkedText(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]
