"""What an entity's page says to machines: schema.org as JSON-LD, names in both languages."""

from __future__ import annotations

from typing import Any

from archive.entities.models import Entity, Office
from archive.text.language import HTML_CODES, LANGUAGES, column

Json = dict[str, Any]

TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    "event": "Event",
    "topic": "DefinedTerm",
}
PLACE_TYPES = {"city": "City", "state": "State", "province": "AdministrativeArea"}


def entity_json(entity: Entity, url: str) -> Json:
    """The entity as schema.org; `url` is the canonical address of its page in one language.

    The names, and a person's offices, should be prefetched. Identifiers are the ones the entry has.
    """
    data: Json = {
        "@context": "https://schema.org",
        "@type": schema_type(entity),
        "@id": f"{url}#it",
        "url": url,
        "identifier": entity.key,
        "name": _in_both(entity, "name"),
        "alternateName": [
            _worded(name.text, name.language) for name in entity.names.all() if not name.forbidden
        ],
        "description": _in_both(entity, "description"),
        "sameAs": same_as(entity),
    }
    if entity.is_place:
        data |= _place(entity)
    if entity.kind == Entity.Kind.PERSON:
        data["hasOccupation"] = [_role(office) for office in entity.offices.all()]
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _worded(text: str, language: str) -> Json:
    return {"@value": text, "@language": HTML_CODES[language]}


def _in_both(instance: Any, field: str) -> list[Json]:
    texts = ((getattr(instance, column(field, lang)), lang) for lang in LANGUAGES)
    return [_worded(text, language) for text, language in texts if text]


def schema_type(entity: Entity) -> str:
    """schema.org's class of the entity: "City", "Person"."""
    return PLACE_TYPES.get(entity.place_type or "", TYPES[entity.kind])


def same_as(entity: Entity) -> list[str]:
    """The entity's addresses at Wikidata and GeoNames, as far as the entry has their ids."""
    found = []
    if entity.wikidata_id:
        found.append(f"http://www.wikidata.org/entity/{entity.wikidata_id}")
    if entity.geonames_id:
        found.append(f"https://sws.geonames.org/{entity.geonames_id}/")
    return found


def _place(entity: Entity) -> Json:
    address = {
        "@type": "PostalAddress",
        "addressCountry": entity.country,
        "addressRegion": _in_both(entity, "region"),
    }
    data: Json = {}
    if entity.country:
        data["address"] = {name: value for name, value in address.items() if value}
    if entity.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": entity.latitude,
            "longitude": entity.longitude,
        }
    return data


def _role(office: Office) -> Json:
    """A role in time: that it was held on one day (`as_of`) says nothing of when it ended."""
    role: Json = {
        "@type": "Role",
        "roleName": _in_both(office, "title"),
        "startDate": office.since,
        "endDate": office.until,
    }
    if office.as_of and not office.until:
        role["description"] = [{"@value": f"As of {office.as_of}", "@language": "en"}]
    if office.place:
        role["hasOccupation"] = {
            "@type": "Occupation",
            "name": _in_both(office, "title"),
            "occupationLocation": {"@type": "Place", "name": _in_both(office.place, "name")},
        }
    return {name: value for name, value in role.items() if value}
