"""What readers get of an entity itself: its names, its offices, its place in the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count
from django.db.models.functions import Left
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.entities.bilingual import text_in
from archive.entities.models import Entity, EntityName, Office
from archive.entities.querysets import EntityQuerySet
from archive.entities.romanising import romanised
from archive.entities.sorting import initial
from archive.text.dates import display_partial
from archive.text.language import CHINESE, HTML_CODES, LABELS, LANGUAGES, column

# Where Chinese names are written as words, not sounded out syllable by syllable.
CHINESE_SPEAKING = frozenset({"CN", "HK", "MO", "TW"})
NO_LETTER = "#"


@dataclass(frozen=True)
class OfficeLine:
    office: SafeString
    since: str
    until: str
    as_of: str


@dataclass(frozen=True)
class NameGroup:
    """One language's names: the main one, how it is read, and the other forms."""

    language: str
    label: str
    name: str
    pinyin: str
    others: list[EntityName]


def name_groups(entity: Entity) -> list[NameGroup]:
    names = [name for name in entity.names.all() if not name.forbidden]
    return [
        NameGroup(
            language=language,
            label=LABELS[language],
            name=entity.name_in(language),
            pinyin=pinyin_of(entity) if language == CHINESE else "",
            others=[name for name in names if name.language == language],
        )
        for language in LANGUAGES
    ]


def pinyin_of(entity: Entity) -> str:
    """The Chinese name with tone marks; "" without one."""
    return romanised(
        entity.name_in(CHINESE),
        reading=entity.pinyin,
        kind=entity.kind,
        is_domestic=entity.country in CHINESE_SPEAKING,
    )


def office_name(office: Office, language: str) -> SafeString:
    """“Mayor of Zhanjiang”; in the other language, and marked so, where only that has it."""
    spoken = text_in(office, "title", language).language
    with translation.override(spoken):
        words = str(office)
    if spoken == language:
        return format_html("{}", words)
    return format_html('<span lang="{}">{}</span>', HTML_CODES[spoken], words)


def office_lines(entity: Entity, language: str) -> list[OfficeLine]:
    """The latest begun first."""
    offices: Iterable[Office] = entity.offices.all()
    return [
        OfficeLine(
            office=office_name(office, language),
            since=display_partial(office.since, language),
            until=display_partial(office.until, language),
            as_of=display_partial(office.as_of, language),
        )
        for office in sorted(offices, key=lambda office: office.period.start, reverse=True)
    ]


def sort_key(entity: Entity, language: str) -> str:
    return getattr(entity, column("sort_key", language)) or ""


def kind_counts() -> list[tuple[str, str, int]]:
    """Value, label and number of entries of each kind that has any."""
    found = dict(Entity.objects.order_by().values_list("kind").annotate(Count("pk")))
    return [
        (kind.value, str(kind.label), found[kind.value])
        for kind in Entity.Kind
        if kind.value in found
    ]


def letter_counts(kind: str, language: str) -> list[tuple[str, int]]:
    """The letters that names of the kind begin with, and how many; "#" last."""
    counts: Counter[str] = Counter()
    firsts = (
        Entity.objects.filter(kind=kind)
        .order_by()
        .annotate(first=Left(column("sort_key", language), 1))
    )
    for first, number in firsts.values_list("first").annotate(Count("pk")):
        counts[initial(first or "")] += number
    return sorted(counts.items(), key=lambda one: (one[0] == NO_LETTER, one[0]))


def under_letter(entities: EntityQuerySet, letter: str, language: str) -> EntityQuerySet:
    """The entries whose names begin with the letter; "#": with none."""
    key = column("sort_key", language)
    if letter == NO_LETTER:
        return entities.exclude(**{f"{key}__regex": "^[a-z]"})
    return entities.filter(**{f"{key}__startswith": letter.lower()})


def by_initial(entities: Iterable[Entity], language: str) -> list[tuple[str, list[Entity]]]:
    """Entries in reading order, under the letters that their names or pinyin begin with."""
    groups = groupby(entities, key=lambda entity: initial(sort_key(entity, language)))
    return [(letter, list(entries)) for letter, entries in groups]
