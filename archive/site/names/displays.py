"""Ways to show ties beside the lists of them: apps around the archive register these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from archive.entities.models import Entity
from archive.registry import registered
from archive.site.names.files import TieRecord
from archive.site.names.tie_lines import TieLine
from archive.ties.querysets import TieQuerySet


@dataclass(frozen=True)
class TieFormat:
    """A file of ties. `code` stands in its address, and ends its name."""

    code: str
    label: str
    mime_type: str
    write: Callable[[Iterable[TieRecord]], str]


class TieDisplay:
    """What an app adds to the pages of ties; each part may be left out."""

    # A static file's path, for the pages of ties, cities and pairs.
    stylesheet = ""

    def pages(self) -> dict[str, str]:
        """The ways to look at all ties, the list among them: labels by the views' names in the
        namespace `archive`. Sitemaps and caches in front of the site hear of them."""
        return {}

    def formats(self) -> list[TieFormat]:
        return []

    def of_ties(self, request: HttpRequest, ties: TieQuerySet, page: dict[str, Any]) -> str:
        """HTML above the list of all ties; `page` is the list's context. "" for nothing."""
        return ""

    def beside_ties(self, request: HttpRequest, ties: TieQuerySet, page: dict[str, Any]) -> str:
        """HTML beside that list, below its filters; as `of_ties`."""
        return ""

    def ways_from(self, entity: Entity) -> list[tuple[str, str]]:
        """Addresses and labels of links on a name's own page."""
        return []

    def of_city(self, request: HttpRequest, city: Entity, lines: Sequence[TieLine]) -> str:
        """HTML below the head of a city's page."""
        return ""

    def of_pair(
        self, request: HttpRequest, one: Entity, two: Entity, lines: Sequence[TieLine]
    ) -> str:
        """HTML below the head of a pair's page."""
        return ""


def tie_displays() -> list[TieDisplay]:
    return registered("tie_display", TieDisplay)


def tie_pages() -> dict[str, str]:
    """The labels of all ways to look at ties, by their views' names."""
    return {name: label for one in tie_displays() for name, label in one.pages().items()}


def tie_stylesheets() -> list[str]:
    return [one.stylesheet for one in tie_displays() if one.stylesheet]


def ways_to_look() -> list[tuple[str, str, str]]:
    """Name, address and label of each page of all ties; [] where there is only the list."""
    return [(name, reverse(f"archive:{name}"), label) for name, label in tie_pages().items()]
