"""Says what two stories share, in the language of whoever reads: from ids, no query."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.entities.models import Entity
from archive.stories.bylines import joined_names, name_of
from archive.text.cached import gettext

Named = Mapping[int, Entity]
# A line of a list has room for so many names.
MOST_NAMES = 2


def entity_ids(reasons: Iterable[Mapping[str, Any]]) -> set[int]:
    """The entities that some reasons name."""
    found: set[int] = set()
    for one in reasons:
        found.update(one.get("about", ()), one.get("mentioned", ()))
        for name in ("pairs", "named_pairs"):
            found.update(place for pair in one.get(name, ()) for place in pair)
    return found


def shared(reasons: Mapping[str, Any], names: Named, language: str) -> SafeString | str:
    """ "Both about Zhanjiang and Port of Long Beach"; "" where none of the names is known."""
    if pair := _listed(_first_pair(reasons.get("pairs", ()), names), names, language):
        return format_html(gettext("Both about the ties of {names}", language), names=pair)
    if about := _listed(reasons.get("about", ()), names, language):
        return format_html(gettext("Both about {names}", language), names=about)
    if pair := _listed(_first_pair(reasons.get("named_pairs", ()), names), names, language):
        return format_html(gettext("Both name {names}, which have ties", language), names=pair)
    if mentioned := _listed(reasons.get("mentioned", ()), names, language):
        return format_html(gettext("Both mention {names}", language), names=mentioned)
    return ""


def _first_pair(pairs: Iterable[Iterable[int]], names: Named) -> list[int]:
    known = (list(pair) for pair in pairs if all(place in names for place in pair))
    return next(known, [])


def _listed(ids: Iterable[int], names: Named, language: str) -> SafeString | str:
    known = islice((names[pk] for pk in ids if pk in names), MOST_NAMES)
    found = [name_of(entity, "name", language) for entity in known]
    return joined_names(found, language) if found else ""
