"""Aligns a translation's segments with the source as it stands; composes the target from them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.html import escape

from archive.desk.pairs.linked_text import LEFT_OVER
from archive.desk.rearranged import rearranged
from archive.stories.body import TRANSLATABLE, raw
from archive.stories.marks import Marks, block_of
from archive.text import richtext, segmentation
from archive.text.differences import Difference, differences
from archive.text.language import UNSPACED, column, length
from archive.text.segmentation import PLAIN, RICH, SourceSegment, compose, extract, plain_text


@dataclass(frozen=True)
class Row:
    """A source segment and what the translation has for it: `segment`, or None for nothing.

    `before` is the key of the source segment right before this one.
    """

    source: SourceSegment
    segment: Any | None
    before: str = ""

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
        return bool(self.segment and self.segment.joined) and not self.is_parted

    @property
    def is_parted(self) -> bool:
        """The segment that it was translated together with isn't the one before any more."""
        if self.segment is None or not self.segment.joined:
            return False
        return self.segment.joined_to not in ("", self.before)

    @property
    def is_by_machine(self) -> bool:
        return bool(self.segment and self.segment.origin == self.segment.Origin.MACHINE)

    @property
    def is_unseen(self) -> bool:
        return bool(self.segment and self.segment.is_unseen)

    @property
    def is_decided(self) -> bool:
        """Whether readers may get it: a person's words, draft or not, or a person's decision."""
        is_filled = bool(self.segment and self.segment.is_filled and not self.is_unseen)
        return is_filled and (not self.is_parted or self.left_out or bool(self.target))

    @property
    def is_done(self) -> bool:
        """Confirmed or reviewed, for the source as it stands."""
        return self.is_decided and not self.is_draft and not self.is_stale

    @property
    def is_draft(self) -> bool:
        """Filled, by whomever, and nobody has confirmed it."""
        return bool(self.segment and self.segment.is_filled and self.segment.state == "draft")

    @property
    def is_reviewed(self) -> bool:
        """A second person stands by it, too."""
        return bool(self.is_done and self.segment and self.segment.state == "reviewed")

    @property
    def is_stale(self) -> bool:
        """The source changed since this segment was translated, by whomever: its words, or which
        paragraph is before one that is translated together with it."""
        if self.segment is None or not self.segment.is_filled:
            return False
        return self.is_parted or self.segment.source_digest != self.source.digest

    @property
    def state(self) -> str:
        """What the desk says of it: "empty", "draft", "confirmed" or "reviewed", and what matters
        more: "stale", "check", "aligned", "file", "machine", "memory", "repetition",
        "joined" or "left-out"."""
        if self.segment is None or not self.segment.is_filled:
            return "empty"
        if self.is_stale:
            return "stale"
        if self.is_unseen:
            origin = self.segment.origin
            if self.segment.is_pair_to_check:
                return "check"
            if origin in self.segment.OF_MEMORY and origin != self.segment.Origin.REPETITION:
                return "memory"
            return "draft" if origin == self.segment.Origin.HUMAN else str(origin)
        if self.joined and not self.target:
            return "joined"
        if self.left_out:
            return "left-out"
        return str(self.segment.state)

    @property
    def translated_text(self) -> str:
        """The source text that the translation was made from; "" if that isn't known."""
        segment = self.segment
        if segment and segment.source_digest == self.source.digest:
            return self.source.plain_text
        return self._former_text if segment and not self.is_typed_over else ""

    @property
    def is_typed_over(self) -> bool:
        """Whether the words were typed where a correction of their source stood beside them."""
        segment = self.segment
        return segment is not None and segment.source_digest == between(_digest_in(segment))

    @property
    def _former_text(self) -> str:
        segment = self.segment
        known = (_digest_in(segment), between(_digest_in(segment))) if segment else ()
        is_known = segment is not None and segment.source_digest in known
        return plain_text(segment.source_text, segment.markup) if segment and is_known else ""

    @property
    def outdated_source(self) -> str:
        """The former source text of the words that somebody stood by, where a draft for the source
        as it stands has taken their place; "" for all others."""
        former = self.segment.former if self.segment and self.is_draft and not self.is_stale else {}
        if not former or former["source_digest"] == self.source.digest:
            return ""
        return plain_text(former["source_text"], self.source.markup)

    @property
    def changes(self) -> list[Difference]:
        """From the source text that was translated to the one that stands there now; no word is
        marked where the former one isn't known."""
        now = self.source.plain_text
        former = self.outdated_source or self.translated_text or self._former_text
        return differences(former or now, now)


def _digest_in(segment: Any) -> str:
    return segmentation.digest(segment.source_text, segment.markup)


def between(former: str) -> str:
    """In place of a source's digest: words that were typed while this former source and another one
    were both on the screen translate the one or the other, and nobody has said which."""
    return segmentation.digest(former)


def source_segments(article: Any) -> list[SourceSegment]:
    """The source language's published text, cut into segments in reading order."""
    texts = {name: (article.source(name) or "").strip() for name in article.text_fields}
    fields = [SourceSegment(name, name, text, PLAIN) for name, text in texts.items() if text]
    return fields + extract(raw(article.source("body")), TRANSLATABLE)


def version_of_source(sources: Iterable[SourceSegment]) -> str:
    """Another one whenever a segment is added, removed, moved or has other words."""
    parts = "\x1f".join(f"{one.key}\x1e{one.digest}" for one in sources)
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class JoinedRows:
    """Rows that are translated together; readers get their text in the first one's place."""

    rows: tuple[Row, ...]

    @property
    def head(self) -> Row:
        return self.rows[0]

    def text(self, rows: Iterable[Row], language: str) -> str:
        """The words that `rows` of it have, as one paragraph in `language`."""
        space = "" if language in UNSPACED else " "
        words = (row.target for row in rows if row.target and not row.left_out)
        return reduce(lambda text, more: richtext.run_on(text, more, space), words, "")

    def target(self, language: str) -> str:
        """The words that readers get."""
        return self.text((row for row in self.rows if row.is_decided), language)


def joined_rows(rows: Iterable[Row]) -> list[JoinedRows]:
    """The rows in their order, each joined one with the paragraph before it."""
    found: list[JoinedRows] = []
    for row in rows:
        kinds = {row.source.kind, found[-1].head.source.kind} if found else set()
        if row.joined and kinds == {"paragraph"}:
            found[-1] = JoinedRows((*found[-1].rows, row))
        else:
            found.append(JoinedRows((row,)))
    return found


class Alignment(NamedTuple):
    """A row for each source segment in reading order, and segments whose source is gone."""

    rows: list[Row]
    set_aside: list[Any]


def align_segments(translation: Any) -> Alignment:
    """What the translation has for each segment of its story: slow, so hand the result on."""
    segments = list(translation.segments.all())
    sources = source_segments(translation.article)
    found = _pair(sources, segments)
    used = {id(segment) for segment in found.values()}
    set_aside = [s for s in segments if id(s) not in used and (s.is_filled or s.note)]
    followed, keys = _rejoined(found), ["", *(source.key for source in sources)]
    laid_out = [
        Row(source, _fitted(followed.get(source.key), source), before)
        for before, source in zip(keys, sources, strict=False)
    ]
    return Alignment(laid_out, set_aside)


def _rejoined(found: dict[str, Any]) -> dict[str, Any]:
    """The segments, each joined one to where the segment that it was joined to stands now.

    One whose place another segment has taken is joined to none: to itself.
    """
    places = {segment.key: key for key, segment in found.items()}
    followed = {}
    for key, segment in found.items():
        partner = segment.joined_to
        place = places.get(partner, key if partner in found else partner)
        if place != partner:
            segment = copy(segment)
            segment.joined_to = place
        followed[key] = segment
    return followed


def _fitted(segment: Any | None, source: SourceSegment) -> Any | None:
    """In its source's markup: a subhead may have become a paragraph of the same words."""
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
    """Keys of the paragraphs right after another one: they may be translated together with it."""
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
    decided = [segment for segment in segments if segment.is_filled]
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


def rows(translation: Any) -> list[Row]:
    """A row for each source segment, in reading order: see `align_segments`."""
    return align_segments(translation).rows


def counts_of(rows: Sequence[Row]) -> dict[str, int]:
    """How many rows are how far; done ones, drafts, stale ones and empty ones are all of them.

    A draft whose source changed is stale; what was reviewed is done, too.
    """
    return {
        "total": len(rows),
        "done": sum(row.is_done for row in rows),
        "drafts": sum(row.is_draft and not row.is_stale for row in rows),
        "reviewed": sum(row.is_reviewed for row in rows),
        "omitted": sum(row.left_out for row in rows),
        "stale": sum(row.is_stale for row in rows),
    }


def progress_of(rows: Sequence[Row], language: str) -> dict[str, int]:
    """How far a translation is, by the names of its columns; `language` is the source's."""
    # Words in English, characters in Chinese: as translators are paid.
    size = sum(length(row.source.plain_text, language) for row in rows)
    counts = counts_of(rows)
    return {
        "segment_count": counts["total"],
        "draft_count": counts["drafts"],
        "done_count": counts["done"],
        "reviewed_count": counts["reviewed"],
        "source_size": size,
    }


def target_values(translation: Any, rows: list[Row]) -> dict[str, Any]:
    """The article's target columns: {"headline_zh_hans": "…", …, "body_zh_hans": StreamValue}."""
    article = translation.article
    # Blank means left out: readers see that the text is abridged, never the wrong language.
    language = translation.language
    targets = {one.head.source.key: one.target(language) or None for one in joined_rows(rows)}
    values: dict[str, Any] = {
        column(name, language): targets.get(name) or "" for name in article.text_fields
    }
    body = compose(raw(article.source("body")), TRANSLATABLE, targets)
    field = article._meta.get_field(column("body", language))
    values[field.name] = field.to_python(body)
    return values


def has_words(row: Row) -> bool:
    """Whether readers get words of this row's own, in a place of its own."""
    return bool(row.target) and row.is_decided and not (row.left_out or row.joined)


def blank_values(translation: Any) -> dict[str, Any]:
    """The target columns of a translation that isn't published."""
    article = translation.article
    names = [column(name, translation.language) for name in article.translated_fields]
    return {name: article._meta.get_field(name).get_default() for name in names}


def is_abridged(rows: list[Row]) -> bool:
    """Whether readers miss a segment of the source."""
    return any(not (has_words(row) or (row.joined and row.is_decided)) for row in rows)


def marks_of(alignment: Alignment, body: Any) -> Marks:
    """What readers see marked in the version that they have; `body` is its StreamValue."""
    rows, set_aside = alignment

    def keys(wanted: Iterable[Row]) -> frozenset[str]:
        return frozenset(row.source.key for row in wanted)

    published = {block.get("id") for block in body.raw_data}
    moved = rearranged(rows, set_aside)
    merged = {block_of(old): block_of(new) for old, new in moved.merged.items()}
    return Marks(
        left_out=keys(row for row in rows if row.left_out and row.is_decided and not row.joined),
        joined=keys(row for row in rows if row.joined and row.is_decided)
        | {key for key in moved.split if key == block_of(key)},
        machine=keys(row for row in rows if has_words(row) and row.is_by_machine),
        stale=keys(row for row in rows if row.is_decided and row.is_stale)
        | frozenset(moved.merged.values()),
        missing=keys(row for row in rows if _is_missing(row)) - moved.split,
        gone=_gone_parts(alignment, body) - moved.merged.keys(),
        unused=frozenset(s.key for s in set_aside if s.target and s.key.startswith(LEFT_OVER)),
        blocks=_blocks_made_anew(rows, published),
        merged={old: new for old, new in merged.items() if old != new and old in published},
    )


def _is_missing(row: Row) -> bool:
    """Whether readers look in vain for a part of a block, one that they would see."""
    is_part = row.source.key != block_of(row.source.key)
    return is_part and not row.is_decided and row.source.kind != "alt_text"


def _gone_parts(alignment: Alignment, body: Any) -> frozenset[str]:
    """Parts of the published text, as items and cells, that a block of the source has lost."""
    lost = {one.key for one in alignment.set_aside if one.key != block_of(one.key)}
    if not lost:
        return frozenset()
    blocks = {block_of(row.source.key) for row in alignment.rows}
    published = {segment.key for segment in extract(raw(body), TRANSLATABLE)}
    return frozenset(key for key in lost & published if block_of(key) in blocks)


def _blocks_made_anew(rows: list[Row], published: set[str | None]) -> dict[str, str]:
    """A paragraph that was cut out and pasted has another id, and still its translation."""
    pairs = {
        block_of(row.source.key): block_of(row.segment.key)
        for row in rows
        if row.segment and row.segment.key != row.source.key
    }
    return {new: old for new, old in pairs.items() if new not in published and old in published}


def is_out_of_step(translation: Any, rows: list[Row]) -> bool:
    """Whether blocks or pictures changed since publication: that leaves no words to mark."""
    article = translation.article
    name = column("body", translation.language)
    return raw(target_values(translation, rows)[name]) != raw(getattr(article, name))


def compose_onto(article: Any, translation: Any) -> None:
    """For a preview: the draft translation's text on the article in memory."""
    alignment = align_segments(translation)
    for name, value in target_values(translation, alignment.rows).items():
        setattr(article, name, value)
    headline = column("headline", translation.language)
    if not getattr(article, headline):
        # Readers get no translation without a headline; whoever is at work on one does.
        setattr(article, headline, article.source("headline"))
    article.translation_is_abridged = is_abridged(alignment.rows)
    body = getattr(article, column("body", translation.language))
    printed = translation.printed or article.translation_print
    marks = replace(marks_of(alignment, body), printed=printed)
    article.translation_marks = marks.as_json()
