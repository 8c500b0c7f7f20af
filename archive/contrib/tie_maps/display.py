"""How the app shows ties: on maps, in time, in charts, and as GeoJSON."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive.contrib.tie_maps.geojson import as_geojson
from archive.contrib.tie_maps.maps import placed, small_map, tie_map
from archive.entities.models import Entity
from archive.site.names.displays import TieDisplay, TieFormat
from archive.text.language import supported
from archive.ties.querysets import TieQuerySet


class MapsAndCharts(TieDisplay):
    """Everything that `archive.contrib.tie_maps` shows."""

    stylesheet = "archive_tie_maps/css/tie-maps.css"

    def pages(self) -> dict[str, str]:
        return {
            "tie_index": _("Map and list"),
            "tie_timeline": pgettext("of ties", "Timeline"),
            "tie_overview": _("Charts"),
        }

    def formats(self) -> list[TieFormat]:
        return [TieFormat("geojson", "GeoJSON", "application/geo+json", as_geojson)]

    def of_ties(self, request: HttpRequest, ties: TieQuerySet, page: dict[str, Any]) -> str:
        drawn = tie_map(placed(ties), supported(get_language()))
        unplaced = page["total"] - drawn.number
        context = {"map": drawn, "unplaced": unplaced, "kinds": page["kinds"]}
        return render_to_string("archive_tie_maps/tie_map.html", context, request)

    def of_city(self, request: HttpRequest, city: Entity, others: Sequence[Entity]) -> str:
        words = _("Map of the places that %(place)s is tied to")
        return _small_map(request, city, others, words % {"place": city}) if others else ""

    def of_pair(self, request: HttpRequest, one: Entity, two: Entity) -> str:
        title = _("Map: %(one)s and %(two)s") % {"one": one, "two": two}
        return _small_map(request, one, [two], title)


def _small_map(request: HttpRequest, chief: Entity, others: Sequence[Entity], title: str) -> str:
    drawn = small_map(chief, others, supported(get_language()))
    if drawn is None:
        return ""
    context = {"map": drawn, "title": title}
    return render_to_string("archive_tie_maps/small_map.html", context, request)
