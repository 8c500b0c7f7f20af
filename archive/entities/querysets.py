"""Reads over the entities: by word, by kind, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from archive.text.language import LANGUAGES, column

if TYPE_CHECKING:
    from archive.entities.models import Entity


class EntityQuerySet(models.QuerySet["Entity"]):
    def places(self) -> EntityQuerySet:
        return self.filter(kind="place")

    def people(self) -> EntityQuerySet:
        return self.filter(kind="person")

    def named_like(self, words: str) -> EntityQuerySet:
        """Entities whose key, name in either language, or alias contains the words.

        A plain substring: search engines cut Chinese into pieces in which a name of two
        characters is easily lost, and an editor's list is short enough to be read through.
        """
        words = words.strip()
        if not words:
            return self
        names = Q(key__icontains=words)
        for language in LANGUAGES:
            names |= Q(**{f"{column('name', language)}__icontains": words})
        aliases = self.model.names.rel.related_model.objects.filter(text__icontains=words)
        return self.filter(names | Q(pk__in=aliases.values("entity_id")))

    def untranslated(self) -> EntityQuerySet:
        """Entities that lack a name in one of the languages."""
        missing = Q()
        for language in LANGUAGES:
            name = column("name", language)
            missing |= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
        return self.filter(missing)

    def in_reading_order(self, language: str) -> EntityQuerySet:
        """A to Z by English name, or by the pinyin of the Chinese name."""
        return self.order_by(column("sort_key", language), "key")
