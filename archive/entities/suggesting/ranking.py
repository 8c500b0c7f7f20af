"""How much a story is about what it names: headline, place, number of mentions, rarity."""

from __future__ import annotations

import math
from collections.abc import Sequence

from archive.entities.suggesting.base import ABOUT, MENTIONED
from archive.entities.suggesting.mentions import Mention

_HEADLINE = 4.0
_OPENING = 1.5
_AGAIN = 1.2
# What most stories of an archive name says less of this one.
_BY_KIND = {"topic": 0.6, "event": 0.8}
_REGION = 0.6
_LEAST_ABOUT = 4.0
_OPENING_PASSAGES = 3


def score(mentions: Sequence[Mention], kind: str, *, is_region: bool) -> float:
    """The higher, the more; about 1 for a single mention far down."""
    passages = {one.passage for one in mentions}
    points = 1.0 + _AGAIN * math.log2(len(mentions))
    if 0 in passages:
        points += _HEADLINE
    elif min(passages) < _OPENING_PASSAGES:
        points += _OPENING
    weight = _REGION if is_region else _BY_KIND.get(kind, 1.0)
    return round(points * weight, 3)


def role(points: float) -> str:
    """Whether the story is about it, or only mentions it."""
    return ABOUT if points >= _LEAST_ABOUT else MENTIONED
