"""The charts of all ties: which places and countries have the most, of which kind, since when."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.entities.bilingual import text_in
from archive.entities.countries import country_name
from archive.entities.models import Entity
from archive.text.language import CHINESE, HTML_CODES
from archive.ties.charts import Chart, Row, bar_chart
from archive.ties.filtering import TieFilter
from archive.ties.querysets import TieQuerySet
from archive.ties.tally import Tally, busiest_places

MOST_PLACES = 10
COUNTRIES_OF_PLACES = 2


def charts(ties: TieQuerySet, found: Tally, chosen: TieFilter, language: str) -> list[Chart]:
    """Only those that have anything to show."""
    countries = [code for code, _name, _number in found.by_country()][:COUNTRIES_OF_PLACES]
    if chosen.country:
        countries = [chosen.country]
    drawn = [
        *(_places(ties, code, language) for code in countries),
        _countries(found, chosen),
        _kinds(found, chosen),
        _decades(found, chosen, language),
    ]
    return [chart for chart in drawn if chart.bars]


def _places(ties: TieQuerySet, country: str, language: str) -> Chart:
    """“US cities with most ties”: the name comes from the ties, no country is singled out."""
    rows = [_place_row(*one, language) for one in busiest_places(ties, MOST_PLACES, country)]
    title = _("Places with most ties: %(country)s") % {"country": country_name(country)}
    return bar_chart(f"places-{country.lower()}", title, _("Place"), _("Ties"), rows)


def _place_row(place: Entity, number: int, language: str) -> Row:
    name = text_in(place, "name", language)
    url = reverse("archive:city", args=[place.key])
    return Row(
        name.text, number, url, HTML_CODES[name.language] if name.language != language else ""
    )


def _countries(found: Tally, chosen: TieFilter) -> Chart:
    rows = [
        Row(name, number, _index(replace(chosen, country=code)))
        for code, name, number in found.by_country()
    ]
    return bar_chart("countries", _("Ties by country"), _("Country or territory"), _("Ties"), rows)


def _kinds(found: Tally, chosen: TieFilter) -> Chart:
    rows = [
        Row(label, number, _index(replace(chosen, kind=kind)))
        for kind, label, number in found.by_kind()
    ]
    return bar_chart("kinds", _("Ties by kind"), pgettext("of a tie", "Kind"), _("Ties"), rows)


def _decades(found: Tally, chosen: TieFilter, language: str) -> Chart:
    timeline = reverse("archive:tie_timeline")
    rows = [
        Row(decade_name(first, language), number, timeline + chosen.query(decade=str(first)))
        for first, number in found.by_decade()
    ]
    return bar_chart("decades", _("Ties by the decade they began in"), _("Decade"), _("Ties"), rows)


def decade_name(first: int, language: str) -> str:
    """1980s; 20世纪80年代."""
    if language != CHINESE:
        return f"{first}s"
    return f"{first // 100 + 1}世纪{first % 100}年代" if first % 100 else f"{first}年代"


def _index(chosen: TieFilter) -> str:
    return reverse("archive:tie_index") + chosen.query()
