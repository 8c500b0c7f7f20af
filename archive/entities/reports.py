"""What a bulk load tells its user: counts, what was left to editors, and each row's trouble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from wagtail.log_actions import log

Row = TypeVar("Row")


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
