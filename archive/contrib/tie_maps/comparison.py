"""Two places side by side: what the archive has of each, and what they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Min

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.site.names.entries import sort_key
from archive.stories.models import ArticleEntity
from archive.stories.querysets import ArticleQuerySet
from archive.ties.querysets import TieQuerySet


@dataclass
class PlaceFigures:
    """`partners` are the places that it is tied to, by their keys; `first` and `latest` the days
    of its stories."""

    place: Entity
    ties: int = 0
    partners: dict[int, Entity] = field(default_factory=dict)
    stories: int = 0
    first: date | None = None
    latest: date | None = None


def compare(
    one: Entity, two: Entity, ties: TieQuerySet, stories: ArticleQuerySet, language: str
) -> tuple[list[PlaceFigures], list[Entity]]:
    """Each place's figures, and the partners that both have: two queries."""
    both = {place.pk: PlaceFigures(place) for place in (one, two)}
    for tie in (ties.of(one) | ties.of(two)).with_places():
        ends = (tie.place_a.canonical, tie.place_b.canonical)
        for place, partner in (ends, ends[::-1]):
            if place.pk in both:
                both[place.pk].ties += 1
                both[place.pk].partners[partner.pk] = partner
    same = Entity.with_merged.same_as(both).values("pk")
    tags = ArticleEntity.objects.filter(entity__in=same, page__in=stories.order_by().values("pk"))
    rows = tags.order_by().annotate(named=canonical_id("entity")).values_list("named")
    day = "page__print_date"
    for pk, *found in rows.annotate(Count("page", distinct=True), Min(day), Max(day)):
        both[pk].stories, both[pk].first, both[pk].latest = found
    figures = list(both.values())
    shared = figures[0].partners.keys() & figures[1].partners.keys()
    partners = [figures[0].partners[pk] for pk in shared]
    return figures, sorted(partners, key=lambda place: sort_key(place, language))
