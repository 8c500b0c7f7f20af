"""Ties that a story's sentences speak of, for an editor to accept. Values only, no models."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from archive.entities.suggestions.base import Passage, Spot, Suggestion, Suggestions, span_at
from archive.ties import phrases
from archive.ties.phrases import FIRST_OPEN, FIRST_PERSON, FIRST_PLACE, FIRST_REGION, H, P, R

_REGIONS = ("state", "province")
_PORT = "port"
# A longer one is a table of results set as one sentence, and states no ties.
_MOST_NAMES = 500
# How many characters before a verb its “will” or “plans to” stands, and its “not”.
_VERB_BEFORE = 14
_VISITORS_BEFORE = 45
_OPEN = f"[{chr(FIRST_OPEN)}-\uf8ff]"
# Portland, Oregon, / Portland (Oregon) is one place; so is 俄勒冈州波特兰.
_QUALIFIED = re.compile(rf"({P}),? (?:in |\()?{R}\)?,?(?=\s|$|[.;:])")
_QUALIFIED_ZH = re.compile(rf"{R}的?({P})")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ONE_PLACE = re.compile(P)
_ONE_END = re.compile(f"{P}|{R}")
_SISTER_CITY, _PORT_COOPERATION = "sister_city", "port_cooperation"
_Named = tuple[Spot, Suggestion | None]


@dataclass(frozen=True, slots=True)
class ProposedTie:
    """A tie between two places, by their keys in the sentence's order; a visit's goes there.

    `kind` and `status` are values of Tie.Kind and Tie.Status, `since` a year or "". `spot` is
    the whole sentence that says so.
    """

    place_a: str
    place_b: str
    kind: str
    status: str
    since: str
    spot: Spot


@dataclass
class _Sentence:
    """A sentence with a character for each name in it."""

    spot: Spot
    text: str
    named: dict[str, Suggestion] = field(default_factory=dict)

    def subject(self, before: int) -> Suggestion | None:
        """The place that the clauses up to there are about; None if that is undecided."""
        first = re.search(f"{P}|{_OPEN}", re.split("[;；]", self.text[:before])[-1])
        return self.named.get(first[0]) if first else None


def propose_ties(passages: Sequence[Passage], suggestions: Suggestions) -> tuple[ProposedTie, ...]:
    """What the sentences say of two places, each pair and kind once, in the story's order."""
    found: dict[tuple[frozenset[str], str], ProposedTie] = {}
    for sentence in _sentences(passages, suggestions):
        for tie in (*_visits(sentence), *_ties(sentence)):
            pair = frozenset((tie.place_a, tie.place_b))
            if len(pair) == 2:
                found.setdefault((pair, tie.kind), tie)
    return tuple(found.values())


def _sentences(passages: Sequence[Passage], suggestions: Suggestions) -> Iterator[_Sentence]:
    spots: defaultdict[str, list[_Named]] = defaultdict(list)
    for one in suggestions.entities:
        if one.kind in ("place", "person"):
            for spot in one.spots:
                spots[spot.passage].append((spot, one))
    for question in suggestions.questions:
        for spot in question.spots:
            spots[spot.passage].append((spot, None))
    for passage in passages:
        by_sentence: defaultdict[tuple[int, int], list[_Named]] = defaultdict(list)
        for spot, one_or_none in sorted(spots[passage.key], key=lambda pair: pair[0].start):
            by_sentence[span_at(passage.text, spot.start, spot.end)].append((spot, one_or_none))
        for (first, last), names in by_sentence.items():
            yield _sentence(passage, first, last, names)


def _sentence(passage: Passage, first: int, last: int, names: list[_Named]) -> _Sentence:
    whole = passage.text[first:last]
    sentence = _Sentence(Spot(passage.key, first, last, whole, whole), "")
    done = first
    for number, (spot, one) in enumerate(names[:_MOST_NAMES]):
        character = chr(_first_code(one) + number)
        if one:
            sentence.named[character] = one
        sentence.text += _plain(passage.text[done : spot.start]) + character
        done = spot.end
    sentence.text += _plain(passage.text[done:last])
    sentence.text = _QUALIFIED.sub(r"\1", _QUALIFIED_ZH.sub(r"\1", sentence.text))
    return sentence


def _plain(text: str) -> str:
    """Without the characters that stand for names: a text may hold some of its own."""
    return _PRIVATE.sub(" ", text)


def _first_code(one: Suggestion | None) -> int:
    if one is None:
        return FIRST_OPEN
    if one.kind == "person":
        return FIRST_PERSON
    return FIRST_REGION if one.place_type in _REGIONS else FIRST_PLACE


def _ties(sentence: _Sentence) -> Iterator[ProposedTie]:
    taken: set[tuple[str, str]] = set()
    for phrase in phrases.TIES:
        for match in phrase.pattern.finditer(sentence.text):
            ends = match.groupdict()
            a = sentence.named[ends["a"]] if ends.get("a") else sentence.subject(match.start())
            for b in _ONE_END.findall(ends["b"]):
                if a and (phrase.kind, b) not in taken:
                    taken |= {(phrase.kind, b), (phrase.kind, ends.get("a") or "")}
                    yield from _tie(sentence, a, sentence.named[b], phrase.kind, match)
    if not any(kind == _PORT_COOPERATION for kind, _b in taken):
        yield from _between_ports(sentence)


def _tie(
    sentence: _Sentence, a: Suggestion, b: Suggestion, kind: str, match: re.Match[str]
) -> Iterator[ProposedTie]:
    ports = (a.place_type == _PORT) + (b.place_type == _PORT)
    if kind == _SISTER_CITY and ports == 2:
        kind = _PORT_COOPERATION
    mixed = ports == 1 and kind in (_SISTER_CITY, _PORT_COOPERATION)
    # “Boston was no newcomer: it has had Hangzhou as a sister city” denies nothing.
    if mixed or phrases.DENIED.search(re.split("[:;：；]", match[0])[-1]):
        return
    around = sentence.text[max(0, match.start() - _VERB_BEFORE) : match.end()]
    status = "unknown"
    if phrases.ENDED.search(match[0]):
        status = "ended"
    elif phrases.PLANNED.search(around):
        status = "planned"
    yield ProposedTie(a.key, b.key, kind, status, _since(sentence), sentence.spot)


def _between_ports(sentence: _Sentence) -> Iterator[ProposedTie]:
    """Two ports that agree on something cooperate, whatever the words for it."""
    ports = [named for named in sentence.named.values() if named.place_type == _PORT]
    match = phrases.COOPERATING.search(sentence.text)
    if match:
        for a, b in combinations(ports, 2):
            yield from _tie(sentence, a, b, _PORT_COOPERATION, match)


def _since(sentence: _Sentence) -> str:
    years = {one or other for one, other in phrases.SINCE.findall(sentence.text)}
    return years.pop() if len(years) == 1 else ""


def _visits(sentence: _Sentence) -> Iterator[ProposedTie]:
    goals: set[str] = set()
    for pattern in phrases.VISITS:
        for match in pattern.finditer(sentence.text):
            before = sentence.text[: match.start()]
            if phrases.AWAY.search(sentence.text[: match.start("b")]):
                continue
            if phrases.DENIED.search(before[-_VISITORS_BEFORE:]):
                continue
            home = _home(sentence, before, goals)
            planned = phrases.PLANNED.search(before[-_VERB_BEFORE:])
            for place in _ONE_PLACE.findall(match["b"]):
                goal = sentence.named[place].key
                goals.add(goal)
                if home and home != goal:
                    status = "planned" if planned else "unknown"
                    yield ProposedTie(home, goal, "visit", status, "", sentence.spot)


def _home(sentence: _Sentence, before: str, goals: set[str]) -> str:
    """Where the visitors come from: the person's place, or the last place before the verb.

    Not a place that the sentence has already let them go to.
    """
    people = [one for one in re.findall(H, before) if sentence.named[one].home]
    places = [one for one in _ONE_PLACE.findall(before) if sentence.named[one].key not in goals]
    if people and (not places or before.rindex(people[-1]) > before.rindex(places[-1])):
        return sentence.named[people[-1]].home
    return sentence.named[places[-1]].key if places else ""
