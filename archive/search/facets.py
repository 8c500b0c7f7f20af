"""The facets of a results page, and the filters that are on; each with the address it leads to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.search.engines import MOST_VALUES, Filters, Results
from archive.stories.models import PublicationPage, SectionPage
from archive.text.labels import row_key
from archive.text.language import LABELS, LANGUAGES
from archive.visibility import RestrictedPlaces, shown_to_public

HEADINGS: dict[str, str | Promise] = {
    "year": gettext_lazy("Year"),
    "place": gettext_lazy("Place"),
    "person": gettext_lazy("Person"),
    "section": gettext_lazy("Section"),
    "publication": gettext_lazy("Publication"),
    "language": gettext_lazy("Language"),
    "picture": pgettext_lazy("facet", "Pictures"),
}
SEVERAL = ("place", "person")
MOST_YEARS = 200
LONGEST_KEY = 500
_PAGES: dict[str, Any] = {"section": SectionPage, "publication": PublicationPage}


@dataclass(frozen=True)
class Value:
    """`url` sets the filter, or takes it off where it is chosen."""

    value: str
    label: str
    language: str
    number: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    heading: str
    values: list[Value]

    @property
    def shown(self) -> list[Value]:
        return self.values[:MOST_VALUES]

    @property
    def folded(self) -> list[Value]:
        """Years before the latest ones: behind a fold, as an archive may have a hundred."""
        return self.values[MOST_VALUES:]


@dataclass(frozen=True)
class ActiveFilter:
    """`language` of the label, "" for the reader's own; `url` takes the filter off."""

    heading: str
    label: str
    language: str
    url: str


@dataclass(frozen=True)
class Chosen:
    """The filters of an address, and the entities by the keys that it names them by.

    The key of a merged name stands for the name that it was merged into. `pages` are the section
    and the publication, of which an older address gives the database's id. `restricted` places were
    looked for if there are filters.
    """

    filters: Filters
    entities: dict[str, Entity]
    pages: dict[str, Any]
    restricted: RestrictedPlaces | None = None

    def values(self, parameters: QueryDict, name: str) -> list[str]:
        """A filter's values in the address; of a filter that takes one value, the last counts."""
        given = parameters.getlist(name)
        if given and name in self.pages:
            return [_key(self.pages[name])]
        if name not in SEVERAL:
            return given[-1:]
        present = {key: entity.key for key, entity in self.entities.items()}
        return list(dict.fromkeys(present.get(one, one) for one in given))


def chosen(parameters: QueryDict) -> Chosen:
    """Read the filters of an address; values that mean nothing are passed over."""
    named = [key[:80] for name in SEVERAL for key in parameters.getlist(name)[:8]]
    # PostgreSQL refuses to be asked for a NUL.
    keys = [key for key in named if "\0" not in key]
    is_asked = keys or any(map(parameters.get, _PAGES))
    restricted = RestrictedPlaces.load() if is_asked else None
    named_by = Entity.with_merged.filter(key__in=keys).select_related("merged_into")
    found = {e.key: e.canonical for e in named_by} if keys else {}
    entities = {key: entity for key, entity in found.items() if entity.is_published}
    if restricted and entities:
        names = Entity.objects.filter(pk__in={entity.pk for entity in entities.values()})
        shown = set(names.shown_to_public(restricted).values_list("pk", flat=True))
        entities = {key: entity for key, entity in entities.items() if entity.pk in shown}
    language = parameters.get("language", "")
    pages = {name: _page_of(name, parameters.get(name, ""), restricted) for name in _PAGES}
    filters = Filters(
        year=_number(parameters.get("year", ""), 9999),
        section=_asked(pages["section"], parameters.get("section", "")),
        publication=_asked(pages["publication"], parameters.get("publication", "")),
        language=language if language in LANGUAGES else "",
        picture=parameters.get("picture") == "1",
        entities=tuple(sorted({entity.pk for entity in entities.values()})),
    )
    found_pages = {name: page for name, page in pages.items() if page}
    return Chosen(filters, entities, found_pages, restricted)


def _page_of(name: str, value: str, restricted: RestrictedPlaces | None) -> Any:
    """The public page that a key names: "china-daily", or "china-daily/world" of a section.

    Addresses of former versions have its id. One query, none without a value.
    """
    if not value or len(value) > LONGEST_KEY or "\0" in value:
        return None
    named = Q(url_path__endswith=f"/{value}/", slug=value.rpartition("/")[2])
    pages = shown_to_public(_PAGES[name].objects.order_by("path"), restricted)
    pages = pages.filter(named | Q(pk=_number(value)))
    # A key may be a number, too.
    return next(iter(sorted(pages, key=lambda page: _key(page) != value)), None)


def _asked(page: Any, value: str) -> int | None:
    """The page's id; of none that there is, the number that was given: it finds nothing."""
    return page.pk if page else _number(value)


def _key(page: Any) -> str:
    """What stays the same in a restored archive: the page's address below the front page."""
    parts = page.url_path.strip("/").split("/")
    return "/".join(parts[-2:] if isinstance(page, SectionPage) else parts[-1:])


def facets(results: Results, of: Chosen, parameters: QueryDict, language: str) -> list[Facet]:
    """Each facet that parts the results, or is chosen; three queries for the names."""
    held = {str(pk) for pk in of.filters.entities}
    shown: dict[str, list[tuple[str, int]]] = {}
    for name in HEADINGS:
        values = results.facets.get(name, [])
        if name in SEVERAL:
            # A chosen name stays in sight, however many others there are.
            values = sorted(values, key=lambda one: one[0] not in held)
        shown[name] = values[: MOST_YEARS if name == "year" else MOST_VALUES]
    names = _names(shown, language)
    made = []
    for name, heading in HEADINGS.items():
        chosen_values = of.values(parameters, name)
        found = []
        for raw, number in shown[name]:
            # Without a name it has been taken down or merged, and its stories not indexed since.
            if (name, raw) in names:
                value, label, spoken = names[name, raw]
                url = _toggled(parameters, of, name, value)
                found.append(Value(value, label, spoken, number, url, value in chosen_values))
        if any(one.is_chosen or one.number < results.total for one in found):
            made.append(Facet(name, str(heading), found))
    return made


def active_filters(
    parameters: QueryDict, of: Chosen, shown: Sequence[Facet], language: str
) -> list[ActiveFilter]:
    """One for each filter of the address that means something, with the address without it.

    Also where nothing is left; a query for each page that isn't among the facets shown.
    """
    known = {
        (facet.name, value.value): (value.label, value.language)
        for facet in shown
        for value in facet.values
    }
    made = []
    for name, heading in HEADINGS.items():
        for value in of.values(parameters, name):
            if label := known.get((name, value)) or _label(name, value, of, language):
                url = _toggled(parameters, of, name, value)
                made.append(ActiveFilter(str(heading), *label, url))
    return made


def without(parameters: QueryDict, *names: str) -> QueryDict:
    """A copy of the address's parameters without these, and from the first page on."""
    copy = parameters.copy()
    for name in (*names, "p", "format"):
        copy.pop(name, None)
    return copy


def address(parameters: QueryDict) -> str:
    return f"?{parameters.urlencode()}"


def _toggled(parameters: QueryDict, of: Chosen, name: str, value: str) -> str:
    """The address with the filter's value on, or off where it is on."""
    held = of.values(parameters, name)
    changed = without(parameters, name)
    others = [one for one in held if one != value] if name in SEVERAL else []
    changed.setlist(name, others if value in held else [*others, value])
    return address(changed)


def _label(name: str, value: str, of: Chosen, language: str) -> tuple[str, str] | None:
    if name == "year":
        return (value, "") if of.filters.year is not None else None
    if name == "language":
        return (LABELS[value], value) if value in LABELS else None
    if name == "picture":
        return (_("With pictures"), "") if value == "1" else None
    entity = next((one for one in of.entities.values() if one.key == value), None)
    found = of.pages.get(name) if name in _PAGES else entity
    return _called(found, language) if found else None


def _names(
    values: dict[str, list[tuple[str, int]]], language: str
) -> dict[tuple[str, str], tuple[str, str, str]]:
    """What a facet's raw value is in an address, what it is called, and in which language."""
    found = {("language", code): (code, LABELS[code], code) for code in LANGUAGES}
    found["picture", "1"] = ("1", _("With pictures"), "")
    found |= {("year", year): (year, year, "") for year, _number in values["year"]}
    ids = {name: [raw for raw, _number in of] for name, of in values.items()}
    for name, model in _PAGES.items():
        pages: Sequence[Any] = model.objects.live().filter(pk__in=ids[name]) if ids[name] else []
        for page, called in zip(pages, _told_apart(pages, language), strict=True):
            found[name, str(page.pk)] = (_key(page), *called)
    entities = Entity.objects.filter(pk__in=ids["place"] + ids["person"])
    for entity in entities if ids["place"] or ids["person"] else []:
        found[entity.kind, str(entity.pk)] = (entity.key, *_called(entity, language))
    return found


def _told_apart(pages: Sequence[Any], language: str) -> list[tuple[str, str]]:
    """What the pages are called: of two sections of one name, each with its paper.

    One query more where there are such.
    """
    called = [_called(page, language) for page in pages]
    numbers = Counter(called)
    alike = [page for page, name in zip(pages, called, strict=True) if numbers[name] > 1]
    if not alike or not isinstance(alike[0], SectionPage):
        return called
    above = {page.path[: -page.steplen] for page in alike}
    papers = {paper.path: paper for paper in PublicationPage.objects.filter(path__in=above)}
    found = []
    for page, (label, spoken) in zip(pages, called, strict=True):
        paper = papers.get(page.path[: -page.steplen])
        if paper and page in alike:
            words = {"section": label, "publication": _called(paper, language)[0]}
            label = pgettext("two sections of one name", "%(section)s, %(publication)s") % words
        found.append((label, spoken))
    return found


def _called(instance: Model, language: str) -> tuple[str, str]:
    text = text_in(instance, "name", language)
    return (text.text or str(instance), "" if text.language == language else text.language)


def _number(text: str, most: int = 2**31 - 1) -> int | None:
    number = row_key(text)
    return number if number is not None and number <= most else None
