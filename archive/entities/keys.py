"""Makes the key of a new entry from its name."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from anyascii import anyascii
from django.apps import apps
from django.utils.text import slugify

from archive.text.language import CHINESE, ENGLISH

if TYPE_CHECKING:
    from archive.entities.models import Entity


def suggest(entity: Entity) -> str:
    """A key that no other entity has: "atlantic-city", or "portland-2" when that is taken."""
    name = entity.name_in(ENGLISH) or entity.name_in(CHINESE)
    stem = slugify(anyascii(name))[:70].strip("-") or entity.kind or "entry"
    former = apps.get_model("archive", "FormerKey").objects
    taken = {
        key
        for rows in (type(entity).objects, former)
        for key in rows.filter(key__startswith=stem).values_list("key", flat=True)
    }
    if stem not in taken:
        return stem
    return next(key for n in count(2) if (key := f"{stem}-{n}") not in taken)
