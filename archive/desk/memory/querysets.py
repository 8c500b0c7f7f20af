"""Chainable reads of the memory's units."""

from collections.abc import Sequence
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

    def containing(self, words: Sequence[str], language: str = "") -> Self:
        """With all the words, capitals or not, in one of the texts; newest first."""
        found = Q()
        for one in LANGUAGES:
            if language in ("", one):
                name = f"{column('text', one)}__icontains"
                found |= Q(*((name, word) for word in words))
        return self.filter(found).order_by("-pk")
