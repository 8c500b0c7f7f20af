"""What stands beside the segment that a translator works on; each room brings its own section.

Apps around the archive bring theirs by `register_archive_desk_section`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.desk.comments import comments_section
from archive.desk.editor.hints import names_section
from archive.desk.findings import findings_section
from archive.desk.memory.suggestions import memory_section
from archive.registry import registered

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DeskSection:
    """A part of the sidebar: `context(translation, row, user)` gives what its template shows, or {}
    where there is nothing. The template also has the first two. Lower `order` stands higher."""

    name: str
    order: int
    template: str
    context: Callable[[Any, Any, Any], dict[str, Any]]


SECTIONS = tuple(
    DeskSection(name, order, f"archive/admin/sidebar/{name}.html", context)
    for order, name, context in (
        (100, "memory", memory_section),
        (200, "findings", findings_section),
        (300, "names", names_section),
        (700, "comments", comments_section),
    )
)


@dataclass(frozen=True)
class Section:
    """One part as it is shown; `html` is "" where it failed."""

    name: str
    html: SafeString | str


def every_section() -> list[DeskSection]:
    """In the order of the screen."""
    found = [*SECTIONS, *registered("desk_section", DeskSection)]
    return sorted(found, key=lambda section: (section.order, section.name))


def sections(
    translation: Any, row: Any, user: Any, *, request: HttpRequest | None = None
) -> list[Section]:
    """The parts that have something to show. One that fails says so, and stops no other."""
    shown = []
    for section in every_section():
        try:
            if context := section.context(translation, row, user):
                values = {"translation": translation, "row": row, **context}
                html = render_to_string(section.template, values, request=request)
                shown.append(Section(section.name, html))
        except DatabaseError:
            raise  # Nothing more can be asked of this connection.
        except Exception:
            logger.exception("The sidebar's section %s failed at %s", section.name, row.source.key)
            shown.append(Section(section.name, ""))
    return shown
