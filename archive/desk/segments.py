"""Lays a translation's segments beside the source text as it stands now."""

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
        return self.is_done and self.segment.source_digest != self.source.digest


def source_segments(article: Any) -> list[SourceSegment]:
    """The source language's published text, cut into segments in reading order."""
    fields = [
        SourceSegment(name, name, text, PLAIN)
        for name in FIELDS
        if (text := (article.source(name) or "").strip())
    ]
    return fields + extract(raw(article.source("body")), TRANSLATABLE)


def rows(translation: Any) -> list[Row]:
    """A row for each source segment; a segment whose block was made anew is found by its words."""
    sources = source_segments(translation.article)
    by_key = {segment.key: segment for segment in translation.segments.all()}
    keys = {source.key for source in sources}
    spare = {
        segment.source_digest: segment
        for key, segment in by_key.items()
        if key not in keys and (segment.target or segment.left_out)
    }
    return [
        Row(source, by_key.get(source.key) or spare.pop(source.digest, None)) for source in sources
    ]


def set_aside(translation: Any) -> list[Any]:
    """Translated segments whose source is gone: kept, in case it returns."""
    used = {id(row.segment) for row in rows(translation)}
    return [s for s in translation.segments.all() if s.target and id(s) not in used]


def untranslated(translation: Any) -> list[Row]:
    """The rows that still need a text or a decision to leave them out."""
    return [row for row in rows(translation) if not row.is_done]
