"""What apps around the archive know of pictures: told below them, and in their form.

An app registers it by the hook `register_archive_picture_notes`.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.utils.functional import Promise

from archive.registry import registered

# Translated when it is printed: a picture is kept for readers of both languages.
Note = str | Promise


class PictureNotes(ABC):
    """One kind of note."""

    @abstractmethod
    def of(self, images: Collection[Any]) -> dict[int, Note]:
        """By the pictures' ids, in one query for all; pictures without a note are left out."""


def notes_on(images: Collection[Any]) -> dict[int, list[Note]]:
    """All notes on these pictures, in the order of the hooks."""
    found: dict[int, list[Note]] = defaultdict(list)
    for kind in registered("picture_notes", PictureNotes):
        for pk, note in kind.of(images).items():
            found[pk].append(note)
    return found
