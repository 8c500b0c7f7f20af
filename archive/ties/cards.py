"""The card of a name: what a reader may want to know of it without leaving the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from archive.entities.bilingual import Text, text_in
from archive.entities.models import Entity
from archive.text.language import other
from archive.ties.names import office_name, pinyin_of
from archive.ties.querysets import readable_stories


@dataclass(frozen=True)
class Card:
    """One name on one day, for a reader of one language.

    `office` is the one held on `day`, "" where the archive can't vouch for any; it is never
    today's. `region` and `country` are a place's.
    """

    entity: Entity
    names: list[Text]
    pinyin: str
    office: SafeString | str
    day: date | None
    region: Text
    country: str
    story_count: int


def card_of(entity: Entity, language: str, day: date | None) -> Card:
    """Four queries at most beside the entity's own: offices, their places, what readers may
    see, and the number of stories. Only a person has offices."""
    codes = (language, other(language))
    names = [Text(entity.name_in(code), code) for code in codes if entity.name_in(code)]
    stories = readable_stories().tagged_with(entity)
    return Card(
        entity=entity,
        names=names,
        pinyin=pinyin_of(entity),
        office=_office(entity, language, day),
        day=day,
        region=text_in(entity, "region", language) if entity.is_place else Text("", language),
        country=entity.country_name if entity.is_place else "",
        story_count=stories.count(),
    )


def _office(entity: Entity, language: str, day: date | None) -> SafeString | str:
    if day is None or entity.kind != Entity.Kind.PERSON:
        return ""
    held = entity.office_on(day)
    return office_name(held, language) if held else ""
