"""Reads over the entities: by word, by kind, in reading order."""

from typing import Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

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

    def untranslated(self, *languages: str) -> Self:
        """Entities that lack a name in one of the languages; of both unless told otherwise."""
        missing = Q()
        for language in languages or LANGUAGES:
            name = column("name", language)
            missing |= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
        return self.filter(missing)

    def used(self) -> Self:
        """Entities that a story, a text, a tie, an office or a byline names."""
        return self.filter(Exists(self._references()))

    def orphans(self) -> Self:
        """Entities that nothing names: no story, text, tie, office or byline."""
        return self.exclude(Exists(self._references()))

    def _references(self) -> models.QuerySet:
        """What names the entity of the outer query; Wagtail's index keeps keys as text."""
        return ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(self.model),
            to_object_id=Cast(OuterRef("pk"), models.CharField()),
        )

    def in_reading_order(self, language: str) -> Self:
        """A to Z by English name, or by the pinyin of the Chinese name."""
        return self.order_by(column("sort_key", language), "key")
