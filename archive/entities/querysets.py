"""Reads over the entities: by word, by kind, in reading order, and past merges."""

from collections.abc import Collection
from typing import Any, Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Cast, Coalesce
from wagtail.models import ReferenceIndex

from archive.base_page import Page
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, column
from archive.text.scripts import HAN_RUN
from archive.visibility import RestrictedPlaces

# Of a headline, in characters, as much as its slug can hold; and of a name.
LONGEST_NAMED, LONGEST_HAN_NAME = 40, 8


def canonical_id(path: str) -> Coalesce:
    """An expression: the id of the name that a foreign key leads to, past a merge.
    `values_list(canonical_id("entity"))` counts a merged name under the one that is kept."""
    return Coalesce(F(f"{path}__merged_into"), F(path))


def canonical_key(path: str) -> Coalesce:
    """An expression like `canonical_id`, for the key of the name."""
    return Coalesce(F(f"{path}__merged_into__key"), F(f"{path}__key"))


def canonical_value(path: str, name: str) -> Case:
    """An expression like `canonical_id`, for any column of the name, which may be empty or null."""
    merged = When(**{f"{path}__merged_into__isnull": False}, then=f"{path}__merged_into__{name}")
    return Case(merged, default=f"{path}__{name}")


class EntityQuerySet(models.QuerySet):
    model: Any

    def same_as(self, entities: Collection[Any]) -> Self:
        """The names of these ids (or of a queryset's) and all that were merged into them. Ask it of
        `Entity.with_merged`."""
        return self.filter(Q(pk__in=entities) | Q(merged_into__in=entities))

    def resolve(self, ids: Collection[int]) -> dict[int, Any]:
        """By id the name that it stands for now: one query. Ask it of `Entity.with_merged`."""
        rows: dict[int, Any] = self.select_related("merged_into").in_bulk(ids) if ids else {}
        return {pk: entity.canonical for pk, entity in rows.items()}

    def shown_to_public(self, restricted: RestrictedPlaces | None = None) -> Self:
        """The names that every reader may know of: not those that only drafts name, or stories
        that are kept from some readers. Nothing but a column where no page is restricted; one
        query for the places where they aren't at hand."""
        named = self.filter(is_published=True)
        places = RestrictedPlaces.load() if restricted is None else restricted
        if not places:
            return named
        return named.exclude(Q(pk__in=_named_in(places)) & ~_is_told_of(places))

    def places(self) -> Self:
        return self.filter(kind="place")

    def people(self) -> Self:
        return self.filter(kind="person")

    def named_like(self, words: str) -> Self:
        """Entities whose key, name in either language, or alias contains the words. A plain
        substring: search engines cut Chinese into pieces in which a name of two characters is
        easily lost, and an editor's list is short enough to be read through."""
        words = words.strip()
        if not words:
            return self
        names = Q(key__icontains=words)
        for language in LANGUAGES:
            names |= Q(**{f"{column('name', language)}__icontains": words})
        aliases = apps.get_model("archive", "EntityName").objects.filter(text__icontains=words)
        return self.filter(names | Q(pk__in=aliases.values("entity_id")))

    def english_names_in(self, text: str) -> dict[str, str]:
        """By Chinese name that stands in the text, in any form, what it is called in English.

        A name of several things that English calls differently is left out. No query for a text
        without Chinese, else two.
        """
        parts = {
            text[start:end]
            for start in range(min(len(text), LONGEST_NAMED))
            for end in range(start + 2, min(start + LONGEST_HAN_NAME, len(text)) + 1)
            if HAN_RUN.fullmatch(text, start, end)
        }
        if not parts or not {CHINESE, ENGLISH} <= {*LANGUAGES}:
            return {}
        zh, en = column("name", CHINESE), column("name", ENGLISH)
        rows = list(self.filter(**{f"{zh}__in": parts}).values_list(zh, en))
        forms = apps.get_model("archive", "EntityName").objects.filter(text__in=parts)
        rows += forms.filter(entity__in=self.order_by()).values_list("text", f"entity__{en}")
        found: dict[str, set[str]] = {}
        for name, english in rows:
            found.setdefault(name, set()).add(english or "")
        return {name: min(known) for name, known in found.items() if len(known) == 1 and min(known)}

    def untranslated(self, *languages: str) -> Self:
        """Entities that lack a name in one of the languages; of both unless told otherwise."""
        missing = Q()
        for language in languages or LANGUAGES:
            name = column("name", language)
            missing |= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
        return self.filter(missing)

    def used(self) -> Self:
        """Entities that a story, a text, a tie, an office or a byline names."""
        return self.filter(self._is_used())

    def orphans(self) -> Self:
        """Entities that nothing names: no story, text, tie, office or byline."""
        return self.exclude(self._is_used())

    def _is_used(self) -> Q:
        """What a merged name is used for counts as a use of the one that is kept."""
        named = Exists(
            ReferenceIndex.objects.filter(
                to_content_type=ContentType.objects.get_for_model(self.model),
                # Wagtail's index keeps keys as text.
                to_object_id=Cast(OuterRef("pk"), models.CharField()),
            )
        )
        merged = self.model.with_merged.filter(named, merged_into=OuterRef("pk"))
        return Q(named) | Q(Exists(merged.order_by()))

    def with_usage_count(self) -> Self:
        """Each with its `usage_count`: references to it and to what was merged into it."""
        own = ReferenceIndex.usage_count_subquery(self.model)
        merged = self.model.with_merged.filter(merged_into=OuterRef("pk")).order_by()
        counted = merged.annotate(uses=own).values("merged_into").annotate(total=Sum("uses"))
        return self.annotate(
            usage_count=Coalesce(own, 0) + Coalesce(Subquery(counted.values("total")), 0)
        )

    def in_reading_order(self, language: str) -> Self:
        """A to Z by English name, or by the pinyin of the Chinese name."""
        return self.order_by(column("sort_key", language), "key")


def _named_in(places: RestrictedPlaces) -> models.QuerySet:
    """The names, past merges, that stories of these places are tagged with, that stand in their
    bylines, or that are tied by what they say."""
    kept = places.of_stories("page__")
    tags = apps.get_model("archive", "ArticleEntity").objects.filter(kept).order_by()
    bylines = apps.get_model("archive", "ArticleByline").objects.filter(kept, place__isnull=False)
    pieces = apps.get_model("archive", "TieEvidence").objects.order_by()
    pieces = pieces.filter(places.of_stories("article__"))
    named = [
        tags.values_list(canonical_id("entity")),
        bylines.order_by().values_list(canonical_id("place")),
        *(pieces.values_list(canonical_id(f"tie__{end}")) for end in ("place_a", "place_b")),
    ]
    return named[0].union(*named[1:])


def _is_told_of(places: RestrictedPlaces) -> Q:
    """Whether something that every reader may see names the outer query's name: a story's tags,
    byline or text, or a tie."""
    kept, story = places.of_stories("page__"), apps.get_model("archive", "ArticlePage")
    found = Q()
    for model, path in (("ArticleEntity", "entity"), ("ArticleByline", "place")):
        rows = apps.get_model("archive", model).objects.filter(page__live=True).exclude(kept)
        for name in (path, f"{path}__merged_into"):
            found |= Q(Exists(rows.order_by().filter(**{name: OuterRef("pk")})))
    ties = apps.get_model("archive", "Tie").objects.shown_to_public(places).order_by()
    for end in ("place_a", "place_b"):
        for name in (end, f"{end}__merged_into"):
            found |= Q(Exists(ties.filter(**{name: OuterRef("pk")})))
    types = ContentType.objects.get_for_models(Page, apps.get_model("archive", "Entity"))
    of_pages, of_names = types.values()
    # Wagtail's index keeps keys as text.
    linked = ReferenceIndex.objects.filter(
        base_content_type=of_pages,
        to_content_type=of_names,
        to_object_id=Cast(OuterRef("pk"), models.CharField()),
    ).annotate(page=Cast("object_id", models.BigIntegerField()))
    public = story.objects.order_by().shown_to_public(places).filter(pk=OuterRef("page"))
    return found | Q(Exists(linked.filter(Exists(public))))


class CanonicalManager(models.Manager.from_queryset(EntityQuerySet)):  # type: ignore[misc]
    """Names as everybody meets them: without those that were merged into another."""

    def get_queryset(self) -> EntityQuerySet:
        names: EntityQuerySet = super().get_queryset().filter(merged_into=None)
        return names
