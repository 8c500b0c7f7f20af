"""Which column of a table of stories is what: guessed from their names, or said in a mapping file.

A mapping file is TOML or JSON:

    body_format = "html"            # or "markdown", "text"; else as each text looks
    date_format = "%d/%m/%Y"        # else as dates are written
    [columns]
    headline = "post_title"
    body = ["lead", "content"]      # several columns, one below the other
    date = "发布日期"

`left_out = ["shelf"]` above `[columns]` names the columns that are no part of a story.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.word_lists import read_lists
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _

BodyFormat = Literal["", "html", "markdown", "text"]

# Labels that name none of a story's fields; words behind the second wait for a person.
OTHER, WAITING = "other", "waiting"
_NAMES = read_lists("labels.txt")
FIELDS = tuple(name for name in _NAMES if name not in (OTHER, WAITING))
_FIELD_OF = {name: one for one, names in _NAMES.items() for name in names}
# The fields of databases' codes: "HD".
CODES = {name: one for name, one in _FIELD_OF.items() if name.isupper()}
_MARKS = re.compile(r"[\W_]+")


def field_of(label: str) -> str:
    """The field that a column's name or a line's label is, OTHER or WAITING; "" for none."""
    return _FIELD_OF.get(_MARKS.sub("", label).casefold(), "")


@dataclass(frozen=True)
class ColumnMapping:
    """`columns` are the columns' names by field (one of FIELDS); several stand one below the other.

    `date_format` is one of strptime; "" for any way in which dates are written. `body_format` ""
    takes each text as it looks. `left_out` are the columns that are no part of a story; what stands
    in others that no field has waits for a person.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body_format: BodyFormat = ""
    date_format: str = ""
    left_out: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> "ColumnMapping":
        """Raises IntakeError for what is no mapping; says which part is wrong."""
        if unknown := sorted(set(said) - {"columns", "body_format", "date_format", "left_out"}):
            raise IntakeError(_("a mapping has no “%(name)s”") % {"name": unknown[0]})
        columns = said.get("columns", {})
        if not isinstance(columns, Mapping) or not columns:
            raise IntakeError(_("a mapping needs “columns”: the name of a column for each field"))
        if wrong := sorted(set(columns) - set(FIELDS)):
            reason = _("a mapping has no field “%(name)s”; the fields are %(names)s")
            raise IntakeError(reason % {"name": wrong[0], "names": joined(FIELDS)})
        body_format = said.get("body_format", "")
        if body_format not in get_args(BodyFormat):
            raise IntakeError(_("body_format is html, markdown or text"))
        chosen = {name: _column_names(value) for name, value in columns.items()}
        left_out = _column_names(said.get("left_out", ()))
        return cls(chosen, body_format, str(said.get("date_format", "")), left_out)

    def to_dict(self) -> dict[str, Any]:
        """What `from_dict` reads, and JSON and TOML can hold."""
        columns = {
            name: names[0] if len(names) == 1 else list(names)
            for name, names in self.columns.items()
        }
        forms = {"body_format": self.body_format, "date_format": self.date_format}
        return {"columns": columns, **forms, "left_out": list(self.left_out)}

    @property
    def names(self) -> set[str]:
        """All columns that it names."""
        return {name for names in self.columns.values() for name in names}

    @property
    def is_enough(self) -> bool:
        """Whether a table with these columns holds stories, and not addresses or prices."""
        return len(self.columns) > 1 and not {"headline", "body"}.isdisjoint(self.columns)


def _column_names(value: Any) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(one, str) for one in names):
        raise IntakeError(_("a column is a name, or a list of names"))
    return tuple(names)


def guess_mapping(names: Iterable[str]) -> ColumnMapping:
    """What columns of these names are, of two for one field the first."""
    found: dict[str, tuple[str, ...]] = {}
    known = {name: field_of(name) for name in names}
    for name, one in known.items():
        if one in FIELDS and one not in found:
            found[one] = (name,)
    return ColumnMapping(found, left_out=tuple(name for name in known if known[name] == OTHER))


def read_mapping(path: Path) -> ColumnMapping:
    """A mapping file. Raises IntakeError, with the file's name."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        return ColumnMapping.from_dict(said)
    except OSError as error:
        reason = _("%(name)s can't be read (%(error)s); check the path")
        raise IntakeError(reason % {"name": path, "error": error.strerror}) from error
    except IntakeError as error:
        raise IntakeError(f"{path}: {error}") from error
    except ValueError as error:
        reason = _("%(name)s is neither TOML nor JSON (%(error)s)")
        raise IntakeError(reason % {"name": path, "error": error}) from error
