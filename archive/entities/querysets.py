"""Reads over the entities: by word, by kind, in reading order."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from archive.text.language import LANGUAGES, column


class EntityQuerySet(models.QuerySet):
    def places(self) -> Self:
        return self.filter(kind="place")

    def people(self) -> Self:
        return self.filter(kind="person")

    def named_like(self, words: str) -> Self:
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
        aliases = apps.get_model("archive", "EntityName").objects.filter(text__icontains=words)
        return self.filter(names | Q(pk__in=aliases.values("entity_id")))

    def untranslated(self) -> Self:
        """Entities that lack a name in one of the languages."""
        missing = Q()
        for language in LANGUAGES:
            name = column("name", language)
            missing |= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
        return self.filter(missing)

    def in_reading_order(self, language: str) -> Self:
        """A to Z by English name, or by the pinyin of the Chinese name."""
        return self.order_by(column("sort_key", language), "key")
