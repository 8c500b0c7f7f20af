"""Ties that a story's sentences speak of, for an editor to accept. Values only, no models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from archive.entities.suggesting.base import Passage, Spot, Suggestions


@dataclass(frozen=True, slots=True)
class ProposedTie:
    """A tie between two places (their keys, in order); `spot` is the sentence that says so.

    `kind` and `status` are values of Tie.Kind and Tie.Status, `since` a partial date or "".
    """

    place_a: str
    place_b: str
    kind: str
    status: str
    since: str
    spot: Spot


_SISTERS = re.compile(r"(?i)\bsister[- ]cit|\btwin(?:ned|ning)?\b|友好城市|姐妹城|友城")


def propose_ties(passages: Sequence[Passage], suggestions: Suggestions) -> tuple[ProposedTie, ...]:
    """What the sentences say of two places that stand in them, each pair and kind once."""
    found: dict[tuple[str, str, str], ProposedTie] = {}
    for tie in _proposed(passages, suggestions):
        found.setdefault((tie.place_a, tie.place_b, tie.kind), tie)
    return tuple(found.values())


def _proposed(passages: Sequence[Passage], suggestions: Suggestions) -> Iterator[ProposedTie]:
    places = [one for one in suggestions.entities if one.kind == "place"]
    sentences: dict[tuple[str, str], dict[str, Spot]] = {}
    for place in places:
        for spot in place.spots:
            sentences.setdefault((spot.passage, spot.sentence), {}).setdefault(place.key, spot)
    for (key, sentence), named in sentences.items():
        if _SISTERS.search(sentence):
            text = next(passage.text for passage in passages if passage.key == key)
            start = text.index(sentence)
            spot = Spot(key, start, start + len(sentence), sentence, sentence)
            for pair in combinations(sorted(named), 2):
                yield ProposedTie(*pair, "sister_city", "unknown", "", spot)
