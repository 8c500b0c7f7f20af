"""Which of several entities of the same name a story means, or that it doesn't say.

Names are decided in the order of certainty: by what stands beside them, those that only one
entity has, then by what else the story names. A place that isn't in the archive but well known
by the same name takes part; when it is the one that is meant, nothing is suggested.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from archive.contrib.name_suggestions.recognition.facts import Gazetteer
from archive.contrib.name_suggestions.recognition.geo_hierarchy import Area, Clue, clues, homonyms
from archive.contrib.name_suggestions.recognition.mentions import Mention, Taken
from archive.contrib.name_suggestions.recognition.people import person_scores
from archive.entities.glossary.terms import Term
from archive.text.language import CHINESE, ENGLISH
from archive.text.passages import Passage
from archive.text.sentences import span_at

# Portland, Oregon / Portland (Oregon) / Portland in the state of Oregon.
_BETWEEN_AFTER = re.compile(r"(?:, ?| ?\(|,? in (?:the (?:state|province) of )?|，|（|·)$")
# Oregon's Portland / the Oregon city of Portland / New Zealand's largest city, Auckland.
_BETWEEN_BEFORE = re.compile(
    r"(?:['’]s?)?(?: (?:\w+ ){0,2}(?:city|port|town|capital)(?: of|,)?)? $"
)
_BETWEEN_BEFORE_ZH = re.compile(r"(?:的|州|省|最大(?:的)?城市|首都|城市)?$")
# In a list the next name doesn't qualify the last: Wuhan, Guangdong and Hebei.
_CLOSES = re.compile(r"$|[,.;:)）。，；]|\s(?!and\b|or\b)[a-z]|\s*$")
# States that have a city of their name.
_CITIES_TOO = ("new york", "washington")
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


class Surrounding:
    """What a story says, beside a name and elsewhere, of where places lie; clues by passage."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.by_passage = [clues(one.text, one.language) for one in passages]

    def beside(self, mention: Mention) -> Iterator[tuple[Clue, bool]]:
        """The clues right beside a name, and whether another area can't be meant."""
        text = self.passages[mention.passage].text
        is_chinese = self.passages[mention.passage].language == CHINESE
        of_passage = self.by_passage[mention.passage]
        first = bisect_left(of_passage, mention.start, key=lambda clue: clue.start)
        for clue in of_passage[max(0, first - 1) : first + 3]:
            if clue.start >= mention.end:
                between = text[mention.end : clue.start]
                if len(between) < 24 and _BETWEEN_AFTER.fullmatch(between):
                    yield clue, clue.is_clear and bool(_CLOSES.match(text, clue.end))
            elif clue.end <= mention.start:
                between = text[clue.end : mention.start]
                if is_chinese and len(between) < 8 and _BETWEEN_BEFORE_ZH.fullmatch(between):
                    yield clue, clue.is_clear and bool(clue.area.region)
                elif not is_chinese and len(between) < 30 and _BETWEEN_BEFORE.fullmatch(between):
                    yield clue, False

    def elsewhere(self, mentions: Iterable[Mention]) -> Iterator[tuple[int, Clue]]:
        """The clear clues, by passage, but those that lie on these mentions."""
        taken = Taken.by(mentions, self.passages)
        for index, of_passage in enumerate(self.by_passage):
            for clue in of_passage:
                if clue.is_clear and not taken[index].overlaps(clue.start, clue.end):
                    yield index, clue


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
        self.surrounding = Surrounding(passages)
        self.decided: list[Mention] = []
        self.undecided: list[Mention] = []
        self._named: dict[int, Mention] = {}
        # What a surface was said to mean by the words beside it.
        self._said: defaultdict[str, set[Reading]] = defaultdict(set)
        weak, open_places, open_people = [], [], []
        for mention in mentions:
            if self._is_anothers_region(mention):
                continue
            if mention.is_weak:
                weak.append(mention)
            elif self._is_decided_beside(mention):
                continue
            elif len(self._readings(mention)) == 1:
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
        if passage.language != ENGLISH or mention.surface not in _CITIES_TOO:
            return False
        regions = tuple(term for term in mention.terms if self.gazetteer.is_region(term))
        before = passage.text[max(0, mention.start - 40) : mention.start]
        is_qualifier = re.search(r"\b[A-Z]\w+, $", before) and _CLOSES.match(
            passage.text, mention.end
        )
        if len(regions) == len(mention.terms) or not is_qualifier:
            return False
        mention.terms = regions
        return not regions

    def _is_decided_beside(self, mention: Mention) -> bool:
        """Also takes out what can't be meant; true if nothing is left to decide."""
        readings = self._readings(mention)
        for clue, rules_out in self.surrounding.beside(mention):
            fits = [r for r in readings if r.area.agrees(clue.area) is not False]
            sure = [r for r in fits if r.area.agrees(clue.area)] or fits
            if rules_out and not fits and all(term.kind == "place" for term in mention.terms):
                self._said[mention.surface].add(Reading(clue.area))
                return True
            if len(sure) == 1 and len(readings) > 1:
                self._said[mention.surface].add(sure[0])
                self._settle(mention, sure[0], [clue.text])
                return True
        return False

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
        text = self.passages[mention.passage].text
        sentence = span_at(text, mention.start, mention.end)
        for index, clue in clues:
            agrees = reading.area.agrees(clue.area)
            same_country = reading.area.country == clue.area.country
            kind = "region" if agrees and clue.area.region else "country"
            if agrees or same_country:
                weight = _REGION if kind == "region" else _COUNTRY
                first, last = sentence if index == mention.passage else (0, 0)
                weight += _SAME_SENTENCE * (first <= clue.start < last)
                reasons += [clue.text] if weight > weights.get(kind, 0) else []
                weights[kind] = max(weight, weights.get(kind, 0))
        more, named = self._score_of_names(reading)
        return score + sum(weights.values()) + more, reasons + named

    def _score_of_names(self, reading: Reading) -> tuple[float, list[str]]:
        """What the decided names say: the same place, its neighbours, partners, officials."""
        weights: dict[str, float] = {}
        reasons: dict[str, str] = {}
        own = self.gazetteer.of_entity(reading.term.entity_id) if reading.term else None
        partners = own.partners if own else frozenset()
        for other in self._named.values():
            term = other.terms[0]
            if reading.term and term.entity_id == reading.term.entity_id:
                found, weight = "same", _SAID_BEFORE
            elif term.kind == "place" and reading.area.agrees(self._area(term)):
                found, weight = "near", _NEIGHBOUR + _COMPATRIOT
            elif term.kind == "place" and reading.area.country == self._area(term).country:
                found, weight = "country", _COMPATRIOT
            elif reading.term and any(
                office.place == reading.term.entity_id
                for office in self.gazetteer.offices_on(term.entity_id, self.day)
            ):
                found, weight = "office", _OFFICE
            else:
                found, weight = "", 0.0
            if term.entity_id in partners:
                weights["partner"] = _PARTNER
                reasons.setdefault("partner", other.text)
            if found:
                weights[found] = weight
                reasons.setdefault(found, other.text)
        if "near" in weights:
            weights.pop("country", None)
        return sum(weights.values()), [reasons[found] for found in weights]

    def _decide_people(self, mentions: list[Mention]) -> None:
        for mention in mentions:
            scored = person_scores(self.gazetteer, self.passages, mention, self.decided, self.day)
            scores = {Reading(Area(), term): score for term, score in scored}
            best = _clear_winner(scores)
            said = self._said[mention.surface]
            if best and best.term:
                said.add(best)
            # A namesake was told apart once: then it's the same person again.
            known = [best] if best else [one for one in said if one.term in mention.terms]
            if len(known) == 1:
                self._settle(mention, known[0], [])
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
        areas = [clue.area for clue, _rules_out in self.surrounding.beside(mention)]
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
