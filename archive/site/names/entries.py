"""What readers get of an entity itself: names, offices, letter in the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Coalesce, Left
from django.http import HttpRequest
from django.utils import translation

from archive.entities.fields import text_in
from archive.entities.models import Entity, EntityName, Office
from archive.entities.querysets import EntityQuerySet
from archive.entities.romanisation import initial, romanised
from archive.text.dates import display_partial
from archive.text.language import CHINESE, LABELS, LANGUAGES, column

# Where Chinese names are written as words, not sounded out syllable by syllable.
CHINESE_SPEAKING = frozenset({"CN", "HK", "MO", "TW"})
NO_LETTER = "#"


@dataclass(frozen=True)
class NameGroup:
    """One language's names: the main one, how it is read, and the other forms."""

    language: str
    label: str
    name: str
    pinyin: str
    others: list[EntityName]


def name_groups(entity: Entity) -> list[NameGroup]:
    names = [name for name in entity.written_names() if not name.forbidden]
    return [
        NameGroup(
            language=language,
            label=LABELS[language],
            name=entity.name_in(language),
            pinyin=pinyin_of(entity) if language == CHINESE else "",
            others=[
                name
                for name in names
                if name.language == language and name.text != entity.name_in(language)
            ],
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


def office_name(office: Office, language: str) -> str:
    """“Mayor of Zhanjiang”; in the other language where only that has it."""
    with translation.override(text_in(office, "title", language).language):
        return str(office)


def office_lines(entity: Entity, language: str) -> list[dict[str, str]]:
    """What each is called (`office`), and its dates as printed; the latest begun first."""
    offices = sorted(entity.offices.all(), key=lambda office: office.period.start, reverse=True)
    dates = ("since", "until", "as_of")
    return [
        {name: display_partial(getattr(one, name), language) for name in dates}
        | {"office": office_name(one, language)}
        for one in offices
    ]


def sort_key(entity: Entity, language: str) -> str:
    return getattr(entity, column("sort_key", language)) or ""


def kind_counts(names: EntityQuerySet) -> list[tuple[str, str, int]]:
    """Value, label and number of the names of each kind that has any."""
    found = dict(names.order_by().values_list("kind").annotate(Count("pk")))
    return [(kind.value, str(kind.label), found[kind]) for kind in Entity.Kind if kind in found]


def letter_counts(entities: EntityQuerySet, language: str) -> list[tuple[str, int]]:
    """The letters that these names begin with, and how many; "#" last."""
    counts: Counter[str] = Counter()
    firsts = entities.order_by().annotate(first=Left(column("sort_key", language), 1))
    for first, number in firsts.values_list("first").annotate(Count("pk")):
        counts[initial(first or "")] += number
    return sorted(counts.items(), key=lambda one: (one[0] == NO_LETTER, one[0]))


def under_letter(entities: EntityQuerySet, letter: str, language: str) -> EntityQuerySet:
    """The entries whose names begin with the letter; "#": with none."""
    key = column("sort_key", language)
    if letter != NO_LETTER:
        return entities.filter(**{f"{key}__startswith": letter.lower()})
    first = Coalesce(Left(key, 1), Value(""))
    return entities.annotate(first=first).exclude(first__in=[*ascii_lowercase])


def known_page(request: HttpRequest, rows: QuerySet, size: int, total: int) -> Page:
    """The page that the address asks for, of rows whose number is known: one query."""
    paginator = Paginator(rows, size)
    paginator.count = total
    page = paginator.get_page(request.GET.get("p"))
    page.object_list = list(page.object_list)
    return page


def by_initial(entities: Iterable[Entity], language: str) -> list[tuple[str, list[Entity]]]:
    """Entities in reading order, under the letters that their names or pinyin begin with."""
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(initial(sort_key(entity, language)), []).append(entity)
    return list(groups.items())
