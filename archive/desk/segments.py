"""Aligns a translation's segments with the source text as it stands now."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.html import escape

from archive.stories.body import TRANSLATABLE, raw
from archive.text import richtext
from archive.text.differences import Difference, differences
from archive.text.language import length
from archive.text.segmentation import PLAIN, RICH, SourceSegment, extract

# The article's own fields, in reading order; the body follows.
FIELDS = ("headline", "standfirst", "dateline")


@dataclass(frozen=True)
class Row:
    """A source segment and what the translation has for it: `segment`, or None for nothing."""

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
    def joined(self) -> bool:
        """Translated together with the segment before."""
        return bool(self.segment and self.segment.joined)

    @property
    def is_machine_draft(self) -> bool:
        """A machine's words that nobody has looked at: they don't count as a translation.

        Nor do those that a file calls unfinished.
        """
        segment = self.segment
        return bool(
            segment
            and segment.target
            and segment.origin in (segment.Origin.MACHINE, segment.Origin.FILE)
            and segment.state == segment.State.INITIAL
        )

    @property
    def is_done(self) -> bool:
        words = bool(self.target) and not self.is_machine_draft
        return words or self.left_out or self.joined

    @property
    def is_stale(self) -> bool:
        """The source's words changed since this segment was translated."""
        if self.segment is None or not self.is_done:
            return False
        return self.segment.source_digest != self.source.digest

    @property
    def state(self) -> str:
        """What the desk says of it: "empty", "machine", "stale", "joined", "left-out" or "done"."""
        if self.is_stale:
            return "stale"
        if self.joined:
            return "joined"
        if self.left_out:
            return "left-out"
        if self.is_machine_draft:
            return "machine"
        return "done" if self.target else "empty"

    @property
    def changes(self) -> list[Difference]:
        """From the source text that was translated to the one that stands there now."""
        texts = [self.segment.source_text if self.segment else "", self.source.text]
        if self.source.markup == RICH:
            texts = [richtext.plain_text(text) for text in texts]
        return differences(*texts)


def source_segments(article: Any) -> list[SourceSegment]:
    """The source language's published text, cut into segments in reading order."""
    fields = [
        SourceSegment(name, name, text, PLAIN)
        for name in FIELDS
        if (text := (article.source(name) or "").strip())
    ]
    return fields + extract(raw(article.source("body")), TRANSLATABLE)


class Alignment(NamedTuple):
    """A row for each source segment in reading order, and segments whose source is gone."""

    rows: list[Row]
    set_aside: list[Any]


def align_segments(translation: Any) -> Alignment:
    """What the translation has for each segment of its story, both as they are in memory.

    This reads and compares both texts as a whole: work it out once, and hand it on.
    """
    segments = list(translation.segments.all())
    sources = source_segments(translation.article)
    found = _pair(sources, segments)
    used = {id(segment) for segment in found.values()}
    set_aside = [s for s in segments if id(s) not in used and (_is_decided(s) or s.note)]
    return Alignment(
        [Row(source, _fitted(found.get(source.key), source)) for source in sources], set_aside
    )


def _fitted(segment: Any | None, source: SourceSegment) -> Any | None:
    """The segment in its source's markup: a subhead may have become a paragraph of the same words.

    Plain text must never be read as HTML, nor HTML be shown as text.
    """
    if segment is None or segment.markup == source.markup:
        return segment
    fitted = copy(segment)
    if fitted.target and source.markup == RICH:
        fitted.target = f"<p>{escape(fitted.target)}</p>"
    elif fitted.target:
        fitted.target = richtext.plain_text(fitted.target)
    fitted.markup, fitted.kind = source.markup, source.kind
    return fitted


def joinable(article: Any) -> set[str]:
    """Keys of the paragraphs that stand right after another one: they may be translated with it.

    No picture, subhead or quote is between the two, so readers of the translation miss nothing.
    """
    blocks = raw(article.source("body"))
    return {
        block["id"]
        for before, block in pairwise(blocks)
        if before["type"] == block["type"] == "paragraph"
        and not any(richtext.is_blank(one["value"]) for one in (before, block))
    }


def _pair(sources: list[SourceSegment], segments: list[Any]) -> dict[str, Any]:
    """The segment of each source key that has one.

    Words count before keys: a block that was made anew, or a cell of a table that gained a row,
    has another key and still the same text.
    """
    decided = [segment for segment in segments if _is_decided(segment)]
    found: dict[str, Any] = {}
    used: set[int] = set()
    for candidates, of_segment, of_source in (
        (decided, lambda s: (s.key, s.source_digest), lambda s: (s.key, s.digest)),
        (decided, lambda s: s.source_digest, lambda s: s.digest),
        (segments, lambda s: s.key, lambda s: s.key),
    ):
        waiting = defaultdict(list)
        for segment in candidates:
            if id(segment) not in used:
                waiting[of_segment(segment)].append(segment)
        for source in sources:
            if source.key not in found and waiting[of_source(source)]:
                found[source.key] = waiting[of_source(source)].pop(0)
                used.add(id(found[source.key]))
    return found


def _is_decided(segment: Any) -> bool:
    return bool(segment.target or segment.left_out or segment.joined)


def rows(translation: Any) -> list[Row]:
    """A row for each source segment, in reading order: see `align_segments`."""
    return align_segments(translation).rows


def progress_of(rows: list[Row], language: str) -> dict[str, int]:
    """How far a translation is, as its row keeps it; `language` is the source's."""
    return {
        "segment_count": len(rows),
        "done_count": sum(row.is_done for row in rows),
        "source_size": source_size(rows, language),
    }


def source_size(rows: list[Row], language: str) -> int:
    """How long the source is: words in English, characters in Chinese, as translators are paid."""
    texts = (
        richtext.plain_text(row.source.text) if row.source.markup == RICH else row.source.text
        for row in rows
    )
    return sum(length(text, language) for text in texts)


def untranslated(translation: Any) -> list[Row]:
    """The rows that still need a text or a decision to leave them out."""
    return [row for row in rows(translation) if not row.is_done]
