"""The filters that are on, each with the address that takes it off: also where nothing is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.entities.bilingual import text_in
from archive.pages.models import PublicationPage, SectionPage
from archive.search import facets
from archive.text.language import LABELS

_PAGES: dict[str, Any] = {"section": SectionPage, "publication": PublicationPage}


@dataclass(frozen=True)
class Chip:
    """`language` of the label, "" for the reader's own."""

    heading: str
    label: str
    language: str
    url: str


def chips(
    parameters: QueryDict, chosen: facets.Chosen, shown: Sequence[facets.Facet], language: str
) -> list[Chip]:
    """One for each filter of the address that means something; a query a page that isn't shown."""
    known = {
        (facet.name, value.value): (value.label, value.language)
        for facet in shown
        for value in facet.values
    }
    made = []
    for name, heading in facets.HEADINGS.items():
        # Of a filter that takes one value, an address's last counts.
        given = parameters.getlist(name)
        for value in given if name in facets.SEVERAL else given[-1:]:
            label = known.get((name, value)) or _label(name, value, chosen, language)
            if label:
                url = facets.address(_off(parameters, name, value))
                made.append(Chip(str(heading), *label, url))
    return made


def _off(parameters: QueryDict, name: str, value: str) -> QueryDict:
    changed = facets.without(parameters, name)
    if name in facets.SEVERAL:
        changed.setlist(name, [one for one in parameters.getlist(name) if one != value])
    return changed


def _label(name: str, value: str, chosen: facets.Chosen, language: str) -> tuple[str, str] | None:
    if name == "year":
        return (value, "") if chosen.filters.year is not None else None
    if name == "language":
        return (LABELS[value], value) if value in LABELS else None
    if name == "picture":
        return (_("With pictures"), "") if value == "1" else None
    found = chosen.entities.get(value)
    if name in _PAGES and getattr(chosen.filters, name) is not None:
        found = _PAGES[name].objects.live().filter(pk=getattr(chosen.filters, name)).first()
    if found is None:
        return None
    text = text_in(found, "name", language)
    return text.text or str(found), "" if text.language == language else text.language
