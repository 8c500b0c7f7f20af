"""Two people changed one segment: what a row then shows of the other's text."""

import json
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from archive.desk.editor.widgets import input_value
from archive.desk.people import name_of
from archive.desk.saving import version_of
from archive.text import richtext
from archive.text.differences import Difference, differences
from archive.text.segmentation import RICH, SourceSegment


def values_of(segment: Any | None, source: SourceSegment) -> dict[str, Any]:
    """What is stored of a segment, as its row's inputs hold it; for a browser."""
    target = segment.target if segment else ""
    return {
        "target": input_value(target, source),
        "html": richtext.links_as_marks(target) if source.markup == RICH else "",
        "left_out": bool(segment and segment.left_out),
        "joined": bool(segment and segment.joined),
        "note": segment.note if segment else "",
        "version": version_of(segment),
    }


@dataclass(frozen=True)
class Clash:
    """A text that somebody else stored in a segment, beside `mine` (database form)."""

    source: SourceSegment
    stored: Any | None
    mine: str

    @property
    def author(self) -> str:
        user = self.stored.translated_by if self.stored else None
        return name_of(user) if user else _("Unknown user")

    @property
    def theirs(self) -> dict[str, Any]:
        return values_of(self.stored, self.source)

    @property
    def changes(self) -> list[Difference]:
        """From my words to theirs."""
        texts = [self.mine, self.stored.target if self.stored else ""]
        if self.source.markup == RICH:
            texts = [richtext.plain_text(text) for text in texts]
        return differences(*texts)

    def as_html(self) -> str:
        values = {"clash": self, "theirs": json.dumps(self.theirs)}
        return render_to_string("archive/admin/segment_clash.html", values)
