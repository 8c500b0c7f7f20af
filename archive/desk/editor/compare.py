"""What two versions of a translation say, segment by segment, for Wagtail's comparison page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.compare import diff_text

from archive.desk.models.segment import kind_label
from archive.text import richtext
from archive.text.segmentation import RICH


class SegmentComparison:
    """One segment in two versions; a version may lack it."""

    is_field = True
    is_child_relation = False

    def __init__(self, key: str, version_a: Any, version_b: Any) -> None:
        self.segments = [_find(version, key) for version in (version_a, version_b)]
        self.texts = [_reads(segment) for segment in self.segments]

    def field_label(self) -> str:
        kind = next((segment.kind for segment in self.segments if segment), "")
        return kind_label(kind)

    def htmldiff(self) -> str:
        return str(diff_text(*self.texts).to_html())

    def has_changed(self) -> bool:
        return self.texts[0] != self.texts[1]


def segment_comparisons(translation: Any) -> list[Callable[[Any, Any], SegmentComparison]]:
    """A comparison for each segment of the newest version, in reading order."""
    newest = translation.get_latest_revision_as_object()
    segments = sorted(newest.segments.all(), key=lambda segment: segment.sort_order)
    return [partial(SegmentComparison, segment.key) for segment in segments]


def _find(version: Any, key: str) -> Any | None:
    return next((segment for segment in version.segments.all() if segment.key == key), None)


def _reads(segment: Any | None) -> str:
    if segment is None:
        return ""
    text = richtext.plain_text(segment.target) if segment.markup == RICH else segment.target
    marks = [_("[left out]")] if segment.left_out else []
    notes = [_("[note: %(note)s]") % {"note": segment.note}] if segment.note else []
    return " ".join(part for part in [text, *marks, *notes] if part)
