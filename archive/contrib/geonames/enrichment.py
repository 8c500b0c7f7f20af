"""Fills what is empty in places from GeoNames' dumps; asks where a name means several places.

Formats: geonames.org/export, `allCountries.txt` or `cities500.txt` (19 columns, tab-separated) and
`alternateNamesV2.txt` (8 columns or more), read line by line. Memory grows with the entries, not
with the file. GeoNames' data are under CC BY 4.0: entries keep that their coordinates come from
there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from archive.entities.merging.duplicates import squeezed
from archive.entities.models import Entity
from archive.text.language import BY_SHORT_CODE, CHINESE, HAS_CHINESE, HTML_CODES, LANGUAGES, column
from archive.text.normalisation import to_simplified

_COLUMNS = 19
_ALTERNATE_COLUMNS = 4
# Feature classes and codes that fit a type of place; "" fits any code of the class.
_FITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "city": (("P", ""),),
    "port": (("L", "PRT"), ("H", "HBR"), ("S", "PRT"), ("H", "PRT")),
    "province": (("A", "ADM1"),),
    "state": (("A", "ADM1"),),
}
# Districts of a city, and places that are no more, have names of larger ones.
_OTHER_CODES = {"PPLX", "PPLH", "PPLQ", "PPLW", "ADM1H"}
_LANGUAGES = {
    **{code: language for language, code in HTML_CODES.items()},
    **BY_SHORT_CODE,
    **({"zh-CN": CHINESE} if HAS_CHINESE else {}),
}


@dataclass(frozen=True, slots=True)
class GeoPlace:
    """A line of the dump: degrees in WGS 84, country in ISO 3166-1."""

    geonames_id: int
    name: str
    latitude: float
    longitude: float
    feature: tuple[str, str]
    country: str
    admin1: str
    population: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry to find: by its id, or else by its names, country and type of place."""

    entity_id: int
    geonames_id: int | None
    names: tuple[str, ...]
    country: str
    place_type: str


@dataclass
class Scan:
    """By entry, the places that it may mean; `bad_lines` are the first lines that can't be read."""

    found: dict[int, list[GeoPlace]] = field(default_factory=lambda: defaultdict(list))
    lines: int = 0
    bad_lines: list[int] = field(default_factory=list)


def find_places(lines: Iterable[str], wanted: Iterable[Wanted]) -> Scan:
    """One pass over the dump. An entry with an id gets that place only; a place whose other names
    fit counts only where none is called so itself."""
    index = _Index(wanted)
    scan = Scan()
    by_other_names: defaultdict[int, list[GeoPlace]] = defaultdict(list)
    for number, line in enumerate(lines, start=1):
        scan.lines = number
        cells = line.rstrip("\r\n").split("\t")
        try:
            named, also = index.look_up(cells)
            if not (named or also):
                continue
            place = GeoPlace(
                geonames_id=int(cells[0]),
                name=cells[1],
                latitude=float(cells[4]),
                longitude=float(cells[5]),
                feature=(cells[6], cells[7]),
                country=cells[8],
                admin1=cells[10],
                population=int(cells[14] or 0),
            )
        except ValueError:
            if len(scan.bad_lines) < 20:
                scan.bad_lines.append(number)
            continue
        for entity_id in named:
            scan.found[entity_id].append(place)
        for entity_id in also - named:
            by_other_names[entity_id].append(place)
    for entity_id, places in by_other_names.items():
        scan.found.setdefault(entity_id, places)
    return scan


class _Index:
    """The entries by id and by name; says of most lines at once that nobody wants them."""

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        self.by_id: defaultdict[str, set[int]] = defaultdict(set)
        self.by_name: defaultdict[str, list[Wanted]] = defaultdict(list)
        self.kinds: set[tuple[str, str]] = set()
        for entry in wanted:
            if entry.geonames_id:
                self.by_id[str(entry.geonames_id)].add(entry.entity_id)
                continue
            for feature_class, _code in _FITS.get(entry.place_type, ()):
                self.kinds.add((entry.country, feature_class))
            for name in {squeezed(text) for text in entry.names if text}:
                self.by_name[name].append(entry)

    def look_up(self, cells: list[str]) -> tuple[set[int], set[int]]:
        """The entries that are called as the place is, and those that its other names fit. Raises
        ValueError for a line that isn't one of the dump."""
        if len(cells) != _COLUMNS:
            raise ValueError
        named = set(self.by_id.get(cells[0], ()))
        if not cells[8] or (cells[8], cells[6]) not in self.kinds:
            return named, set()
        named |= self._called((cells[1], cells[2]), cells)
        return named, self._called(cells[3].split(","), cells)

    def _called(self, texts: Iterable[str], cells: list[str]) -> set[int]:
        feature_class, code, country = cells[6:9]
        return {
            entry.entity_id
            for text in texts
            for entry in self.by_name.get(squeezed(text), ())
            if entry.country == country
            and code not in _OTHER_CODES
            and {(feature_class, ""), (feature_class, code)} & {*_FITS.get(entry.place_type, ())}
        }


@dataclass
class EnrichReport:
    """What was filled, by entry and column; what is asked, with the places to choose from."""

    lines: int = 0
    filled: dict[str, dict[str, Any]] = field(default_factory=dict)
    questions: dict[str, list[GeoPlace]] = field(default_factory=dict)
    not_found: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    bad_lines: list[int] = field(default_factory=list)


def enrich(
    lines: Iterable[str], alternate_lines: Iterable[str] = (), *, dry_run: bool = False
) -> EnrichReport:
    """Places that lack coordinates, an id, or a name in one of the languages: by their GeoNames id,
    else by name, country and type. Only empty fields change. An id that another entry has already
    is refused; two places of one name are a question."""
    places = {}
    wanted = []
    for place in Entity.objects.places().prefetch_related("names").order_by("pk"):
        names = [place.name_in(language) for language in LANGUAGES]
        if place.latitude is None or not place.geonames_id or not all(names):
            names += [name.text for name in place.names.all() if not name.forbidden]
            places[place.pk] = place
            where = (place.country, place.place_type)
            wanted.append(Wanted(place.pk, place.geonames_id, tuple(filter(None, names)), *where))
    scan = find_places(lines, wanted)
    report = EnrichReport(lines=scan.lines, bad_lines=scan.bad_lines)
    certain: dict[int, GeoPlace] = {}
    for pk, place in places.items():
        found = {one.geonames_id: one for one in scan.found.get(pk, ())}
        if len(found) == 1:
            certain[pk] = next(iter(found.values()))
        elif found:
            report.questions[place.key] = sorted(found.values(), key=lambda one: -one.population)
        else:
            report.not_found.append(place.key)
    names_of = _names(alternate_lines, {one.geonames_id for one in certain.values()})
    with transaction.atomic():
        for pk, found_place in certain.items():
            _fill(places[pk], found_place, names_of[found_place.geonames_id], report)
        transaction.set_rollback(dry_run)
    return report


def _fill(place: Entity, found: GeoPlace, names: Mapping[str, str], report: EnrichReport) -> None:
    offered: dict[str, Any] = {"geonames_id": found.geonames_id, "country": found.country}
    if place.latitude is None and place.longitude is None:
        offered |= {
            "latitude": found.latitude,
            "longitude": found.longitude,
            "coordinates_source": Entity.CoordinatesSource.GEONAMES.value,
        }
    offered |= {column("name", language): text for language, text in names.items()}
    changes = {
        name: value
        for name, value in offered.items()
        if getattr(place, name) in (None, "") or name == "coordinates_source"
    }
    if not changes:
        return
    holder = Entity.objects.filter(geonames_id=found.geonames_id).exclude(pk=place.pk).first()
    if holder and "geonames_id" in changes:
        report.refused[place.key] = f"{found.geonames_id}: {holder.key}"
        return
    for name, value in changes.items():
        setattr(place, name, value)
    try:
        place.full_clean(exclude=["name", "description"])
    except ValidationError as error:
        report.refused[place.key] = " ".join(error.messages)
        return
    place.save()
    log(place, "wagtail.edit", data={"source": "GeoNames"})
    report.filled[place.key] = changes


def _names(lines: Iterable[str], ids: set[int]) -> dict[int, dict[str, str]]:
    """By place and language the preferred name, or else the first one; in simplified characters,
    and no historic or colloquial ones."""
    wanted = {str(one) for one in ids}
    first: defaultdict[int, dict[str, str]] = defaultdict(dict)
    preferred: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for line in lines:
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) < _ALTERNATE_COLUMNS or cells[1] not in wanted or cells[2] not in _LANGUAGES:
            continue
        is_preferred, _is_short, *is_odd = (flag == "1" for flag in (cells[4:8] + [""] * 4)[:4])
        if any(is_odd):
            continue
        language = _LANGUAGES[cells[2]]
        text = to_simplified(cells[3]) if language == CHINESE else cells[3]
        names = preferred if is_preferred else first
        names[int(cells[1])].setdefault(language, text)
    return {pk: first[pk] | preferred[pk] for pk in ids}
