"""Says why two stories are related, in the language of whoever reads: from ids, no query."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.entities.models import Entity
from archive.stories.bylines import joined_names, name_of
from archive.text.cached import gettext, ngettext, pgettext
from archive.text.language import supported

Named = Mapping[int, Entity]
# A line of a list has room for so many names.
MOST_NAMES = 2
WEEK, MONTH, YEAR = 7, 30.44, 365.25


def worded(
    reasons: Mapping[str, Any], names: Named, days: int | None, language: str = ""
) -> SafeString:
    """ "Both about Zhanjiang and Port of Long Beach; 9 months earlier"; "" without a reason.

    `days` from the story that is being read to the other; None where a date is missing.
    Names that aren't among `names` any more are passed over. In `language`, or the active one.
    """
    language = language or supported(get_language())
    shared, when = _shared(reasons, names, language), time_between(days, language)
    parts = [part for part in (shared, when) if part]
    return SafeString(pgettext("between reasons", "; ", language).join(parts))


def days_between(one: date | None, two: date | None) -> int | None:
    return (two - one).days if one and two else None


def entity_ids(reasons: Iterable[Mapping[str, Any]]) -> set[int]:
    """The entities that some reasons name."""
    found: set[int] = set()
    for one in reasons:
        found.update(one.get("about", ()), one.get("mentioned", ()))
        for name in ("pairs", "named_pairs"):
            found.update(place for pair in one.get(name, ()) for place in pair)
    return found


def _shared(reasons: Mapping[str, Any], names: Named, language: str) -> SafeString | str:
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


def time_between(days: int | None, language: str) -> str:
    """ "2 days earlier", "5 weeks later", "9 months earlier", "12 years later", "the same day"."""
    if days is None:
        return ""
    if not days:
        return gettext("the same day", language)
    count = away = abs(days)
    if away < 2 * WEEK:
        earlier = ngettext("%(count)s day earlier", "%(count)s days earlier", count, language)
        later = ngettext("%(count)s day later", "%(count)s days later", count, language)
    elif away < 2 * MONTH:
        count = round(away / WEEK)
        earlier = ngettext("%(count)s week earlier", "%(count)s weeks earlier", count, language)
        later = ngettext("%(count)s week later", "%(count)s weeks later", count, language)
    elif away < 1.5 * YEAR:
        count = round(away / MONTH)
        earlier = ngettext("%(count)s month earlier", "%(count)s months earlier", count, language)
        later = ngettext("%(count)s month later", "%(count)s months later", count, language)
    else:
        count = round(away / YEAR)
        earlier = ngettext("%(count)s year earlier", "%(count)s years earlier", count, language)
        later = ngettext("%(count)s year later", "%(count)s years later", count, language)
    return (earlier if days < 0 else later) % {"count": count}
