"""What stands beside the segment that a translator works on; each room brings its own section.

A section is made by a function `(translation, row, user) -> dict`: the context of its template
`archive/admin/sidebar/<name>.html`, or {} when there is nothing to show.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.desk.comments import comments_section
from archive.desk.corrections.panels import reports_section
from archive.desk.editor.name_hints import names_section
from archive.desk.findings import findings_section
from archive.desk.machinery.drafts import machine_section
from archive.desk.memory.suggestions import memory_section
from archive.desk.quality.shown import quality_section
from archive.desk.statistics.times import time_section

logger = logging.getLogger(__name__)

# In the order of the screen.
SECTIONS: Mapping[str, Callable[[Any, Any, Any], dict[str, Any]]] = {
    "findings": findings_section,
    "names": names_section,
    "memory": memory_section,
    "machine": machine_section,
    "reports": reports_section,
    "quality": quality_section,
    "comments": comments_section,
    "time": time_section,
}


@dataclass(frozen=True)
class Section:
    """One room's part of the sidebar; `html` is "" where the room failed."""

    room: str
    html: SafeString | str


def sections(
    translation: Any, row: Any, user: Any, *, request: HttpRequest | None = None
) -> list[Section]:
    """The parts that have something to show. A room that fails says so, and stops no other."""
    shown = []
    for room, section in SECTIONS.items():
        try:
            if context := section(translation, row, user):
                values = {"translation": translation, "row": row, **context}
                template = f"archive/admin/sidebar/{room}.html"
                shown.append(Section(room, render_to_string(template, values, request=request)))
        except DatabaseError:
            raise  # Nothing more can be asked of this connection.
        except Exception:
            logger.exception("The sidebar's section %s failed at %s", room, row.source.key)
            shown.append(Section(room, ""))
    return shown
