"""From a story's passages to suggestions: pure, offline, the same in both languages.

How much a story is about what it names follows from headline, place, number of mentions, rarity.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from archive.contrib.name_suggestions.recognition.base import (
    ABOUT,
    MENTIONED,
    Question,
    Suggestion,
    Suggestions,
)
from archive.contrib.name_suggestions.recognition.facts import Gazetteer
from archive.contrib.name_suggestions.recognition.mentions import Mention, Taken, full_names
from archive.contrib.name_suggestions.recognition.namesakes import Resolver
from archive.contrib.name_suggestions.recognition.new_names import new_names
from archive.contrib.name_suggestions.recognition.people import (
    Strangers,
    role_mentions,
    short_mentions,
)
from archive.entities.glossary.terms import Glossary, Term
from archive.text.language import LANGUAGES
from archive.text.passages import Passage, Spot

_HEADLINE = 4.0
_OPENING = 1.5
_AGAIN = 1.2
# What most stories of an archive name says less of this one.
_BY_KIND = {"topic": 0.7, "event": 0.8, "organisation": 0.85}
_REGION = 0.6
# A name of no other story comes before one of many; it doesn't change what a story is about.
_RARE = 0.1
_LEAST_ABOUT = 3.7
_OPENING_SHARE = 1 / 3
_OPENING_PASSAGES = 3
# Between a person and the place that he acts for.
_OFFICE = re.compile(
    r"(?i)(?:,? (?:the |then )?)?(?:deputy |vice[ -])?(?:party (?:chief|secretary)|mayor|governor)?"
    r"(?: of )?,? ?|(?:市|省|县|州)?(?:[市省县]?委)?(?:副?(?:书记|市长|省长|州长))?"
)
_HOME_GAP = 40
_place = attrgetter("place")


def score(
    mentions: Sequence[Mention], kind: str, length: int, *, is_region: bool = False, uses: int = 0
) -> float:
    """The higher, the more; about 1 for a single mention far down in `length` passages. `uses` is
    how many stories are tagged with the entity: the rare one says more."""
    passages = {one.passage for one in mentions}
    points = 1.0 + _AGAIN * math.log2(len(mentions))
    if 0 in passages:
        points += _HEADLINE
    elif min(passages) < max(_OPENING_PASSAGES, length * _OPENING_SHARE):
        points += _OPENING
    weight = _REGION if is_region else _BY_KIND.get(kind, 1.0)
    return round(points * weight * (1 + _RARE / (1 + uses)), 3)


def suggest(
    glossary: Glossary | Gazetteer,
    passages: Sequence[Passage],
    day: date | None,
    dateline: str = "",
) -> Suggestions:
    """What the passages name; `day` is the story's date, for offices. Nothing is created. A plain
    glossary will do, but only a gazetteer knows where places lie and who held which office, so with
    a glossary more names have to be asked."""
    if not isinstance(glossary, Gazetteer):
        glossary = Gazetteer(glossary.terms, {}, glossary)
    return _Story(glossary, passages, day).suggestions(dateline)


class _Story:
    """One story's mentions while they are gathered."""

    def __init__(self, gazetteer: Gazetteer, passages: Sequence[Passage], day: date | None) -> None:
        self.gazetteer = gazetteer
        self.passages = passages
        self.day = day
        listed = full_names(gazetteer, passages)
        resolver = Resolver(gazetteer, passages, listed, day)
        short = short_mentions(passages, resolver.decided, Strangers(passages, listed))
        sure = [*resolver.decided, *(one for one in short if len(one.terms) == 1)]
        people = sorted((one for one in sure if one.terms[0].kind == "person"), key=_place)
        roles = role_mentions(gazetteer, passages, people, day)
        found = sorted([*sure, *roles], key=_place)
        self.people = people
        self.decided = [one for one in found if len(one.terms) == 1]
        unsure = (one for one in [*short, *roles] if len(one.terms) > 1)
        self.open = sorted([*resolver.undecided, *unsure], key=_place)

    def suggestions(self, dateline: str) -> Suggestions:
        by_entity: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in self.decided:
            by_entity[mention.terms[0].entity_id].append(mention)
        found = [self._suggestion(ones[0].terms[0], ones) for ones in by_entity.values()]
        return Suggestions(
            tuple(sorted(found, key=lambda one: -one.score)),
            tuple(self._questions()),
            new_names(
                self.passages, Taken.by((*self.decided, *self.open), self.passages), dateline
            ),
        )

    def _suggestion(self, term: Term, mentions: Sequence[Mention]) -> Suggestion:
        facts = self.gazetteer.of_entity(term.entity_id)
        is_region = self.gazetteer.is_region(term)
        points = score(
            mentions, term.kind, len(self.passages), is_region=is_region, uses=facts.uses
        )
        names = {language: term.canonical(language) for language in LANGUAGES}
        return Suggestion(
            entity_id=term.entity_id,
            key=term.key,
            kind=term.kind,
            names={language: name for language, name in names.items() if name},
            role=ABOUT if points >= _LEAST_ABOUT else MENTIONED,
            score=points,
            spots=self._spots(mentions),
            reasons=tuple(dict.fromkeys(why for one in mentions for why in one.reasons)),
            place_type=facts.place_type,
            home=self._home(term) if term.kind == "person" else "",
        )

    def _questions(self) -> Iterator[Question]:
        groups: defaultdict[tuple[str, tuple[int, ...]], list[Mention]] = defaultdict(list)
        for mention in self.open:
            ids = tuple(sorted(term.entity_id for term in mention.terms))
            groups[mention.surface, ids].append(mention)
        for mentions in groups.values():
            candidates = [self._suggestion(term, mentions) for term in mentions[0].terms]
            language = self.passages[mentions[0].passage].language
            text, spots = mentions[0].text, self._spots(mentions)
            yield Question(text, language, spots, tuple(candidates))

    def _spots(self, mentions: Sequence[Mention]) -> tuple[Spot, ...]:
        return tuple(self.passages[one.passage].spot(one.start, one.end) for one in mentions)

    def _home(self, person: Term) -> str:
        """The place that a person acts for: by a dated office, else the one named beside."""
        if self.day:
            held = self.gazetteer.offices_on(person.entity_id, self.day)
            ids = [office.place for office in held if office.place]
            for place in self.gazetteer.of(ids[:1]):
                return place.key
        beside = (self._place_beside(one) for one in self.people if one.terms[0] is person)
        return next((key for key in beside if key), "")

    def _place_beside(self, mention: Mention) -> str:
        """Zhanjiang in “Zhanjiang Mayor Wang”, “Wang, mayor of Zhanjiang” and 湛江市市长王."""
        text = self.passages[mention.passage].text
        for other in self.decided:
            if other.passage != mention.passage or other.terms[0].kind != "place":
                continue
            left, right = sorted([other, mention], key=_place)
            between = text[left.end : right.start]
            if len(between) < _HOME_GAP and _OFFICE.fullmatch(between):
                return other.terms[0].key
        return ""
