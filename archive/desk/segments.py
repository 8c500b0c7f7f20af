"""Lays a translation's segments beside the source text as it stands now."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from archive.pages.blocks import TRANSLATABLE
from archive.pages.body import raw
from archive.text.segmentation import PLAIN, SourceSegment, extract

# The article's own fields, in reading order; the body follows.
FIELDS = ("headline", "standfirst", "dateline")


@dataclass(frozen=True)
class Row:
    """A source segment and what the translation has for it; `segment` is None where it has nothing."""

    source: SourceSegment
    segment: Any | None

    @property
    def target(self) -> str:
        return self.segment.target if self.segment else ""

    @property
    def left_out(self) -> bool:
        return bool(self.segment and self.segment.left_out)

    @property
    def note(self) -> str:
        return self.segment.note if self.segment else ""

    @property
    def is_done(self) -> bool:
        return bool(self.target) or self.left_out

    @property
    def is_stale(self) -> bool:
        """The source's words changed since this segment was translated."""
        if self.segment is None or not self.is_done:
            return False
        return self.segment.source_digest != self.source.digest


def source_segments(article: Any) -> list[SourceSegment]:
    """The source language's published text, cut into segments in reading order."""
    fields = [
        SourceSegment(name, name, text, PLAIN)
        for name in FIELDS
        if (text := (article.source(name) or "").strip())
    ]
    return fields + extract(raw(article.source("body")), TRANSLATABLE)


def lay_out(translation: Any) -> tuple[list[Row], list[Any]]:
    """A row for each source segment, and the segments set aside: those whose source is gone.

    A segment whose block was made anew is found by its words.
    """
    segments = list(translation.segments.all())
    sources = source_segments(translation.article)
    keys = {source.key for source in sources}
    by_key = {segment.key: segment for segment in segments}
    spare: dict[str, list[Any]] = defaultdict(list)
    for segment in segments:
        if segment.key not in keys and _is_decided(segment):
            spare[segment.source_digest].append(segment)
    rows = []
    for source in sources:
        segment = by_key.get(source.key)
        if not _is_decided(segment) and spare[source.digest]:
            segment = spare[source.digest].pop(0)
        rows.append(Row(source, segment))
    used = {id(row.segment) for row in rows}
    return rows, [s for s in segments if id(s) not in used and (_is_decided(s) or s.note)]


def _is_decided(segment: Any | None) -> bool:
    return segment is not None and bool(segment.target or segment.left_out)


def rows(translation: Any) -> list[Row]:
    """A row for each source segment, in reading order: see `lay_out`."""
    return lay_out(translation)[0]


def untranslated(translation: Any) -> list[Row]:
    """The rows that still need a text or a decision to leave them out."""
    return [row for row in rows(translation) if not row.is_done]
