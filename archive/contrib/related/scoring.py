"""How much two stories have to do with each other: figures only, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any

# Counting stops here: what this many stories share hardly tells them apart, and counting on
# would cost more the larger the archive is.
MOST_COUNTED = 1000
# Both are about it; one is about it and the other mentions it; both mention it.
ROLES = (0.2, 0.45, 1.0)
# Half of what nearness adds is gone after two years; the rest stands for ever.
HALF_LIFE_DAYS = 730
FAR = 0.45
MOST_REASONS = 3
# Two stories that share no more than China and the United States have nothing in common.
LEAST = 0.6

PAIR = "-"


@dataclass(frozen=True)
class Profile:
    """A story: its day, its terms with whether it is about each, the number of its tags."""

    pk: int
    day: date
    terms: Mapping[str, bool]
    size: int


@dataclass(frozen=True)
class Reasons:
    """Why, as ids of entities: the weightiest first, three of each kind at most.

    `pairs` are the two places of a tie that both stories are about, `about` what else both are
    about; `named_pairs` and `mentioned` what both name, one of them or both in passing.
    """

    pairs: list[tuple[int, int]]
    about: list[int]
    named_pairs: list[tuple[int, int]]
    mentioned: list[int]

    def as_json(self) -> dict[str, Any]:
        """As it comes back from the database: without what is empty, and without tuples."""
        lists: dict[str, list[Any]] = {
            "pairs": [list(pair) for pair in self.pairs],
            "about": self.about,
            "named_pairs": [list(pair) for pair in self.named_pairs],
            "mentioned": self.mentioned,
        }
        return {name: value for name, value in lists.items() if value}


@dataclass(frozen=True)
class Match:
    """Another story, as far as it has to do with one. The score is the same both ways."""

    pk: int
    score: float
    reasons: Reasons


def pair_term(one: int, two: int) -> str:
    return f"{min(one, two)}{PAIR}{max(one, two)}"


def rarity(stories: int, total: int) -> float:
    """What sharing a term of so many stories weighs: 0.7 at the least, 6.9 for a rare one.

    Both numbers are counted up to MOST_COUNTED only, so a large archive weighs as one of that size.
    """
    total = max(min(total, MOST_COUNTED), 1)
    return log(1 + total / min(max(stories, 1), total))


def role(is_about: bool, other_is_about: bool) -> float:
    return ROLES[is_about + other_is_about]


def nearness(days: int) -> float:
    """1 for the same day; 0.72 two years apart; never under 0.45."""
    return FAR + (1 - FAR) * 0.5 ** (abs(days) / HALF_LIFE_DAYS)


def match(mine: Profile, theirs: Profile, rarities: Mapping[str, float]) -> Match | None:
    """None where what they share is too little to name; `rarities` knows all of mine."""
    weights = {
        term: rarities[term] * role(is_about, theirs.terms[term])
        for term, is_about in mine.terms.items()
        if term in theirs.terms and term in rarities
    }
    shared = sorted(weights, key=lambda term: (-weights[term], term))
    dwelt_on = [term for term in shared if mine.terms[term] and theirs.terms[term]]
    passing = [term for term in shared if term not in dwelt_on]
    reasons = Reasons(*_told(dwelt_on), *_told(passing))
    weight = sum(weights.values())
    has_more = reasons.pairs or reasons.about or reasons.named_pairs
    # One name in passing is a coincidence.
    if weight < LEAST or not (has_more or len(reasons.mentioned) > 1):
        return None
    # A round-up that names every city is close to none.
    spread = float(max(mine.size, 1) * max(theirs.size, 1)) ** 0.25
    near = nearness((theirs.day - mine.day).days)
    return Match(theirs.pk, round(weight * near / spread, 6), reasons)


def best(mine: Profile, others: Iterable[Profile], rarities: Mapping[str, float]) -> list[Match]:
    """Every match, the best first; of equals the newer story."""
    days = {other.pk: other.day for other in others}
    found = filter(None, (match(mine, other, rarities) for other in others))
    return sorted(found, key=lambda one: (one.score, days[one.pk], one.pk), reverse=True)


def _told(terms: list[str]) -> tuple[list[tuple[int, int]], list[int]]:
    """Pairs, and the names that aren't in one of them."""
    parts = [term.split(PAIR) for term in terms if PAIR in term][:MOST_REASONS]
    pairs = [(int(one), int(two)) for one, two in parts]
    told = {place for pair in pairs for place in pair}
    names = [int(term) for term in terms if PAIR not in term]
    return pairs, [name for name in names if name not in told][:MOST_REASONS]
