"""Finds the rooms that help with a segment, and puts what they have to say in order.

A room has a module `aid.py` with one function, `aid(translation, row, user) -> dict`: the context
of its template `archive/admin/aids/<room>.html`, or {} when there is nothing to show.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Aid = Callable[[Any, Any, Any], dict[str, Any]]

logger = logging.getLogger(__name__)

# In the order of the screen.
ROOMS: Mapping[str, str] = {
    "names": "archive.desk.names.aid",
    "memory": "archive.desk.memory.aid",
    "machine": "archive.desk.machine.aid",
    "findings": "archive.qa.sidebar",
    "reports": "archive.desk.corrections.panels",
    "comments": "archive.desk.comments.aid",
}


@dataclass(frozen=True)
class Section:
    """One room's part of the aids; `html` is "" where the room failed."""

    room: str
    html: SafeString | str


def sections(
    translation: Any, row: Any, user: Any, *, request: HttpRequest | None = None
) -> list[Section]:
    """The parts that have something to show. A room that fails says so, and stops no other."""
    shown = []
    for room, path in ROOMS.items():
        aid = _aid(path)
        if aid is None:
            continue
        html: SafeString | str | None
        try:
            context = aid(translation, row, user)
            html = _render(room, context, translation, row, request) if context else None
        except DatabaseError:
            raise  # Nothing more can be asked of this connection.
        except Exception:
            logger.exception("The desk's aid %s failed at %s", room, row.source.key)
            html = ""
        if html is not None:
            shown.append(Section(room, html))
    return shown


def _aid(path: str) -> Aid | None:
    """The room's function; None where the room isn't there."""
    try:
        if find_spec(path) is None:
            return None
    except ModuleNotFoundError:
        return None
    found: Aid = import_module(path).aid
    return found


def _render(
    room: str, context: dict[str, Any], translation: Any, row: Any, request: HttpRequest | None
) -> SafeString:
    values = {"translation": translation, "row": row, **context}
    return render_to_string(f"archive/admin/aids/{room}.html", values, request=request)
