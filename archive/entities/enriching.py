"""Fills what is empty in places from GeoNames' dumps; asks where a name means several places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from opencc import OpenCC
from wagtail.log_actions import log

from archive.entities.geonames import (
    AlternateName,
    GeoPlace,
    Wanted,
    alternate_names,
    find_places,
)
from archive.entities.models import Entity
from archive.text.language import CHINESE, LANGUAGES, column

Names = Mapping[int, Mapping[str, str]]


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
    """Places by their GeoNames id, else by name, country and type; only empty fields change.

    An id that another entry has already is refused; two places of one name are a question.
    """
    places = {place.pk: place for place in _lacking()}
    scan = find_places(lines, map(_wanted, places.values()))
    report = EnrichReport(lines=scan.lines, bad_lines=scan.bad_lines)
    certain: dict[int, GeoPlace] = {}
    for pk, place in places.items():
        found = {one.geonames_id: one for one in scan.found.get(pk, ())}
        if len(found) == 1:
            certain[pk] = next(iter(found.values()))
        elif found:
            by_size = sorted(found.values(), key=lambda one: -one.population)
            report.questions[place.key] = by_size
        else:
            report.not_found.append(place.key)
    names = _names(alternate_lines, {one.geonames_id for one in certain.values()})
    with transaction.atomic():
        for pk, found_place in certain.items():
            _fill(places[pk], found_place, names.get(found_place.geonames_id, {}), report)
        transaction.set_rollback(dry_run)
    return report


def _lacking() -> Iterator[Entity]:
    """Places that lack coordinates, an id, or a name in one of the languages."""
    for place in Entity.objects.places().prefetch_related("names").order_by("pk"):
        names = (place.name_in(language) for language in LANGUAGES)
        if place.latitude is None or not place.geonames_id or not all(names):
            yield place


def _wanted(place: Entity) -> Wanted:
    names = [place.name_in(language) for language in LANGUAGES]
    names += [name.text for name in place.names.all() if not name.forbidden]
    return Wanted(
        place.pk, place.geonames_id, tuple(filter(None, names)), place.country, place.place_type
    )


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


def _names(lines: Iterable[str], ids: set[int]) -> Names:
    """By place and language the preferred name, or else the first one."""
    best: dict[int, dict[str, AlternateName]] = {}
    for name in alternate_names(lines, ids):
        of_place = best.setdefault(name.geonames_id, {})
        known = of_place.get(name.language)
        if known is None or (name.is_preferred and not known.is_preferred):
            of_place[name.language] = name
    return {
        pk: {language: _simplified(name.text, language) for language, name in of_place.items()}
        for pk, of_place in best.items()
    }


def _simplified(text: str, language: str) -> str:
    return str(_converter().convert(text)) if language == CHINESE else text


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
