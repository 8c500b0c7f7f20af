"""People, organisations, places, events and topics: the archive's termbase.

One row per thing, with its names in both languages, so that tags, glossary, search and
hover cards agree on who is who.
"""

from archive.entities.models.entity import Entity
from archive.entities.models.identity import Double, FormerKey, IdentityChange
from archive.entities.models.name import EntityName
from archive.entities.models.office import Office

__all__ = ["Double", "Entity", "EntityName", "FormerKey", "IdentityChange", "Office"]
