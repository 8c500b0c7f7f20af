"""What apps around the archive add to the translator's screen, by `register_archive_desk_tool`.

What helps with one segment is a section of the sidebar: `archive.desk.editor.sidebar`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive.desk.reviews import Review

if TYPE_CHECKING:
    from archive.desk.editor.shortcuts import Shortcut


@dataclass(frozen=True)
class RowMark:
    """A number beside each row that has one: `counts`, by the segment's key.

    `choice` narrows the list to those rows. An answer to a script with `{"marks": {name: counts}}`
    changes the numbers on the screen.
    """

    name: str
    label: str
    choice: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class ToolParts:
    """HTML above the rows and below the sidebar, numbers in the rows, and what the tool's scripts
    must know: `data-…` of the desk."""

    above: str = ""
    below: str = ""
    marks: tuple[RowMark, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)


class DeskTool(ABC):
    """`scripts` and `styles` are paths of static files, `shortcuts` commands with their keys.

    A script pushes a function `(root, {saver, selection, current})` to `ArchiveDesk.tools`. It
    returns the `commands` by name, each called with the row, and `follow(row)`, if it has them.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    shortcuts: "tuple[Shortcut, ...]" = ()

    @abstractmethod
    def parts_for(self, user: Any, translation: Any, review: Review | None) -> ToolParts:
        """What this person gets of it on this translation's screen."""
