"""Which of several entities of the same name a story means, or that it doesn't say.

Names are decided in the order of certainty: by what stands beside them, those that only one
entity has, then by what else the story names. A place that isn't in the archive but well known
by the same name takes part; when it is the one that is meant, nothing is suggested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.entities.glossary.terms import Term
from archive.entities.suggestions.base import Passage
from archive.entities.suggestions.context import Surrounding, is_qualifier
from archive.entities.suggestions.facts import Gazetteer
from archive.entities.suggestions.geo_hierarchy import Area, Clue, homonyms
from archive.entities.suggestions.mentions import Mention
from archive.entities.suggestions.people import person_scores
from archive.text.language import ENGLISH

_BESIDE = 10.0
_SAID_BEFORE = 8.0
_OFFICE = 4.0
_PARTNER = 3.0
_REGION = 3.0
_COUNTRY = 2.0
_NEIGHBOUR = 2.0
_COMPATRIOT = 1.0
_SAME_SENTENCE = 1.0
_LEAST = 2.0
_LEAST_LEAD = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a name may mean; without a term it isn't in the archive."""

    area: Area
    term: Term | None = None


class Resolver:
    """Decides the mentions of one story; `decided` and `undecided` hold the outcome."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        passages: Sequence[Passage],
        mentions: Sequence[Mention],
        day: date | None,
    ) -> None:
        self.gazetteer = gazetteer
        self.passages = passages
        self.day = day
        self.surrounding = Surrounding.of(passages)
        self.decided: list[Mention] = []
        self.undecided: list[Mention] = []
        self._named: dict[int, Mention] = {}
        # What a surface was said to mean by the words beside it.
        self._said: defaultdict[str, set[Reading]] = defaultdict(set)
        self._resolve([one for one in mentions if not self._is_anothers_region(one)])

    def _resolve(self, mentions: list[Mention]) -> None:
        weak = [one for one in mentions if one.is_weak]
        open_places, open_people = [], []
        for mention in mentions:
            if mention.is_weak or self._is_decided_beside(mention):
                continue
            if len(self._readings(mention)) == 1:
                self._decide(mention)
            elif all(term.kind == "person" for term in mention.terms):
                open_people.append(mention)
            else:
                open_places.append(mention)
        self._decide_places(open_places)
        self._decide_people(open_people)
        self._decide_weak(weak)
        self.decided.sort(key=lambda one: one.place)

    # Beside the name

    def _is_anothers_region(self, mention: Mention) -> bool:
        """New York in “Buffalo, New York,” names no city."""
        passage = self.passages[mention.passage]
        if passage.language != ENGLISH or not homonyms_of_regions(mention.surface):
            return False
        regions = tuple(term for term in mention.terms if self.gazetteer.is_region(term))
        if len(regions) == len(mention.terms):
            return False
        if not is_qualifier(passage.text, mention.start, mention.end):
            return False
        mention.terms = regions
        return not regions

    def _is_decided_beside(self, mention: Mention) -> bool:
        """Also takes out what can't be meant; true if nothing is left to decide."""
        readings = self._readings(mention)
        for beside in self.surrounding.beside(mention):
            fits = [r for r in readings if r.area.agrees(beside.clue.area) is not False]
            sure = [r for r in fits if r.area.agrees(beside.clue.area)] or fits
            if beside.rules_out and not fits and self._may_be_ruled_out(mention):
                self._said[mention.surface].add(Reading(beside.clue.area))
                return True
            if len(sure) == 1 and len(readings) > 1:
                self._say(mention, sure[0], beside.clue.text)
                return True
        return False

    def _may_be_ruled_out(self, mention: Mention) -> bool:
        return all(term.kind == "place" for term in mention.terms)

    def _say(self, mention: Mention, reading: Reading, reason: str) -> None:
        self._said[mention.surface].add(reading)
        self._settle(mention, reading, [reason])

    def _settle(self, mention: Mention, reading: Reading, reasons: list[str]) -> None:
        if reading.term:
            mention.terms = (reading.term,)
            mention.reasons = list(dict.fromkeys(reasons))
            self._decide(mention)

    def _decide(self, mention: Mention) -> None:
        self.decided.append(mention)
        self._named.setdefault(mention.terms[0].entity_id, mention)

    def _readings(self, mention: Mention) -> list[Reading]:
        own = [Reading(self._area(term), term) for term in mention.terms]
        if any(term.kind != "place" for term in mention.terms):
            return own
        others = [
            Reading(area)
            for area in homonyms(mention.text)
            if all(area.agrees(reading.area) is False for reading in own)
        ]
        return own + others

    def _area(self, term: Term) -> Area:
        return self.gazetteer.area(term) if term.kind == "place" else Area()

    # By what else the story names

    def _decide_places(self, mentions: list[Mention]) -> None:
        clues = list(self.surrounding.elsewhere(mentions)) if mentions else []
        for mention in mentions:
            scores: dict[Reading, float] = {}
            reasons: dict[Reading, list[str]] = {}
            for reading in self._readings(mention):
                scores[reading], reasons[reading] = self._score(reading, mention, clues)
            best = _clear_winner(scores)
            if best:
                self._settle(mention, best, reasons[best])
            else:
                self.undecided.append(mention)

    def _score(
        self, reading: Reading, mention: Mention, clues: Sequence[tuple[int, Clue]]
    ) -> tuple[float, list[str]]:
        said = self._said[mention.surface]
        score = _SAID_BEFORE if any(_is_same(reading, one) for one in said) else 0.0
        reasons: list[str] = []
        weights: dict[str, float] = {}
        for index, clue in clues:
            agrees = reading.area.agrees(clue.area)
            same_country = reading.area.country == clue.area.country
            kind = "region" if agrees and clue.area.region else "country"
            if agrees or same_country:
                weight = _REGION if kind == "region" else _COUNTRY
                weight += self.surrounding.share_sentence(mention, index, clue) * _SAME_SENTENCE
                reasons += [clue.text] if weight > weights.get(kind, 0) else []
                weights[kind] = max(weight, weights.get(kind, 0))
        more, named = self._score_of_names(reading)
        return score + sum(weights.values()) + more, reasons + named

    def _score_of_names(self, reading: Reading) -> tuple[float, list[str]]:
        """What the decided names say: the same place, its neighbours, partners, officials."""
        weights: dict[str, float] = {}
        reasons: dict[str, str] = {}
        for other in self._named.values():
            term = other.terms[0]
            if reading.term and term.entity_id == reading.term.entity_id:
                found, weight = "same", _SAID_BEFORE
            elif term.kind == "place" and reading.area.agrees(self._area(term)):
                found, weight = "near", _NEIGHBOUR + _COMPATRIOT
            elif term.kind == "place" and reading.area.country == self._area(term).country:
                found, weight = "country", _COMPATRIOT
            elif reading.term and self._acts_for(term, reading.term):
                found, weight = "office", _OFFICE
            else:
                found, weight = "", 0.0
            if reading.term and term.entity_id in self._partners(reading.term):
                weights["partner"] = _PARTNER
                reasons.setdefault("partner", other.text)
            if found:
                weights[found] = weight
                reasons.setdefault(found, other.text)
        if "near" in weights:
            weights.pop("country", None)
        return sum(weights.values()), [reasons[found] for found in weights]

    def _partners(self, place: Term) -> frozenset[int]:
        return self.gazetteer.of_entity(place.entity_id).partners

    def _acts_for(self, person: Term, place: Term) -> bool:
        offices = self.gazetteer.offices_on(person.entity_id, self.day)
        return any(office.place == place.entity_id for office in offices)

    def _decide_people(self, mentions: list[Mention]) -> None:
        for mention in mentions:
            scored = person_scores(self.gazetteer, self.passages, mention, self.decided, self.day)
            scores = {Reading(Area(), term): score for term, score in scored}
            best = _clear_winner(scores)
            if best and best.term:
                self._said[mention.surface].add(best)
                self._settle(mention, best, [])
            else:
                self._follow(mention)

    def _follow(self, mention: Mention) -> None:
        """A namesake was told apart once: then it's the same person again."""
        said = [one for one in self._said[mention.surface] if one.term in mention.terms]
        if len(said) == 1:
            self._settle(mention, said[0], [])
        else:
            self.undecided.append(mention)

    def _decide_weak(self, mentions: list[Mention]) -> None:
        """Common words count where the story names the same thing beyond doubt."""
        for mention in mentions:
            named = tuple(term for term in mention.terms if term.entity_id in self._named)
            sure = named or self._supported_beside(mention)
            if len(sure) == 1:
                mention.terms = sure
                self._decide(mention)
            elif mention.text.isupper():
                self.undecided.append(mention)

    def _supported_beside(self, mention: Mention) -> tuple[Term, ...]:
        """Phoenix in “Phoenix, Arizona, is hot”."""
        areas = [beside.clue.area for beside in self.surrounding.beside(mention)]
        fits = (r for r in self._readings(mention) if any(r.area.agrees(one) for one in areas))
        return tuple(reading.term for reading in fits if reading.term)


def _is_same(reading: Reading, said: Reading) -> bool:
    if reading.term and said.term:
        return reading.term.entity_id == said.term.entity_id
    return bool(reading.area.agrees(said.area))


def _clear_winner(scores: dict[Reading, float]) -> Reading | None:
    ranked = sorted(scores, key=lambda one: -scores[one])
    first = ranked[0]
    lead = scores[first] - (scores[ranked[1]] if len(ranked) > 1 else 0)
    return first if scores[first] >= _LEAST and lead >= _LEAST_LEAD else None


def homonyms_of_regions(surface: str) -> bool:
    """Whether a state has the name as well as a city in it or elsewhere."""
    return surface in ("new york", "washington")
