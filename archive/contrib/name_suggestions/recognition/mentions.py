"""Where a story names what: the matches that are names, passage after passage.

A match may be part of a longer name or of another word: Portland Press Herald, 中山公园. English
papers tell by capitals, so a headline in capitals throughout tells less.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.contrib.name_suggestions.recognition import words
from archive.entities.glossary.terms import Glossary, Hit, Term
from archive.text.language import CHINESE, ENGLISH, other
from archive.text.normalisation import fold
from archive.text.passages import Passage
from archive.text.scripts import HAN

_NEXT = re.compile(r" ([A-Z][\w’'&.-]*)")
# Portland cement and Peking duck come from anywhere.
_THING = re.compile(r" (?:cement|duck|opera)\b")
_RUN = re.compile(r"(?: (?:of |and |the |for )?[A-Z][\w’'&.-]*){1,4}")
_PREVIOUS = re.compile(r"(?:^|(?<=[\s(\"“‘—–/-]))([A-Z][\w’'.&-]*) $")
_PREVIOUS_OF = re.compile(r"\b([A-Z]\w+) of (?:the )?$")
_STARTS = re.compile(r"(?:^|[.!?:;][\"”’)]*\s+|\n|^\W+|[“\"‘(—–]\s?)$")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}|\b[a-z]{4,}")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_OFFICE_OF = re.compile(r"(?i)\b(?:mayor|chief|governor|secretary|head|president|leader) of $")
_MOST_TITLED = 0.7
# So much of what stands before and after is looked at.
_NEAR = 80


class Surroundings:
    """A passage, and where the hits in it begin and end."""

    def __init__(self, text: str, language: str, spans: Collection[tuple[int, int]]) -> None:
        self.text = text
        self.language = language
        self.starts = frozenset(start for start, _end in spans)
        self.ends = frozenset(end for _start, end in spans)
        self.is_titled = is_title_case(text)


def is_title_case(text: str) -> bool:
    """Whether nearly all long words begin with a capital, as in many headlines."""
    if text.rstrip().endswith((".", "。", ".”", '."')) and not text.isupper():
        return False
    found = _CAPITALISED.findall(text)
    capitals = sum(word[0].isupper() for word in found)
    return (len(found) > 2 and capitals >= _MOST_TITLED * len(found)) or text.isupper()


def is_sentence_start(text: str, start: int) -> bool:
    return bool(_STARTS.search(text[max(0, start - 6) : start])) or start == 0


def is_part_of_longer(around: Surroundings, start: int, end: int, kind: str) -> bool:
    """Whether text[start:end], found as a name of that kind, belongs to a longer name."""
    if around.language == CHINESE:
        return _is_part_in_chinese(around.text, start, end, kind)
    return _goes_on(around, start, end, kind) or _has_begun(around, start, end, kind)


def _goes_on(around: Surroundings, start: int, end: int, kind: str) -> bool:
    if _THING.match(around.text, end):
        return True
    following = _NEXT.match(around.text, end)
    if not following or end + 1 in around.starts:
        return False
    run = _RUN.match(around.text, end)
    pieces = [_POSSESSIVE.sub("", word).rstrip(".") for word in run[0].split()] if run else []
    if any(word in words.TAILS for word in pieces[:4]):
        return True
    word = following[1].rstrip(".,")
    if kind not in ("place", "person") or around.is_titled or word in words.MAY_FOLLOW:
        return False
    before = around.text[max(0, start - _NEAR) : start]
    return not (word.isupper() or _OFFICE_OF.search(before))


def _has_begun(around: Surroundings, start: int, end: int, kind: str) -> bool:
    before = around.text[max(0, start - _NEAR) : start]
    of = _PREVIOUS_OF.search(before)
    if of and of[1] in words.OF_HEADS and kind == "place":
        return True
    previous = _PREVIOUS.search(before)
    if not previous or start - 1 in around.ends:
        return False
    word = previous[1]
    if _POSSESSIVE.search(word) or word in words.MAY_PRECEDE:
        return False
    if kind == "place" and word in words.HEADS:
        return True
    is_single = " " not in around.text[start:end]
    if kind in ("organisation", "topic") or around.is_titled or not is_single:
        return False
    if word.endswith(".") or word.isupper():
        return False
    if is_sentence_start(before, previous.start(1)):
        return word in words.GIVEN_NAMES
    return True


def _is_part_in_chinese(text: str, start: int, end: int, kind: str) -> bool:
    before, after = text[max(0, start - 3) : start], text[end : end + 12]
    if before.endswith("·") or after.startswith("·"):
        return True
    if kind in ("place", "person") and _is_in_title(text, start, end):
        return True
    false_matches = words.FALSE_MATCHES_ZH.get(text[start:end].removesuffix("市"))
    if false_matches and (false_matches.search(before) or false_matches.search(after)):
        return True
    if kind == "person":
        return _is_longer_person(text, start, end)
    return kind == "place" and bool(words.LONGER_ZH.match(after))


def _is_in_title(text: str, start: int, end: int) -> bool:
    """Within 《…》, and not all of it."""
    opened = text.rfind("《", max(0, start - _NEAR), start + 1)
    if opened < 0 or text.find("》", opened, start) >= 0:
        return False
    closed = text.find("》", end - 1, end + _NEAR)
    return closed >= 0 and text[opened + 1 : closed] != text[start:end].strip("《》")


def _is_longer_person(text: str, start: int, end: int) -> bool:
    """龚正义说 names another person than 龚正; 龚正明确表示 names him."""
    if words.LONGER_ZH.match(text, end):
        return True
    if end - start != len("龚正") or not re.match(f"[{HAN}]", text[start:end]):
        return False
    third, fourth = text[end : end + 1], text[end + 1 : end + 2]
    return bool(third) and third in words.GIVEN_ZH and fourth in words.AFTER_NAME_ZH


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
    """A name at text[start:end] of the passage with that index, and what it may mean. `terms` are
    the candidates; one is left when the name is decided. `is_weak` is a name that is as well a
    common word, where the story gives it no capital of its own."""

    passage: int
    start: int
    end: int
    text: str
    terms: tuple[Term, ...]
    is_weak: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def place(self) -> tuple[int, int]:
        return self.passage, self.start

    @property
    def surface(self) -> str:
        return fold(self.text).text


def full_names(glossary: Glossary, passages: Sequence[Passage]) -> list[Mention]:
    """The mentions of listed names, in the story's order: those in the passage's language, and
    those in the other one between them."""
    found: list[Mention] = []
    for index, passage in enumerate(passages):
        own = list(_in_language(glossary, index, passage, passage.language))
        taken = Taken(passage.text, ((one.start, one.end) for one in own))
        guests = _in_language(glossary, index, passage, other(passage.language))
        free = [guest for guest in guests if not taken.overlaps(guest.start, guest.end)]
        found += sorted([*own, *free], key=lambda one: one.start)
    return found


def _in_language(
    glossary: Glossary, index: int, passage: Passage, language: str
) -> Iterator[Mention]:
    text = passage.text
    hits = [_trimmed(hit, text) for hit in glossary.find(text, language)]
    if not hits:
        return
    around = Surroundings(text, language, [(hit.start, hit.end) for hit in hits])
    for hit in hits:
        start, end = hit.start, hit.end
        terms = tuple(t for t in hit.terms if not is_part_of_longer(around, start, end, t.kind))
        if terms:
            found = text[start:end]
            yield Mention(index, start, end, found, terms, _is_weak(around, hit, found))


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
