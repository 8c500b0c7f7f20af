"""What a check is, after Weblate's shape: one class, one id, one sentence; and its findings."""

import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from django.utils.functional import Promise

from archive.entities.glossary.terms import Glossary
from archive.stories.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH

Severity = Literal["error", "warning"]
Span = tuple[int, int]
T = TypeVar("T")

ENGLISH_AND_CHINESE = frozenset({ENGLISH, CHINESE})
LATIN = r"A-Za-z\u00c0-\u024f"
# Headings are rewritten rather than translated, and short: they may ask without a question mark
# and leave a number or a name to the text below.
HEADING_KINDS = (*ArticlePage.heading_fields, "subhead", "title")


@dataclass(frozen=True)
class Pair:
    """A segment's plain texts, and their markup (database-form HTML) where it has any."""

    key: str
    kind: str
    source: str
    target: str
    source_markup: str = ""
    target_markup: str = ""


@dataclass(frozen=True)
class Story:
    """All that a check may look at: the pairs in reading order, the house's names and terms."""

    pairs: tuple[Pair, ...]
    source_language: str
    target_language: str
    glossary: Glossary = field(default_factory=Glossary)
    terms: Glossary = field(default_factory=Glossary)

    @cached_property
    def by_source(self) -> dict[str, list[Pair]]:
        """The translated pairs of each source text, white space and case folded."""
        found: dict[str, list[Pair]] = {}
        for pair in self.pairs:
            if pair.target.strip():
                found.setdefault(folded(pair.source), []).append(pair)
        return found

    @cached_property
    def is_mostly_translated(self) -> bool:
        """Whether an empty target is more likely forgotten than still to be translated."""
        filled = sum(bool(pair.target.strip()) for pair in self.pairs)
        return filled * 2 >= len(self.pairs)


def remembered(make: Callable[[Story], T]) -> Callable[[Story], T]:
    """What is made of a story, made once for all checks: the last story's is kept."""
    last: list[tuple[weakref.ref[Story], T]] = []

    def of(story: Story) -> T:
        # Read once: another thread may put its own story there meanwhile.
        kept = last[:1]
        if kept and kept[0][0]() is story:
            return kept[0][1]
        made = make(story)
        last[:] = [(weakref.ref(story), made)]
        return made

    return of


def folded(text: str) -> str:
    """The words alone, for telling whether two texts are the same."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class Finding:
    """Something to look at; spans are offsets in the pair's plain texts, end excluded."""

    check_id: str
    severity: Severity
    key: str
    message: str
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    # What to write in the target's spans, one for each, where that is known.
    fixes: tuple[str, ...] = ()


class Check(ABC):
    """A class for each thing that can be wrong.

    `check_id` is kebab-case and never changes: waivers are stored under it. An error stops
    publication; a warning needs a look. `name` and `description` (one sentence) are translatable.
    A check that knows the rules of some `languages` alone runs where the archive has them all.
    What isn't found by a rule says who suggests it, in `suggested_by`, and never stops anything.
    """

    check_id: str
    severity: Severity = "warning"
    name: str | Promise
    description: str | Promise
    empty_too = False
    languages: frozenset[str] = frozenset()
    suggested_by: str = ""

    @abstractmethod
    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        """The findings in one pair."""

    def finding(
        self,
        pair: Pair,
        message: str,
        *,
        source: tuple[Span, ...] = (),
        target: tuple[Span, ...] = (),
        fixes: tuple[str, ...] = (),
    ) -> Finding:
        return Finding(self.check_id, self.severity, pair.key, message, source, target, fixes)


# Of a text around its spots: so many characters, and at most so many spots.
_AROUND = 24
_MOST = 4


@dataclass(frozen=True)
class Piece:
    """A part of a text; a spot is what a finding is about."""

    text: str
    is_spot: bool = False


def pieces(text: str, spans: tuple[Span, ...]) -> list[Piece]:
    """The spots with some text around them; [] without spots, or where the whole text is one."""
    chosen = sorted(set(spans))[:_MOST]
    if not chosen or chosen[0] == (0, len(text)):
        return []
    found: list[Piece] = []
    at = max(0, chosen[0][0] - _AROUND)
    if at:
        found.append(Piece("…"))
    for start, end in chosen:
        if start - at > 2 * _AROUND:
            found.append(Piece(f"{text[at : at + _AROUND]}…{text[start - _AROUND : start]}"))
        elif start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end] or " ", is_spot=True))
        at = end
    found.append(Piece(text[at : at + _AROUND]))
    if at + _AROUND < len(text):
        found.append(Piece("…"))
    return [piece for piece in found if piece.text]
