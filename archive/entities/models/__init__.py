"""People, organisations, places, events and topics: the archive's termbase.

One row per thing, with its names in both languages, so that tags, glossary, search and
hover cards agree on who is who.
"""

from archive.entities.models.entity import Entity, EntityName, Office
from archive.entities.models.identity import Double, IdentityChange

__all__ = ["Double", "Entity", "EntityName", "IdentityChange", "Office"]
