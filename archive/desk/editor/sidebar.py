"""What stands beside the segment that a translator works on; each room brings its own section.

A section is made by a function `(translation, row, user) -> dict`: the context of its template
`archive/admin/aids/<name>.html`, or {} when there is nothing to show.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.desk.comments import comments_aid
from archive.desk.corrections.panels import aid as reports_aid
from archive.desk.editor.name_hints import names_aid
from archive.desk.machinery.drafts import machine_aid
from archive.desk.memory.suggestions import memory_aid
from archive.desk.qa.sidebar import aid as findings_aid

Aid = Callable[[Any, Any, Any], dict[str, Any]]

logger = logging.getLogger(__name__)

# In the order of the screen.
SECTIONS: Mapping[str, Aid] = {
    "names": names_aid,
    "memory": memory_aid,
    "machine": machine_aid,
    "findings": findings_aid,
    "reports": reports_aid,
    "comments": comments_aid,
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
    for room, aid in SECTIONS.items():
        try:
            if context := aid(translation, row, user):
                values = {"translation": translation, "row": row, **context}
                html = render_to_string(f"archive/admin/aids/{room}.html", values, request=request)
                shown.append(Section(room, html))
        except DatabaseError:
            raise  # Nothing more can be asked of this connection.
        except Exception:
            logger.exception("The sidebar's section %s failed at %s", room, row.source.key)
            shown.append(Section(room, ""))
    return shown
