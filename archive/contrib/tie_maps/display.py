"""How the app shows ties: on maps, in time, in charts, and as GeoJSON."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive.contrib.tie_maps.comparison import compare
from archive.contrib.tie_maps.connected import CITY_SORTS, city_columns, most_connected
from archive.contrib.tie_maps.geojson import as_geojson
from archive.contrib.tie_maps.maps import placed, small_map, tie_map
from archive.entities.models import Entity
from archive.site.caching.site_chrome import site_chrome
from archive.site.names.displays import TieDisplay, TieFormat
from archive.site.names.tie_lines import TieLine
from archive.stories.models import ArticlePage
from archive.text.dates import display_partial
from archive.text.language import supported
from archive.ties.models import Tie
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
        on_map = {way.kind for way in drawn.ways}
        kinds = [label for label in page["kinds"] if label[0] in on_map]
        context = {"map": drawn, "unplaced": page["total"] - len(drawn.ways), "kinds": kinds}
        return render_to_string("archive_tie_maps/tie_map.html", context, request)

    def beside_ties(self, request: HttpRequest, ties: TieQuerySet, page: dict[str, Any]) -> str:
        chosen, sort = page["chosen"], request.GET.get("cities", "")
        sort = sort if sort.removeprefix("-") in CITY_SORTS else "-ties"
        language = supported(get_language())
        context = {
            "cities": most_connected(request, ties, chosen, sort, language),
            "columns": city_columns(chosen, sort),
        }
        return render_to_string("archive_tie_maps/connected.html", context, request)

    def ways_from(self, entity: Entity) -> list[tuple[str, str]]:
        if not entity.is_place:
            return []
        return [(f"{reverse('archive:compare')}?one={entity.key}", _("Compare with another place"))]

    def of_city(self, request: HttpRequest, city: Entity, lines: Sequence[TieLine]) -> str:
        words = _("Map of the places that %(place)s is tied to")
        others = list({line.place.pk: line.place for line in lines}.values())
        return _small_map(request, city, others, lines, words % {"place": city}) if others else ""

    def of_pair(
        self, request: HttpRequest, one: Entity, two: Entity, lines: Sequence[TieLine]
    ) -> str:
        title = _("Map: %(one)s and %(two)s") % {"one": one, "two": two}
        restricted, language = site_chrome(request).restricted, supported(get_language())
        ties = Tie.objects.shown_to_public(restricted)
        stories = ArticlePage.objects.shown_to_public(restricted)
        figures, shared = compare(one, two, ties, stories, language)
        context = {"figures": figures, "shared": shared}
        compared = render_to_string("archive_tie_maps/comparison.html", context, request)
        return compared + _small_map(request, one, [two], lines, title)


def _small_map(
    request: HttpRequest,
    chief: Entity,
    others: Sequence[Entity],
    lines: Sequence[TieLine],
    title: str,
) -> str:
    language = supported(get_language())
    begun: dict[str, str] = {}
    for line in lines:
        if line.tie.since and not line.is_planned:
            year = line.tie.since[:4]
            begun[line.place.key] = min(year, begun.get(line.place.key, year))
    years = {key: display_partial(year, language) for key, year in begun.items()}
    drawn = small_map(chief, others, language, years, is_tied=bool(lines))
    if drawn is None:
        return ""
    context = {"map": drawn, "title": title}
    return render_to_string("archive_tie_maps/small_map.html", context, request)
