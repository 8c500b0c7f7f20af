"""Loading files again without undoing an editor's work, and what a load tells its user.

Each loaded row keeps, by field, a digest of the value that the loader last wrote. As long as a
field still holds that value, a new load may change it. Once an editor has changed, added or
removed something, the digests differ and the field is the editor's for good; setting it back
to the loaded value hands it over again. A field that was never loaded is filled only while it
is empty.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from wagtail.log_actions import log

Row = TypeVar("Row")

Value = str | float | int | bool | None


@dataclass
class Merge:
    """What a load may write, what it must leave alone, and the digests as they are after it."""

    changes: dict[str, Value] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        return bool(self.changes or self.dropped)


def digest(value: Value) -> str:
    """Forms send other line ends, and None for "": the digest doesn't see them."""
    if isinstance(value, str):
        value = value.replace("\r", "").strip()
    elif value is None or value is False:
        value = ""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def merge(
    current: Mapping[str, Value],
    incoming: Mapping[str, Value],
    loaded: Mapping[str, str],
    lists: tuple[str, ...] = (),
) -> Merge:
    """Three-way: what is stored, what the file says, and the digests of what was last loaded.
    A key that is missing from `current` is a row that isn't there (any more). `lists` are the
    prefixes of keys that the file lists in full: one of them that was loaded and is no longer
    in the file goes, if nobody touched it. Other keys that the file leaves out stay."""
    result = Merge(digests=dict(loaded))
    for key, value in incoming.items():
        now = digest(current.get(key))
        if now == digest(value):
            result.digests[key] = now
        elif now == loaded.get(key, digest(None)):
            result.changes[key] = value
            result.digests[key] = digest(value)
        else:
            result.kept.append(key)
    for key in loaded.keys() - incoming.keys():
        if key.startswith(lists):
            del result.digests[key]
            if key in current and digest(current[key]) == loaded[key]:
                result.dropped.append(key)
    return result


@dataclass(frozen=True)
class RowError:
    """What is wrong in a file, and the way out; `line` 1 is the header."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return ": ".join(filter(None, (where, self.field, self.message)))


@dataclass
class Parsed(Generic[Row]):
    """What a file gave: good rows and errors, in the file's order."""

    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """A value of the file that wasn't written, because an editor's stands there."""

    file: str
    line: int
    key: str
    field: str
    stored: str = ""
    offered: str = ""
    # A sentence, where the field alone doesn't say why.
    reason: str = ""

    def __str__(self) -> str:
        parts = (f"{self.file}:{self.line}", self.key, self.field, self.reason)
        return ": ".join(parts if self.reason else parts[:3])


@dataclass(frozen=True)
class ChangedValue:
    """A value of the file that was written; `field` is its heading, "" for a whole new entry."""

    line: int
    key: str
    field: str
    before: str
    after: str


@dataclass
class LoadReport:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[Kept] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    changes: list[ChangedValue] = field(default_factory=list)
    # Who is behind it, for the audit log; None for a command.
    user: Any = None

    def add_errors(self, errors: list[RowError]) -> None:
        """Add what the file's reading minded, in the order of the lines."""
        self.errors = sorted([*errors, *self.errors], key=lambda error: error.line)

    def count(self, instance: Model, *, is_new: bool, changed: bool) -> None:
        """Counts a row that went in, and writes it into the audit log."""
        if is_new:
            log(instance, "wagtail.create", user=self.user)
            self.created += 1
        elif changed:
            log(instance, "wagtail.edit", user=self.user)
            self.updated += 1
        else:
            self.unchanged += 1


def row_errors(
    error: ValidationError, file: str, line: int, headings: Mapping[str, str]
) -> list[RowError]:
    """A model's complaints as errors of a file's row; `headings` names its columns."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [
        RowError(file, line, "" if name == NON_FIELD_ERRORS else headings.get(name, name), message)
        for name, messages in by_field.items()
        for message in messages
    ]
