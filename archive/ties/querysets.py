"""Reads over the ties: of one place, by kind, with their places in the same query."""

from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Coalesce

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id, canonical_value
from archive.stories.querysets import ArticleQuerySet
from archive.text.language import column
from archive.visibility import RestrictedPlaces


class TieQuerySet(models.QuerySet):
    model: Any

    def with_places(self) -> Self:
        return self.select_related("place_a__merged_into", "place_b__merged_into")

    def with_evidence(self, stories: ArticleQuerySet) -> Self:
        """With what says so, and those of the stories that it is quoted from, for
        `Tie.all_evidence`: three queries, and two more where a merge has made ties the same."""
        pieces = apps.get_model("archive", "TieEvidence").objects.prefetch_related(
            Prefetch("article", stories)
        )
        merged = self.model.with_merged.exclude(pk=F("merged_into"))
        return self.prefetch_related(
            Prefetch("evidence", pieces),
            Prefetch("merged_ties", merged.prefetch_related(Prefetch("evidence", pieces))),
        )

    def shown_to_public(self, restricted: RestrictedPlaces | None = None) -> Self:
        """The ties that every reader may know of: what says so is a source elsewhere or a story
        that they may see.

        Its own evidence, or that of a tie which a merge of names has made the same. One query for
        the restricted places where they aren't at hand.
        """
        places = RestrictedPlaces.load() if restricted is None else restricted
        pieces = apps.get_model("archive", "TieEvidence").objects.order_by()
        of_story = Q(article__live=True)
        if places:
            of_story &= ~places.of_stories("article__")
        says_so = pieces.filter(~Q(source_url="") | of_story)
        own = says_so.filter(tie=OuterRef("pk"))
        return self.filter(Exists(own) | Exists(says_so.filter(tie__merged_into=OuterRef("pk"))))

    def of(self, place: Entity) -> Self:
        """The ties that join this place to another."""
        same = _same_as([place.pk])
        return self.filter(Q(place_a__in=same) | Q(place_b__in=same))

    def between(self, one: Entity, two: Entity) -> Self:
        """The ties that join two places, in whichever order they are given."""
        first, second = _same_as([one.pk]), _same_as([two.pk])
        return self.filter(
            Q(place_a__in=first, place_b__in=second) | Q(place_a__in=second, place_b__in=first)
        )

    def among(self, places: Iterable[Entity]) -> Self:
        """The ties of which both places are among these."""
        same = _same_as([one.pk for one in places])
        return self.filter(place_a__in=same, place_b__in=same)

    def joining(self, places: Iterable[int]) -> Any:
        """The keys of both ends, past merges, of the ties of these places."""
        same = _same_as(list(places))
        ties = self.filter(Q(place_a__in=same) | Q(place_b__in=same)).order_by()
        return ties.values_list(canonical_id("place_a"), canonical_id("place_b"))

    def of_place_like(self, words: str) -> Self:
        """The ties of places of which any name contains the words."""
        if not words.strip():
            return self
        found = Entity.with_merged.places().named_like(words)
        same = _same_as(found.values_list(Coalesce("merged_into", "pk")))
        return self.filter(Q(place_a__in=same) | Q(place_b__in=same))

    def in_columns(self, home: str, language: str, sort: str) -> Self:
        """Read from the place in the country of `home`, where one end is there.

        By `sort`: "place" (its region, and its name as the language sorts it), "other" (the
        other place's), "kind", "since" or "-since" (the latest first; undated ties last).
        """
        order = column("sort_key", language)
        countries = {f"{end}_in": canonical_value(end, "country") for end in ("place_a", "place_b")}
        is_turned = Q(place_b_in=home) & ~Q(place_a_in=home) if home else Q(pk=None)
        sides = {}
        for name, suffix in ((order, ""), (column("region", language), "_region")):
            one, two = (canonical_value(end, name) for end in ("place_a", "place_b"))
            sides[f"place{suffix}"] = Case(When(is_turned, then=two), default=one)
            sides[f"other{suffix}"] = Case(When(is_turned, then=one), default=two)
        found = self.alias(**countries).alias(
            **sides, is_undated=Case(When(since="", then=1), default=0)
        )
        firsts = {
            "since": ("is_undated", "since"),
            "-since": ("is_undated", "-since"),
            "place": ("place_region",),
            "other": ("other_region", "other"),
            "kind": ("kind",),
        }
        return found.order_by(*firsts[sort], "place", "other", "kind", "pk")


class DistinctTieManager(models.Manager.from_queryset(TieQuerySet)):  # type: ignore[misc]
    """Ties as everybody meets them: without those that a merge of names made the same."""

    def get_queryset(self) -> TieQuerySet:
        ties: TieQuerySet = super().get_queryset().filter(merged_into=None)
        return ties


def _same_as(places: Any) -> QuerySet:
    return Entity.with_merged.same_as(places).values("pk")
