"""Charts of all ties, drawn on the server: SVG that needs no script and no colour."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.contrib.tie_maps.connected import by_place
from archive.entities.countries import country_name
from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.site.browse.calendar import decade_name
from archive.site.names.tie_figures import Tally, TieFilter
from archive.text.language import HTML_CODES
from archive.ties.querysets import TieQuerySet

# The template lays a row out in so many pixels.
ROW_HEIGHT = 40
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
    index, timeline = reverse("archive:tie_index"), reverse("archive:tie_timeline")
    by_country = [
        ChartBar(name, number, index + replace(chosen, country=code).query())
        for code, name, number in found.by_country()
    ]
    # Where all ties join the same two countries, there is nothing to compare.
    if len(by_country) <= COUNTRIES_OF_PLACES:
        by_country = []
    by_kind = [
        ChartBar(label, number, index + replace(chosen, kind=kind).query())
        for kind, label, number in found.by_kind()
    ]
    by_decade = [
        ChartBar(
            decade_name(first, language),
            number,
            timeline + replace(chosen, begun=f"{first}s").query(),
        )
        for first, number in found.by_decade()
    ]
    drawn = [
        *(_places(ties, code, language) for code in countries),
        Chart("countries", _("Ties by country"), _("Country or territory"), by_country),
        Chart("kinds", _("Ties by kind"), pgettext("of a tie", "Kind"), by_kind),
        Chart("decades", _("Ties by the decade they began in"), _("Decade"), by_decade),
    ]
    return [chart for chart in drawn if chart.bars]


def _places(ties: TieQuerySet, country: str, language: str) -> Chart:
    """The name comes from the ties: no country is singled out. Three queries."""
    ranked = by_place(ties, country)
    places = Entity.objects.in_bulk([pk for pk, _number in ranked])
    bars = []
    for pk, number in ranked:
        place = places[pk]
        name = text_in(place, "name", language)
        spoken = HTML_CODES[name.language] if name.language != language else ""
        bars.append(ChartBar(name.text, number, reverse("archive:city", args=[place.key]), spoken))
    title = _("Places with most ties: %(country)s") % {"country": country_name(country)}
    return Chart(f"places-{country.lower()}", title, _("Place"), bars)
