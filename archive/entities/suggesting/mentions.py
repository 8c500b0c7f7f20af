"""Where a story names what: the matches that are names, passage after passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.entities.glossary import Glossary, Hit, Term
from archive.entities.suggesting import words
from archive.entities.suggesting.base import Passage
from archive.entities.suggesting.longer_names import (
    Surroundings,
    is_part_of_longer,
    is_sentence_start,
    surroundings,
)
from archive.text.folding import fold
from archive.text.language import CHINESE, ENGLISH, other

FULL = "full"
SHORT = "short"
ROLE = "role"

# 湛江市长 is 湛江 and 市长; 湛江市长期 is 湛江市.
_OFFICE_FOLLOWS = re.compile(r"长(?![期久远大年达途])")
# “smart” city: the opening mark belongs to it as well.
_CLOSING_INSIDE = re.compile(r"^[^\"“‘「]+[\"”’」](?!s\b)[^\"“”]+$")
_OPENING = '"“‘「'
_ABBREVIATION = re.compile(r"[A-Z]{2,5}")


class Taken:
    """The characters of a text that a name stands on."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._marks = bytearray(len(text))
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        self._marks[start:end] = b"\1" * (end - start)

    def overlaps(self, start: int, end: int) -> bool:
        return any(self._marks[start:end])

    @classmethod
    def by(cls, mentions: Iterable[Mention], passages: Sequence[Passage]) -> list[Taken]:
        """A passage each, in order."""
        taken = [cls(passage.text) for passage in passages]
        for one in mentions:
            taken[one.passage].add(one.start, one.end)
        return taken


@dataclass(slots=True)
class Mention:
    """A name at text[start:end] of the passage with that index, and what it may mean.

    `terms` are the candidates; one is left when the name is decided. `is_weak` is a name
    that is as well a common word, where the story gives it no capital of its own.
    """

    passage: int
    start: int
    end: int
    text: str
    terms: tuple[Term, ...]
    kind: str = FULL
    is_weak: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def place(self) -> tuple[int, int]:
        return self.passage, self.start

    @property
    def surface(self) -> str:
        return fold(self.text).text


def full_names(glossary: Glossary, passages: Sequence[Passage]) -> list[Mention]:
    """The mentions of listed names, in the story's order."""
    return [
        mention
        for index, passage in enumerate(passages)
        for mention in _in_passage(glossary, index, passage)
    ]


def _in_passage(glossary: Glossary, index: int, passage: Passage) -> Iterator[Mention]:
    """The names in the passage's language, and those in the other one between them."""
    own = list(_in_language(glossary, index, passage, passage.language))
    taken = Taken(passage.text, ((one.start, one.end) for one in own))
    guests = _in_language(glossary, index, passage, other(passage.language))
    free = [guest for guest in guests if not taken.overlaps(guest.start, guest.end)]
    yield from sorted([*own, *free], key=lambda one: one.start)


def _in_language(
    glossary: Glossary, index: int, passage: Passage, language: str
) -> Iterator[Mention]:
    text = passage.text
    hits = [_trimmed(hit, text) for hit in glossary.find(text, language)]
    if not hits:
        return
    around = surroundings(text, language, [(hit.start, hit.end) for hit in hits])
    for hit in hits:
        terms = tuple(term for term in hit.terms if _stands(around, hit, term))
        if terms:
            found = text[hit.start : hit.end]
            weak = _is_weak(around, hit, found)
            yield Mention(index, hit.start, hit.end, found, terms, is_weak=weak)


def _stands(around: Surroundings, hit: Hit, term: Term) -> bool:
    return not is_part_of_longer(around, hit.start, hit.end, term.kind)


def _trimmed(hit: Hit, text: str) -> Hit:
    found = text[hit.start : hit.end]
    if _CLOSING_INSIDE.search(found) and text[max(0, hit.start - 1)] in _OPENING:
        return Hit(hit.start - 1, hit.end, hit.form, hit.terms)
    if not found.endswith(("市", "省", "县")) or not _OFFICE_FOLLOWS.match(text, hit.end):
        return hit
    shorter = found[:-1]
    terms = tuple(term for term in hit.terms if shorter in term.allowed(CHINESE))
    return Hit(hit.start, hit.end - 1, hit.form, terms) if terms else hit


def _is_weak(around: Surroundings, hit: Hit, found: str) -> bool:
    """A common word at a sentence's start, or an abbreviation that capitals don't set apart."""
    if around.language != ENGLISH:
        return False
    if _ABBREVIATION.fullmatch(found):
        return True
    if found.lower() not in words.COMMON:
        return False
    return around.is_titled or is_sentence_start(around.text, hit.start)
