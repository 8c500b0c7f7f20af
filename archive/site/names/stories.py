"""The stories of an entity, by role and year, and the entities it appears with.

`stories` and `ties` are those that are shown to the public.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.stories.models import ArticleEntity
from archive.stories.querysets import ArticleQuerySet
from archive.ties.querysets import TieQuerySet

# Of the newest stories alone: a name that is in all of them costs the same as one in a few.
COMPANION_STORIES = 500
COMPANIONS = 12
# So many stories are no longer sorted: those of all names are gone through by date.
MANY = 2000


@dataclass(frozen=True)
class StoryCounts:
    """How many readable stories name an entity, by role and year (0: without a date)."""

    numbers: dict[tuple[str, int], int]

    def total(self, role: str = "", year: int | None = None) -> int:
        return sum(
            number
            for (in_role, in_year), number in self.numbers.items()
            if role in ("", in_role) and year in (None, in_year)
        )

    def roles(self) -> list[tuple[str, str, int]]:
        """Value, label and number of each role that there is."""
        found = ((role, self.total(role.value)) for role in ArticleEntity.Role)
        return [(role.value, str(role.label), number) for role, number in found if number]

    def years(self, role: str = "") -> list[tuple[int, int]]:
        """Year and number, the latest first."""
        years = {year for _role, year in self.numbers if year}
        counts = ((year, self.total(role, year)) for year in sorted(years, reverse=True))
        return [(year, number) for year, number in counts if number]


def story_counts(stories: ArticleQuerySet, entity: Entity) -> StoryCounts:
    rows = (
        stories.tagged_with(entity)
        .order_by()
        .annotate(role=_role(entity), year=ExtractYear("print_date"))
        .values_list("role", "year")
        .annotate(number=Count("pk"))
    )
    return StoryCounts({(role, year or 0): number for role, year, number in rows})


def stories_of(
    stories: ArticleQuerySet, entity: Entity, number: int, role: str = "", year: int | None = None
) -> ArticleQuerySet:
    """Those tagged with the entity, newest first, each with its `tag_role`; about `number`."""
    stories = _tagged(stories, number, entity).annotate(tag_role=_role(entity))
    stories = stories.filter(tag_role=role) if role else stories
    return stories.filter(print_date__year=year) if year else stories


def companions(stories: ArticleQuerySet, entity: Entity, number: int) -> list[tuple[Entity, int]]:
    """Who and what is tagged in the same stories, the most often first: two queries."""
    newest = _tagged(stories, number, entity).values("pk")
    tags = ArticleEntity.objects.filter(page__in=newest[:COMPANION_STORIES]).order_by()
    ranked = (
        tags.annotate(named=canonical_id("entity"))
        .exclude(named=entity.pk)
        .values_list("named", Coalesce("entity__merged_into__key", "entity__key"))
        .annotate(number=Count("page", distinct=True))
        .order_by("-number", Coalesce("entity__merged_into__key", "entity__key"))[:COMPANIONS]
    )
    counts = {pk: number for pk, _key, number in ranked}
    found = Entity.objects.in_bulk(counts)
    return [(found[pk], number) for pk, number in counts.items()]


def naming_both(
    stories: ArticleQuerySet, one: Entity, two: Entity, number: int = 0
) -> ArticleQuerySet:
    """Those tagged with both, newest first; about `number`."""
    return _tagged(stories, number, one, two)


def naming_a_partner(stories: ArticleQuerySet, ties: TieQuerySet, place: Entity) -> ArticleQuerySet:
    """Those tagged with the place and with another that it is tied to."""
    its_ties = ties.of(place).order_by()
    ends = [its_ties.values_list(canonical_id(end)) for end in ("place_a", "place_b")]
    partners = reduce(or_, (Q(pk__in=end) | Q(merged_into__in=end) for end in ends))
    same = Entity.with_merged.filter(partners).exclude(pk=place.pk)
    others = ArticleEntity.objects.filter(
        page=OuterRef("pk"), entity__in=same.exclude(merged_into=place.pk).values("pk")
    )
    return stories.filter(Exists(_tags(place)), Exists(others))


def _tagged(stories: ArticleQuerySet, number: int, *entities: Entity) -> ArticleQuerySet:
    """With few of them, the tags lead to the stories; with many, each story is asked for its tags.

    PostgreSQL knows by itself which is quicker, SQLite doesn't.
    """
    for entity in entities:
        is_tagged = Exists(_tags(entity))
        stories = stories.filter(is_tagged) if number > MANY else stories.tagged_with(entity)
    return stories


def _role(entity: Entity) -> Subquery:
    """As what the story of the outer query names the entity: "about" wins over "mentioned"."""
    return Subquery(_tags(entity).order_by("role").values("role")[:1])


def _tags(entity: Entity) -> QuerySet:
    """The tags of the outer query's story with the entity, or with what was merged into it."""
    same = Entity.with_merged.same_as([entity.pk]).values("pk")
    return ArticleEntity.objects.filter(page=OuterRef("pk"), entity__in=same)
