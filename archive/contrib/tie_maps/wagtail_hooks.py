"""What the maps add to the archive: pages, a way to show ties, and a button of the story's form."""

from typing import Any

from django.urls import URLPattern, include, path
from wagtail import hooks

from archive.contrib.tie_maps.display import MapsAndCharts
from archive.contrib.tie_maps.panels import LocatorMapPanel
from archive.contrib.tie_maps.views import (
    LocatorMapView,
    compare_places,
    tie_overview,
    tie_timeline,
)


@hooks.register("register_archive_tie_display")
def show_ties() -> MapsAndCharts:
    return MapsAndCharts()


@hooks.register("register_archive_reader_urls")
def add_pages() -> list[URLPattern]:
    return [
        path("ties/timeline/", tie_timeline, name="tie_timeline"),
        path("ties/compare/", compare_places, name="compare"),
        path("ties/overview/", tie_overview, name="tie_overview"),
    ]


@hooks.register("register_archive_story_form_panel")
def locator_map_button() -> LocatorMapPanel:
    return LocatorMapPanel()


@hooks.register("register_admin_urls")
def locator_map_url() -> list[Any]:
    urls = [path("locator-map/", LocatorMapView.as_view(), name="locator_map")]
    return [path("ties/", include((urls, "archive_tie_maps")))]
