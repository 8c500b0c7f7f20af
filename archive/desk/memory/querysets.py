"""Chainable reads of the memory's units."""

from typing import Self

from django.db import models
from django.db.models import Q

from archive.text.language import LANGUAGES, column

# Where a unit comes from.
ARCHIVE = "archive"
TMX = "tmx"


class MemoryUnitQuerySet(models.QuerySet):
    def published_here(self) -> Self:
        return self.filter(provenance=ARCHIVE)

    def from_files(self) -> Self:
        return self.filter(provenance=TMX)

    def containing(self, words: str, language: str = "") -> Self:
        """Units with these words, capitals or not, in one language or either; newest first."""
        names = [column("text", one) for one in LANGUAGES if language in ("", one)]
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": words})
        return self.filter(found).order_by("-pk")
