"""Counts of ties by kind, country and time, all from one query at any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count
from django.db.models.functions import Left

from archive.entities.countries import country_name
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

Key = TypeVar("Key")


@dataclass(frozen=True)
class Group:
    """Ties that are alike: kind, both ends' countries, the year they began in (0: not known)."""

    kind: str
    countries: tuple[str, str]
    year: int
    number: int


@dataclass(frozen=True)
class Tally:
    """What all charts and filters of the ties are made of."""

    groups: tuple[Group, ...]

    @property
    def total(self) -> int:
        return sum(group.number for group in self.groups)

    def by_kind(self) -> list[tuple[str, str, int]]:
        """Value, label and number of each kind that has any, in the kinds' own order."""
        counts = self._count(lambda group: [group.kind])
        return [
            (kind.value, str(kind.label), counts[kind.value])
            for kind in Tie.Kind
            if counts[kind.value]
        ]

    def by_country(self) -> list[tuple[str, str, int]]:
        """Code, name and number, the most first; a tie within a country counts there once."""
        counts = self._count(lambda group: set(group.countries) - {""})
        named = [(code, country_name(code), number) for code, number in counts.items()]
        return sorted(named, key=lambda one: (-one[2], one[0]))

    def by_decade(self) -> list[tuple[int, int]]:
        """First year and number of each decade, from the first to the last, gaps as zeros."""
        counts = self._count(lambda group: [group.year // 10 * 10])
        known = [decade for decade in counts if decade]
        if not known:
            return []
        return [(decade, counts[decade]) for decade in range(min(known), max(known) + 1, 10)]

    @property
    def undated(self) -> int:
        return sum(group.number for group in self.groups if not group.year)

    def years(self) -> list[int]:
        """The years in which ties began, the latest first."""
        return sorted({group.year for group in self.groups if group.year}, reverse=True)

    def _count(self, keys: Callable[[Group], Iterable[Key]]) -> Counter[Key]:
        counts: Counter[Key] = Counter()
        for group in self.groups:
            for key in keys(group):
                counts[key] += group.number
        return counts


def tally(ties: TieQuerySet) -> Tally:
    rows = (
        ties.order_by()
        .annotate(year=Left("since", 4))
        .values_list("kind", "place_a__country", "place_b__country", "year")
        .annotate(number=Count("pk"))
    )
    return Tally(tuple(Group(kind, (a, b), int(y or 0), n) for kind, a, b, y, n in rows))


def busiest_places(ties: TieQuerySet, limit: int, country: str = "") -> list[tuple[Entity, int]]:
    """The places with the most ties among these, the most first: three queries."""
    counts: Counter[int] = Counter()
    for end in ("place_a", "place_b"):
        ends = ties.filter(**{f"{end}__country": country}) if country else ties
        counts.update(dict(ends.order_by().values_list(canonical_id(end)).annotate(Count("pk"))))
    return _named(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:limit])


def _named(ranked: Iterable[tuple[int, int]]) -> list[tuple[Entity, int]]:
    ranked = list(ranked)
    places = Entity.objects.in_bulk([pk for pk, _number in ranked])
    return [(places[pk], number) for pk, number in ranked]
