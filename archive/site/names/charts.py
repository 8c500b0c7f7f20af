"""The charts of all ties, drawn on the server: SVG that needs no script and no colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.entities.bilingual import text_in
from archive.entities.countries import country_name
from archive.entities.models import Entity
from archive.pages.addresses import HTML_CODES
from archive.site.names.tally import Tally, TieFilter, busiest_places
from archive.text.language import CHINESE
from archive.ties.querysets import TieQuerySet

ROW_HEIGHT = 46
BAR_TOP, BAR_HEIGHT = 24, 14
# The longest bar leaves room for its figure.
LONGEST_PERCENT = 88


@dataclass(frozen=True)
class Bar:
    """A row; `percent` is the bar's length, `top` where the row begins, in pixels."""

    label: str
    number: int
    url: str
    language: str
    percent: float
    top: int

    @property
    def text_top(self) -> int:
        return self.top + BAR_TOP - 7

    @property
    def bar_top(self) -> int:
        return self.top + BAR_TOP

    @property
    def bar_height(self) -> int:
        return BAR_HEIGHT

    @property
    def figure_left(self) -> str:
        return f"{self.percent + 1:.2f}%"

    @property
    def figure_top(self) -> int:
        return self.top + BAR_TOP + BAR_HEIGHT - 2


@dataclass(frozen=True)
class Chart:
    """`id` is unique on the page; `heading` names what the rows are, `unit` what is counted."""

    id: str
    title: str
    heading: str
    unit: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        return ROW_HEIGHT * len(self.bars)


@dataclass(frozen=True)
class Row:
    """What a bar shows; `language` where the label isn't in the reader's."""

    label: str
    number: int
    url: str = ""
    language: str = ""


def bar_chart(id_: str, title: str, heading: str, unit: str, rows: Iterable[Row]) -> Chart:
    """Bars from zero on, their lengths in proportion; without rows, a chart without bars."""
    listed = list(rows)
    most = max((row.number for row in listed), default=0) or 1
    bars = tuple(
        Bar(
            row.label,
            row.number,
            row.url,
            row.language,
            round(LONGEST_PERCENT * row.number / most, 2),
            ROW_HEIGHT * place,
        )
        for place, row in enumerate(listed)
    )
    return Chart(id_, title, heading, unit, bars)


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
