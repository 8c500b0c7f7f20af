"""Reads over the ties: of one place, by kind, with their places in the same query."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q

from archive.entities.models import Entity
from archive.pages.querysets import ArticleQuerySet
from archive.text.language import column


def readable_stories() -> ArticleQuerySet:
    """The live stories that any reader may see, for lists: costs a query for the restrictions."""
    return apps.get_model("archive", "ArticlePage").objects.cards().public()


class TieQuerySet(models.QuerySet):
    def with_places(self) -> Self:
        return self.select_related("place_a", "place_b")

    def with_evidence(self, stories: ArticleQuerySet) -> Self:
        """With what says so, and those of the stories that it is quoted from: two queries."""
        pieces = apps.get_model("archive", "TieEvidence").objects.prefetch_related(
            Prefetch("article", stories)
        )
        return self.prefetch_related(Prefetch("evidence", pieces))

    def of(self, place: Entity) -> Self:
        """The ties that join this place to another."""
        return self.filter(Q(place_a=place) | Q(place_b=place))

    def between(self, one: Entity, two: Entity) -> Self:
        """The ties that join two places, in whichever order they are given."""
        return self.filter(Q(place_a=one, place_b=two) | Q(place_a=two, place_b=one))

    def of_place_like(self, words: str) -> Self:
        """The ties of places of which any name contains the words."""
        if not words.strip():
            return self
        places = Entity.objects.places().named_like(words).values("pk")
        return self.filter(Q(place_a__in=places) | Q(place_b__in=places))

    def in_reading_order(self, language: str) -> Self:
        """By the first place's name, then the second's, as the language sorts them."""
        order = column("sort_key", language)
        return self.order_by(f"place_a__{order}", f"place_b__{order}", "kind", "pk")
