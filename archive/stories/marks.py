"""How far a translation is, and what readers must know of it: kept on the story's row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_MAPS = ("blocks", "merged", "printed")


@dataclass(frozen=True)
class Marks:
    """Keys of segments (see `archive.text.segmentation`), by what is to be said of them.

    `left_out`: on purpose; `joined`: translated together with the segment before; `machine`: a
    machine's words that a translator has let stand; `stale`: the original was changed since.
    `missing`, `gone`: parts of a block that the original has got, or lost, since; `unused`: what
    the translation's own print has, and the original has no place for.
    `blocks` maps blocks of the source that were made anew to those that hold their translation;
    `merged` maps the translation's blocks whose words the original has in another one by now.
    `printed` says where the text was printed that is the translation here, if it was printed by
    itself: publication, edition, section, date, page, authors, rights, source_url; where a file
    says so also `publication_key`, `section_key` and `author_keys` of what the archive has.
    """

    left_out: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()
    machine: frozenset[str] = frozenset()
    stale: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()
    blocks: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        keys: dict[str, Any] = {
            part.name: frozenset(stored.get(part.name, ()))
            for part in fields(cls)
            if part.name not in _MAPS
        }
        maps: dict[str, Any] = {name: dict(stored.get(name, {})) for name in _MAPS}
        return cls(**keys, **maps)

    def as_json(self) -> dict[str, Any]:
        """Only what there is to say: {} of a whole translation that is up to date."""
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        return {
            name: dict(value) if name in _MAPS else sorted(value)
            for name, value in values.items()
            if value
        }


def block_of(key: str) -> str:
    """The id of the block that a segment's key leads to."""
    return key.partition("/")[0]


def blocks_of(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(block_of(key) for key in keys)


class TranslationState(models.TextChoices):
    NOT_STARTED = "not_started", pgettext_lazy("a translation", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("a translation", "In progress")
    IN_REVIEW = "in_review", _("In review")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    SOURCE_CHANGED = "source_changed", _("Source changed")
