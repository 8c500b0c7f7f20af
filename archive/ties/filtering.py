"""What a reader narrows the ties to: a kind, a country, a year. All of it is in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.http import urlencode

from archive.entities.countries import country_name
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

FIRST_YEAR, LAST_YEAR = 1000, 2999


@dataclass(frozen=True)
class TieFilter:
    """Empty parts narrow nothing; `year` is 0 for any."""

    kind: str = ""
    country: str = ""
    year: int = 0

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> TieFilter:
        """From an address; what makes no sense there is as if it weren't there."""
        kind = parameters.get("kind", "")
        country = parameters.get("country", "")
        year = parameters.get("year", "")
        is_number = len(year) == 4 and year.isascii() and year.isdigit()
        is_year = is_number and FIRST_YEAR <= int(year) <= LAST_YEAR
        return cls(
            kind=kind if kind in Tie.Kind.values else "",
            country=country if _is_country(country) else "",
            year=int(year) if is_year else 0,
        )

    def __bool__(self) -> bool:
        return bool(self.kind or self.country or self.year)

    def narrow(self, ties: TieQuerySet) -> TieQuerySet:
        """The ties of that kind, with an end in that country, known to have begun by that year.

        A tie that had ended before the year is left out. One whose beginning nobody knows can't
        be placed in time: with a year, it is left out as well.
        """
        if self.kind:
            ties = ties.filter(kind=self.kind)
        if self.country:
            ends = Q(place_a__country=self.country) | Q(place_b__country=self.country)
            ties = ties.filter(ends)
        if self.year:
            # Partial dates begin with their year, so they compare as texts.
            begun = Q(since__gt="", since__lt=str(self.year + 1))
            ties = ties.filter(begun, Q(until="") | Q(until__gte=str(self.year)))
        return ties

    def query(self, **more: str) -> str:
        """ "?kind=visit&year=2015" with the parts that narrow and whatever else is asked; or ""."""
        values = {"kind": self.kind, "country": self.country, "year": self.year or "", **more}
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isupper() and country_name(code) != code
