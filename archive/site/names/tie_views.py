"""All ties as a list and as files, and what apps show above it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive.entities.countries import country_name
from archive.site.browse.calendar import decade_name
from archive.site.caching.site_chrome import site_chrome
from archive.site.names.displays import TieFormat, tie_displays, tie_stylesheets, ways_to_look
from archive.site.names.entries import known_page
from archive.site.names.files import as_csv, records
from archive.site.names.tie_figures import SORTS, Tally, TieFilter, tally
from archive.site.names.tie_lines import TieLine, grouped, tie_lines
from archive.stories.models import ArticlePage
from archive.stories.querysets import ArticleQuerySet
from archive.text.dates import display_partial
from archive.text.language import supported
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

TIES_PER_PAGE = 300


def tie_index(request: HttpRequest) -> HttpResponse:
    """The ties that the address asks for: as a list, and as files."""
    chosen = TieFilter.read(request.GET)
    restricted = site_chrome(request).restricted
    every = Tie.objects.shown_to_public(restricted)
    ties = chosen.narrow(every)
    readable = ArticlePage.objects.cards().shown_to_public(restricted)
    formats = _formats()
    if form := formats.get(request.GET.get("format", "")):
        return _file(ties, readable, form)
    language = supported(get_language())
    found = tally(ties)
    filters = filter_context(chosen, found, every)
    home = filters["home"]
    whole, sort = ties.with_places().with_evidence(readable), chosen.sort or SORTS[0]
    in_order = whole.in_columns(home, language, sort)
    page = known_page(request, in_order, TIES_PER_PAGE, found.total)
    lines = tie_lines(page.object_list, language, home=home)
    context = {
        **filters,
        "page": page,
        "groups": grouped(lines, sort, language),
        "orders": _orders(sort, lines),
        "files": [(one.label, chosen.query(format=one.code)) for one in formats.values()],
        "credits_geonames": any(
            place.is_from_geonames for line in lines for place in (line.place, line.origin)
        ),
    }
    shown = (one.of_ties(request, ties, context) for one in tie_displays())
    context["displays"] = list(filter(None, shown))
    context["asides"] = [one.beside_ties(request, ties, context) for one in tie_displays()]
    return render(request, "archive/tie_index.html", context)


def filter_context(chosen: TieFilter, found: Tally, ties: TieQuerySet) -> dict[str, Any]:
    """For `archive/includes/tie_frame.html`: the ways to look at ties, and the filter's choices.

    The choices are of all ties, so that one choice doesn't hide the others.
    """
    every = found if not chosen else tally(ties)
    language, decades, countries = supported(get_language()), every.by_decade(), every.by_country()
    begun = {f"{first}s" for first, number in decades if number} | set(map(str, every.years()))
    return {
        "chosen": chosen,
        "country_chosen": country_name(chosen.country),
        "kind_chosen": Tie.Kind(chosen.kind).label if chosen.kind else "",
        "kinds": every.by_kind(),
        "countries": countries,
        # The country of most ties, from whose side a tie is told.
        "home": next((code for code, _name, _number in countries), ""),
        "begun_chosen": decade_name(chosen.decade, language)
        if chosen.decade
        else display_partial(chosen.begun, language),
        # An address may ask for a time in which none began.
        "begun_elsewhere": chosen.begun not in ("", *begun),
        "decades_begun": [(f"{first}s", first, number) for first, number in decades if number],
        "years": every.years(),
        "total": found.total,
        "all_total": every.total,
        "query": chosen.query(),
        "ways": ways_to_look(),
        "stylesheets": tie_stylesheets(),
    }


def _orders(sort: str, lines: list[TieLine]) -> list[tuple[str, str, bool]]:
    """Value, label, and whether it is the current one, of each way to group the list. The way by
    places is called by their country if all are there."""
    ends = [{line.origin.country for line in lines}, {line.place.country for line in lines}]
    countries = [country_name(codes.pop()) if len(codes) == 1 else "" for codes in ends]
    places = [_("Where in %(country)s") % {"country": name} for name in countries if name]
    labels = {
        "since": _("Decade, earliest first"),
        "-since": _("Decade, latest first"),
        "place": places[0] if countries[0] else _("Where the first place is"),
        "other": places[-1] if countries[1] else _("Where the other place is"),
        "kind": pgettext("of a tie", "Kind"),
    }
    return [(name if name != SORTS[0] else "", labels[name], name == sort) for name in SORTS]


def _formats() -> dict[str, TieFormat]:
    own = TieFormat("csv", "CSV", "text/csv; charset=utf-8", as_csv)
    others = (form for one in tie_displays() for form in one.formats())
    return {one.code: one for one in (own, *others)}


def _file(ties: TieQuerySet, stories: ArticleQuerySet, form: TieFormat) -> HttpResponse:
    response = HttpResponse(form.write(records(ties, stories)), content_type=form.mime_type)
    response["Content-Disposition"] = f'attachment; filename="ties.{form.code}"'
    return response
