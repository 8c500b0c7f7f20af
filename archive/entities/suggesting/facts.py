"""The glossary, richer: with what tells names apart that several entities have. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from archive.entities.glossary import Glossary
from archive.entities.periods import Period


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """A dated office; `titles` by language, `place` the entity's id or None."""

    titles: dict[str, str]
    place: int | None
    since: str = ""
    until: str = ""
    as_of: str = ""

    def is_held_on(self, day: date) -> bool:
        """Whether the office is known to have been held on that day."""
        return day in Period.known(since=self.since, until=self.until, as_of=self.as_of)


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a place lies (`regions`: the province's or state's name by language), who is who."""

    place_type: str = ""
    regions: dict[str, str] = field(default_factory=dict)
    offices: tuple[OfficeFact, ...] = ()


NOTHING_KNOWN = Facts()


@dataclass(frozen=True)
class Gazetteer(Glossary):
    """Terms with what else is known of them, by entity id."""

    facts: Mapping[int, Facts] = field(default_factory=dict)

    def of_entity(self, entity_id: int) -> Facts:
        return self.facts.get(entity_id, NOTHING_KNOWN)
