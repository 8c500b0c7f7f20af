"""Who is meant by “the mayor” or 这位市长: the one person of that office named before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from archive.entities.glossary.terms import Term
from archive.entities.suggestions import words
from archive.entities.suggestions.base import Passage
from archive.entities.suggestions.facts import Gazetteer
from archive.entities.suggestions.mentions import ROLE, Mention, Taken
from archive.text.language import CHINESE, LANGUAGES

_EN = "|".join(words.TITLES_EN).replace(" ", r"[ -]")
_ZH = "|".join(words.TITLES_ZH)
_REFERS_EN = re.compile(rf"\b[Tt]he ({_EN}|(?i:{_EN}))\b(?!['’]s?\b| of\b| [A-Z]|-)")
_REFERS_ZH = re.compile(rf"(?:这位|该|这名)({_ZH})")
# Zhanjiang Mayor Wang / mayor of Zhanjiang Wang / 湛江市市长王.
_LEFT_EN = re.compile(rf"(?i:\b({_EN}))(?: of(?: [A-Z][\w.'’]*)+)?,? $")
_RIGHT_EN = re.compile(rf",? (?:the |a |an |then[ -]|who is |is )*(?i:({_EN}))\b")
_LEFT_ZH = re.compile(rf"({_ZH})$")
_NEAR = 80
_STRANGER_EN = re.compile(rf"\b((?i:{_EN}))(?: of(?: [A-Z]\w*)+)? [A-Z][a-z]+ [A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of an office, from a place in the story on; None is one unknown."""

    place: tuple[int, int]
    title: str
    person: Term | None


def role_mentions(
    gazetteer: Gazetteer,
    passages: Sequence[Passage],
    people: Sequence[Mention],
    day: date | None,
) -> list[Mention]:
    """The references to one office holder; to several known ones, with all as candidates."""
    holders = sorted(_holders(gazetteer, passages, people, day), key=lambda one: one.place)
    found = []
    for index, passage in enumerate(passages):
        pattern = _REFERS_ZH if passage.language == CHINESE else _REFERS_EN
        for match in pattern.finditer(passage.text):
            if _stands_beside_its_person(passage, match, index, people):
                continue
            title = _folded(match[1])
            known = [h for h in holders if h.place < (index, match.start()) and h.title == title]
            terms = {h.person.entity_id: h.person for h in known if h.person}
            if terms and all(h.person for h in known):
                start, end = match.span()
                candidates = tuple(terms.values())
                found.append(Mention(index, start, end, match[0], candidates, ROLE))
    return found


def _holders(
    gazetteer: Gazetteer,
    passages: Sequence[Passage],
    people: Sequence[Mention],
    day: date | None,
) -> Iterator[Holder]:
    for mention in people:
        person = mention.terms[0]
        passage = passages[mention.passage]
        for title in _titles_beside(passage, mention):
            yield Holder(mention.place, _folded(title), person)
        for office in gazetteer.offices_on(person.entity_id, day):
            for language in LANGUAGES:
                if held := office.titles.get(language):
                    yield Holder(mention.place, _folded(held), person)
    taken = Taken.by(people, passages)
    for index, passage in enumerate(passages):
        for match in _STRANGER_EN.finditer(passage.text):
            if not taken[index].overlaps(match.start(), match.end()):
                yield Holder((index, match.start()), _folded(match[1]), None)


def _titles_beside(passage: Passage, mention: Mention) -> Iterator[str]:
    before = passage.text[max(0, mention.start - _NEAR) : mention.start]
    after = passage.text[mention.end : mention.end + _NEAR]
    if passage.language == CHINESE:
        if left := _LEFT_ZH.search(before):
            yield left[1]
        return
    if left := _LEFT_EN.search(before):
        yield left[1]
    if right := _RIGHT_EN.match(after):
        yield right[1]


def _stands_beside_its_person(
    passage: Passage, match: re.Match[str], index: int, people: Sequence[Mention]
) -> bool:
    """“Muriel Bowser, the mayor,” and “the mayor, Muriel Bowser” name her already."""
    for one in people:
        if one.passage != index:
            continue
        if passage.text[one.end : match.start()] in (", ", " "):
            return True
        if passage.text[match.end() : one.start] in (", ", " ", ""):
            return True
    return bool(
        re.match(r", (?:Mr|Ms|Mrs|Dr)?\.? ?[A-Z]", passage.text[match.end() : match.end() + _NEAR])
    )


def _folded(title: str) -> str:
    return re.sub(r"[\s-]+", " ", title).strip().lower()
