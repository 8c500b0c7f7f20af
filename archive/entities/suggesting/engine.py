"""From a story's passages to suggestions: pure, offline, the same in both languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from archive.entities.glossary import Glossary, Term
from archive.entities.suggesting import ranking
from archive.entities.suggesting.base import (
    Passage,
    Question,
    Spot,
    Suggestion,
    Suggestions,
)
from archive.entities.suggesting.facts import Gazetteer
from archive.entities.suggesting.mentions import Mention, Taken, full_names
from archive.entities.suggesting.new_names import new_names
from archive.entities.suggesting.people import Strangers, short_mentions
from archive.entities.suggesting.resolving import Resolver
from archive.entities.suggesting.roles import role_mentions
from archive.entities.suggesting.sentences import sentence_at
from archive.text.language import LANGUAGES

_HOME_GAP = 40


def suggest(
    glossary: Glossary | Gazetteer, passages: Sequence[Passage], day: date | None
) -> Suggestions:
    """What the passages name; `day` is the story's date, for offices. Nothing is created.

    A plain glossary will do, but only a gazetteer knows where places lie and who held which
    office, so with a glossary more names have to be asked.
    """
    if isinstance(glossary, Gazetteer):
        gazetteer = glossary
    else:
        gazetteer = Gazetteer(glossary.terms, {}, glossary)
    return _Story(gazetteer, passages, day).suggestions()


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
        self.open = sorted(
            [*resolver.undecided, *(one for one in [*short, *roles] if len(one.terms) > 1)],
            key=_place,
        )
        self.listed = listed

    def suggestions(self) -> Suggestions:
        by_entity: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in self.decided:
            by_entity[mention.terms[0].entity_id].append(mention)
        found = [self._suggestion(ones[0].terms[0], ones) for ones in by_entity.values()]
        return Suggestions(
            tuple(sorted(found, key=lambda one: -one.score)),
            tuple(self._questions()),
            new_names(self.passages, Taken.by((*self.decided, *self.open), self.passages)),
        )

    def _suggestion(self, term: Term, mentions: Sequence[Mention]) -> Suggestion:
        facts = self.gazetteer.of_entity(term.entity_id)
        is_region = self.gazetteer.is_region(term)
        points = ranking.score(
            mentions, term.kind, len(self.passages), is_region=is_region, uses=facts.uses
        )
        names = {language: term.canonical(language) for language in LANGUAGES}
        return Suggestion(
            entity_id=term.entity_id,
            key=term.key,
            kind=term.kind,
            names={language: name for language, name in names.items() if name},
            role=ranking.role(points),
            score=points,
            spots=tuple(self._spot(one) for one in mentions),
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
            spots = tuple(self._spot(one) for one in mentions)
            yield Question(mentions[0].text, language, spots, tuple(candidates))

    def _spot(self, mention: Mention) -> Spot:
        passage = self.passages[mention.passage]
        sentence = sentence_at(passage.text, mention.start, mention.end)
        return Spot(passage.key, mention.start, mention.end, mention.text, sentence)

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


_OFFICE = re.compile(
    r"(?i)(?:,? (?:the |then )?)?(?:deputy |vice[ -])?(?:party (?:chief|secretary)|mayor|governor)?"
    r"(?: of )?,? ?|(?:市|省|县|州)?(?:[市省县]?委)?(?:副?(?:书记|市长|省长|州长))?"
)


def _place(mention: Mention) -> tuple[int, int]:
    return mention.place
