"""The charts of all ties, drawn on the server: SVG that needs no script and no colour."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.entities.countries import country_name
from archive.entities.fields import text_in
from archive.site.names.tally import Tally, TieFilter, busiest_places
from archive.text.language import CHINESE, HTML_CODES
from archive.ties.querysets import TieQuerySet

# The template lays a row out in so many pixels.
ROW_HEIGHT = 46
MOST_PLACES = 10
COUNTRIES_OF_PLACES = 2


@dataclass(frozen=True)
class ChartBar:
    """A row of a chart; `language` where the label isn't in the reader's."""

    label: str
    number: int
    url: str = ""
    language: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars from zero on. `id` is unique on the page; `heading` names what the rows are."""

    id: str
    title: str
    heading: str
    bars: list[ChartBar]

    @property
    def height(self) -> int:
        """In pixels."""
        return ROW_HEIGHT * len(self.bars)

    @property
    def most(self) -> int:
        return max(bar.number for bar in self.bars)


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
    bars = []
    for place, number in busiest_places(ties, MOST_PLACES, country):
        name = text_in(place, "name", language)
        spoken = HTML_CODES[name.language] if name.language != language else ""
        bars.append(ChartBar(name.text, number, reverse("archive:city", args=[place.key]), spoken))
    title = _("Places with most ties: %(country)s") % {"country": country_name(country)}
    return Chart(f"places-{country.lower()}", title, _("Place"), bars)


def _countries(found: Tally, chosen: TieFilter) -> Chart:
    bars = [
        ChartBar(name, number, _index(replace(chosen, country=code)))
        for code, name, number in found.by_country()
    ]
    return Chart("countries", _("Ties by country"), _("Country or territory"), bars)


def _kinds(found: Tally, chosen: TieFilter) -> Chart:
    bars = [
        ChartBar(label, number, _index(replace(chosen, kind=kind)))
        for kind, label, number in found.by_kind()
    ]
    return Chart("kinds", _("Ties by kind"), pgettext("of a tie", "Kind"), bars)


def _decades(found: Tally, chosen: TieFilter, language: str) -> Chart:
    timeline = reverse("archive:tie_timeline")
    bars = [
        ChartBar(decade_name(first, language), number, timeline + chosen.query(decade=str(first)))
        for first, number in found.by_decade()
    ]
    return Chart("decades", _("Ties by the decade they began in"), _("Decade"), bars)


def decade_name(first: int, language: str) -> str:
    """1980s; 20世纪80年代."""
    if language != CHINESE:
        return f"{first}s"
    return f"{first // 100 + 1}世纪{first % 100}年代" if first % 100 else f"{first}年代"


def _index(chosen: TieFilter) -> str:
    return reverse("archive:tie_index") + chosen.query()
