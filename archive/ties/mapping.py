"""What the map of all ties is drawn from: one small JSON, the same for every filter."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from archive.entities.bilingual import text_in
from archive.entities.models import Entity
from archive.text.language import HTML_CODES
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

_DECIMALS = 3


def map_data(language: str) -> dict[str, Any]:
    """Places and ties by their numbers in the lists: two queries at any size.

    places: [key, name, language of the name, country, longitude, latitude]; ties: [place,
    place, kind, since, until]. A tie of which an end has no coordinates isn't there.
    """
    ties = placed_ties()
    rows = ties.values_list("place_a", "place_b", "kind", "since", "until")
    ends = Q(pk__in=ties.order_by().values("place_a")) | Q(pk__in=ties.order_by().values("place_b"))
    places = list(Entity.objects.filter(ends).order_by("key"))
    numbers = {place.pk: number for number, place in enumerate(places)}
    return {
        "places": [_place(place, language) for place in places],
        "ties": [[numbers[one], numbers[two], *rest] for one, two, *rest in rows],
    }


def placed_ties() -> TieQuerySet:
    """The ties that a map can show."""
    return Tie.objects.filter(
        place_a__latitude__isnull=False, place_b__latitude__isnull=False
    ).order_by("pk")


def _place(place: Entity, language: str) -> list[Any]:
    name = text_in(place, "name", language)
    return [
        place.key,
        name.text,
        HTML_CODES[name.language],
        place.country,
        round(place.longitude or 0, _DECIMALS),
        round(place.latitude or 0, _DECIMALS),
    ]
