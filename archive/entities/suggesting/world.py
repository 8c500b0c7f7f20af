"""Countries, US states and Chinese provinces: what a story says of where a place lies.

They are clues, not suggestions: the archive's own names are the only ones suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django_countries import countries

from archive.entities.countries import country_name
from archive.entities.glossary import Form, Glossary, Term
from archive.entities.suggesting.world_names import (
    ALSO_COUNTRIES,
    HOMONYMS,
    PROVINCES,
    STATES,
)
from archive.text.folding import fold
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, detect

# Regions whose name is as often something else: clues only beside a name.
_UNCLEAR = frozenset({"washington", "new york", "georgia"})


@dataclass(frozen=True, slots=True)
class Area:
    """A country by its ISO code, or a region in it ("OR"); "" where it isn't known."""

    country: str = ""
    region: str = ""

    def agrees(self, other: Area) -> bool | None:
        """Whether a place in the one can lie in the other; None if too little is known."""
        if not (self.country and other.country):
            return None
        if self.country != other.country:
            return False
        if not (self.region and other.region):
            return None if self.region or other.region else True
        return self.region == other.region


@dataclass(frozen=True, slots=True)
class Clue:
    """An area that stands at text[start:end]; `is_clear` if its name means nothing else."""

    start: int
    end: int
    text: str
    area: Area
    is_clear: bool = True


def clues(text: str, language: str) -> list[Clue]:
    """The areas that a text names, in order."""
    return list(_clues(text, language))


def _clues(text: str, language: str) -> Iterator[Clue]:
    for hit in _atlas().find(text, language):
        country, _dash, region = hit.terms[0].key.partition("-")
        written = text[hit.start : hit.end]
        clear = fold(written).text not in _UNCLEAR and len(hit.terms) == 1
        yield Clue(hit.start, hit.end, written, Area(country, region), clear)


@cache
def _atlas() -> Glossary:
    terms = [*_regions("US", STATES), *_regions("CN", PROVINCES), *_countries()]
    return Glossary(tuple(terms))


def _regions(country: str, table: str) -> Iterator[Term]:
    for number, (code, names) in enumerate(_rows(table)):
        forms = tuple(Form(name, detect(name)) for name in names)
        yield Term(number, f"{country}-{code}", "place", forms)


def _countries() -> Iterator[Term]:
    others = dict(_rows(ALSO_COUNTRIES))
    for code in dict(countries):
        names = [country_name(code, language) for language in LANGUAGES]
        # “Macedonia, the former …”: the first part is what papers print.
        names += [re.split(r"[,(（]", name)[0].strip() for name in names] + others.get(code, [])
        forms = tuple(Form(name, detect(name)) for name in dict.fromkeys(names) if name)
        yield Term(0, code, "place", forms)


@cache
def _codes() -> dict[str, Area]:
    return {
        fold(name).text: Area(country, code)
        for country, table in (("US", STATES), ("CN", PROVINCES))
        for code, names in _rows(table)
        for name in names
    }


def _rows(table: str) -> Iterator[tuple[str, list[str]]]:
    for line in table.strip().splitlines():
        code, _space, names = line.strip().partition(" ")
        yield code, names.split("; ")


def area_of(country: str, regions: dict[str, str]) -> Area:
    """Where an entity lies, by its country and the names of its region."""
    for language in LANGUAGES:
        found = _codes().get(fold(regions.get(language, "")).text)
        if found and found.country == country:
            return found
    return Area(country, regions.get(ENGLISH) or regions.get(CHINESE) or "")


@cache
def _homonyms() -> dict[str, tuple[Area, ...]]:
    rows = {}
    for line in HOMONYMS.strip().splitlines():
        name, _equals, places = line.strip().partition(" = ")
        areas = [place.partition("-") for place in places.split()]
        rows[fold(name).text] = tuple(Area(country, region) for country, _dash, region in areas)
    return rows


def homonyms(text: str) -> tuple[Area, ...]:
    """Where the well-known places of this name lie, whether the archive has them or not."""
    return _homonyms().get(fold(text).text, ())
