"""Says why two stories are related, in the language of whoever reads: from ids, no query."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from archive.entities.models import Entity
from archive.pages.bylines import joined_names, name_of
from archive.text.words import gettext, pgettext

Named = Mapping[int, Entity]
# A line of a list has room for so many names.
MOST_NAMES = 2
WEEK, MONTH, YEAR = 7, 30.44, 365.25


def worded(reasons: Mapping[str, Any], names: Named, days: int | None) -> SafeString:
    """ "Both about Zhanjiang and Port of Long Beach; 9 months earlier"; "" without a reason.

    `days` from the story that is being read to the other; None where a date is missing.
    Names that aren't among `names` any more are passed over.
    """
    parts = [part for part in (_shared(reasons, names), _when(days)) if part]
    return mark_safe(pgettext("between reasons", "; ").join(parts))  # noqa: S308 - both escaped


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


def _shared(reasons: Mapping[str, Any], names: Named) -> SafeString | str:
    if pair := _listed(_first_pair(reasons.get("pairs", ()), names), names):
        return format_html(gettext("Both about the ties of {names}"), names=pair)
    if about := _listed(reasons.get("about", ()), names):
        return format_html(gettext("Both about {names}"), names=about)
    if pair := _listed(_first_pair(reasons.get("named_pairs", ()), names), names):
        return format_html(gettext("Both name {names}, which have ties"), names=pair)
    if mentioned := _listed(reasons.get("mentioned", ()), names):
        return format_html(gettext("Both mention {names}"), names=mentioned)
    return ""


def _first_pair(pairs: Iterable[Iterable[int]], names: Named) -> list[int]:
    known = (list(pair) for pair in pairs if all(place in names for place in pair))
    return next(known, [])


def _listed(ids: Iterable[int], names: Named) -> SafeString | str:
    found = [name_of(names[pk]) for pk in ids if pk in names]
    return joined_names(found[:MOST_NAMES]) if found else ""


def _when(days: int | None) -> str:
    """ "2 days earlier", "5 weeks later", "9 months earlier", "12 years later", "the same day"."""
    if days is None:
        return ""
    if not days:
        return gettext("the same day")
    away = abs(days)
    if away < 2 * WEEK:
        return _days(away, days < 0)
    if away < 2 * MONTH:
        return _weeks(round(away / WEEK), days < 0)
    if away < 1.5 * YEAR:
        return _months(round(away / MONTH), days < 0)
    return _years(round(away / YEAR), days < 0)


def _days(count: int, is_earlier: bool) -> str:
    if is_earlier:
        text = ngettext("%(count)s day earlier", "%(count)s days earlier", count)
    else:
        text = ngettext("%(count)s day later", "%(count)s days later", count)
    return text % {"count": count}


def _weeks(count: int, is_earlier: bool) -> str:
    if is_earlier:
        text = ngettext("%(count)s week earlier", "%(count)s weeks earlier", count)
    else:
        text = ngettext("%(count)s week later", "%(count)s weeks later", count)
    return text % {"count": count}


def _months(count: int, is_earlier: bool) -> str:
    if is_earlier:
        text = ngettext("%(count)s month earlier", "%(count)s months earlier", count)
    else:
        text = ngettext("%(count)s month later", "%(count)s months later", count)
    return text % {"count": count}


def _years(count: int, is_earlier: bool) -> str:
    if is_earlier:
        text = ngettext("%(count)s year earlier", "%(count)s years earlier", count)
    else:
        text = ngettext("%(count)s year later", "%(count)s years later", count)
    return text % {"count": count}
