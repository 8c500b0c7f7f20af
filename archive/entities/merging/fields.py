"""What entries that are merged say differently, and which of it is to be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from archive.entities.models import Entity
from archive.text.language import CHINESE, HAS_CHINESE, LABELS, LANGUAGES, column

# Columns that are only true together.
_PLACE = ("latitude", "longitude", "coordinates_source")
_SINGLE = (
    "place_type",
    *(column("description", language) for language in LANGUAGES),
    *(column("region", language) for language in LANGUAGES),
    "country",
    "geonames_id",
    "wikidata_id",
    "source_url",
)
# `verified` stays the kept entry's: it vouches for its names, not for others'.
GROUPS: Mapping[str, tuple[str, ...]] = {
    **{
        column("name", language): (
            column("name", language),
            *(["pinyin"] if language == CHINESE else []),
        )
        for language in reversed(LANGUAGES)
    },
    **{name: (name,) for name in _SINGLE},
    "coordinates": _PLACE,
}


@dataclass(frozen=True)
class Option:
    """What one entry says; `text` is "" where it says nothing."""

    entity_id: int
    text: str


@dataclass(frozen=True)
class FieldQuestion:
    """A field that the entries fill differently."""

    name: str
    label: str | Promise
    language: str
    options: tuple[Option, ...]


def questions(entities: Sequence[Entity]) -> list[FieldQuestion]:
    """The fields that at least two entries fill, and differently."""
    found = []
    for name, columns in GROUPS.items():
        options = tuple(Option(entity.pk, _text(entity, name, columns)) for entity in entities)
        if len({option.text for option in options if option.text}) > 1:
            language = next((LABELS[lg] for lg in LANGUAGES if name.endswith(column("", lg))), "")
            found.append(FieldQuestion(name, _label(name), language, options))
    return found


def left_behind(
    entities: Sequence[Entity], chosen: Mapping[str, int]
) -> list[tuple[FieldQuestion, str]]:
    """What the entry that is kept, the first, doesn't say of what others do. Names aren't left
    behind: they become its other names."""
    names = {column("name", language) for language in LANGUAGES}
    found = []
    for question in questions(entities):
        columns = GROUPS[question.name]
        kept = _text(_source(entities, columns, chosen.get(question.name)), question.name, columns)
        texts = dict.fromkeys(option.text for option in question.options)
        if question.name not in names:
            found += [(question, text) for text in texts if text and text != kept]
    return found


def merged_values(entities: Sequence[Entity], chosen: Mapping[str, int]) -> dict[str, Any]:
    """The columns of the kept entry, the first; where nobody chose, of the first that says it."""
    values: dict[str, Any] = {}
    for name, columns in GROUPS.items():
        source = _source(entities, columns, chosen.get(name))
        values.update({column_: getattr(source, column_) for column_ in columns})
    if HAS_CHINESE and not values["pinyin"]:
        name = values[column("name", CHINESE)]
        same = (one.pinyin for one in entities if one.name_in(CHINESE) == (name or ""))
        values["pinyin"] = next(filter(None, same), "")
    return values


def _source(entities: Sequence[Entity], columns: tuple[str, ...], pk: int | None) -> Entity:
    for entity in entities:
        if entity.pk == pk:
            return entity
    # 0 degrees is a place.
    return next(
        (one for one in entities if getattr(one, columns[0]) not in (None, "")), entities[0]
    )


def _text(entity: Entity, name: str, columns: tuple[str, ...]) -> str:
    if name == "coordinates":
        return "" if entity.latitude is None else f"{entity.latitude}, {entity.longitude}"
    if name == "place_type":
        return str(entity.get_place_type_display())
    if name == "country":
        return entity.country_name
    return str(getattr(entity, columns[0]) or "")


def _label(name: str) -> str | Promise:
    if name == "coordinates":
        return pgettext_lazy("names", "Coordinates")
    field: Any = Entity._meta.get_field(name)
    return capfirst(getattr(field, "translated_field", field).verbose_name)
