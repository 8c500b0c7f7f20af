"""All ties in figures: what a reader narrows them to, and how many there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Q
from django.db.models.functions import Left
from django.utils.http import urlencode

from archive.entities.countries import country_name
from archive.entities.querysets import canonical_value
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

# What the list of ties is sorted and grouped by: the decade in which they began ("-since": the
# latest first), where the one place is, or the other, and what joins them.
SORTS = ("since", "-since", "place", "other", "kind")
_COUNTRIES = {end: canonical_value(end, "country") for end in ("place_a", "place_b")}

Key = TypeVar("Key")


@dataclass(frozen=True)
class TieFilter:
    """Empty parts narrow nothing; `begun` is a year or a decade ("1985", "1980s"), `year` is 0
    for any. `sort` only orders the list."""

    kind: str = ""
    country: str = ""
    begun: str = ""
    year: int = 0
    sort: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> TieFilter:
        """From an address; what makes no sense there is as if it weren't there."""
        kind, code, year = (parameters.get(name, "") for name in ("kind", "country", "year"))
        is_code = len(code) == 2 and code.isascii() and code.isupper()
        begun, sort = parameters.get("begun", ""), parameters.get("sort", "")
        is_year = re.fullmatch(r"[12]\d{3}", year, re.ASCII)
        return cls(
            kind=kind if kind in Tie.Kind.values else "",
            country=code if is_code and country_name(code) != code else "",
            begun=begun if re.fullmatch(r"[12]\d(\d0s|\d\d)", begun, re.ASCII) else "",
            year=int(year) if is_year else 0,
            sort=sort if sort in SORTS[1:] else "",
        )

    def __bool__(self) -> bool:
        return bool(self.kind or self.country or self.begun or self.year)

    @property
    def decade(self) -> int:
        """The first year of the decade that is asked for; 0 for none."""
        return int(self.begun[:4]) if self.begun.endswith("s") else 0

    def narrow(self, ties: TieQuerySet) -> TieQuerySet:
        """The ties of that kind, with an end in that country, known to have begun in that year or
        decade, or by that year.

        A tie that had ended before the year is left out. One whose beginning is unknown can't
        be placed in time: with a year, it is left out as well.
        """
        if self.kind:
            ties = ties.filter(kind=self.kind)
        if self.country:
            ties = ties.alias(one=_COUNTRIES["place_a"], two=_COUNTRIES["place_b"])
            ties = ties.filter(Q(one=self.country) | Q(two=self.country))
        if self.begun:
            ties = ties.filter(since__startswith=self.begun[:3] if self.decade else self.begun)
        if self.year:
            # Partial dates begin with their year, so they compare as texts.
            begun = Q(since__gt="", since__lt=str(self.year + 1))
            ties = ties.filter(begun, Q(until="") | Q(until__gte=str(self.year)))
        return ties

    def query(self, **more: str) -> str:
        """ "?kind=visit&year=2015" with the parts that narrow and whatever else is asked; or ""."""
        chosen = {"kind": self.kind, "country": self.country, "begun": self.begun}
        values = {**chosen, "year": self.year or "", "sort": self.sort, **more}
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True)
class TieGroup:
    """Ties that are alike: kind, both ends' countries, the year they began in (0: not known)."""

    kind: str
    countries: tuple[str, str]
    year: int
    number: int


@dataclass(frozen=True)
class Tally:
    """What all charts and filters of the ties are made of."""

    groups: tuple[TieGroup, ...]

    @property
    def total(self) -> int:
        return sum(group.number for group in self.groups)

    def by_kind(self) -> list[tuple[str, str, int]]:
        """Value, label and number of each kind that has any, in the kinds' own order."""
        counts = self._count(lambda group: [group.kind])
        return [(kind.value, str(kind.label), counts[kind]) for kind in Tie.Kind if counts[kind]]

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

    def _count(self, keys: Callable[[TieGroup], Iterable[Key]]) -> Counter[Key]:
        counts: Counter[Key] = Counter()
        for group in self.groups:
            for key in keys(group):
                counts[key] += group.number
        return counts


def tally(ties: TieQuerySet) -> Tally:
    rows = (
        ties.order_by()
        .annotate(year=Left("since", 4))
        .values_list("kind", *_COUNTRIES.values(), "year")
        .annotate(number=Count("pk"))
    )
    return Tally(tuple(TieGroup(kind, (a, b), int(y or 0), n) for kind, a, b, y, n in rows))
