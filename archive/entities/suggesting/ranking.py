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
_BY_KIND = {"topic": 0.7, "event": 0.8, "organisation": 0.85}
_REGION = 0.6
# A name of no other story comes before one of many; it doesn't change what a story is about.
_RARE = 0.1
_LEAST_ABOUT = 3.7
_OPENING_SHARE = 1 / 3
_OPENING_PASSAGES = 3


def score(
    mentions: Sequence[Mention], kind: str, length: int, *, is_region: bool = False, uses: int = 0
) -> float:
    """The higher, the more; about 1 for a single mention far down in `length` passages.

    `uses` is how many stories are tagged with the entity: the rare one says more.
    """
    passages = {one.passage for one in mentions}
    points = 1.0 + _AGAIN * math.log2(len(mentions))
    if 0 in passages:
        points += _HEADLINE
    elif min(passages) < max(_OPENING_PASSAGES, length * _OPENING_SHARE):
        points += _OPENING
    weight = _REGION if is_region else _BY_KIND.get(kind, 1.0)
    return round(points * weight * (1 + _RARE / (1 + uses)), 3)


def role(points: float) -> str:
    """Whether the story is about it, or only mentions it."""
    return ABOUT if points >= _LEAST_ABOUT else MENTIONED
