"""How far apart two days are, in words."""

from datetime import date

from archive.text.cached import gettext, ngettext

_WEEK, _MONTH, _YEAR = 7, 30.44, 365.25


def days_between(one: date | None, two: date | None) -> int | None:
    return (two - one).days if one and two else None


def time_between(days: int | None, language: str) -> str:
    """ "2 days earlier", "5 weeks later", "9 months earlier", "12 years later", "the same day"."""
    if days is None:
        return ""
    if not days:
        return gettext("the same day", language)
    count = away = abs(days)
    if away < 2 * _WEEK:
        earlier = ngettext("%(count)s day earlier", "%(count)s days earlier", count, language)
        later = ngettext("%(count)s day later", "%(count)s days later", count, language)
    elif away < 2 * _MONTH:
        count = round(away / _WEEK)
        earlier = ngettext("%(count)s week earlier", "%(count)s weeks earlier", count, language)
        later = ngettext("%(count)s week later", "%(count)s weeks later", count, language)
    elif away < 1.5 * _YEAR:
        count = round(away / _MONTH)
        earlier = ngettext("%(count)s month earlier", "%(count)s months earlier", count, language)
        later = ngettext("%(count)s month later", "%(count)s months later", count, language)
    else:
        count = round(away / _YEAR)
        earlier = ngettext("%(count)s year earlier", "%(count)s years earlier", count, language)
        later = ngettext("%(count)s year later", "%(count)s years later", count, language)
    return (earlier if days < 0 else later) % {"count": count}
