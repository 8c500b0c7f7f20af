"""A story's text as the translation of another's: aligned, in segments."""

from collections.abc import Mapping, Sequence
from typing import Any

from archive.desk.models import Segment
from archive.desk.pairs.linked_text import LEFT_OVER, Filling, LaidOut, TargetPiece, lay_out
from archive.desk.pairs.segment_links import link_segments
from archive.desk.segments import joinable, source_segments
from archive.entities.models import Entity
from archive.text.language import UNSPACED, columns
from archive.text.segmentation import SourceSegment


def joined_segments(kept: Any, lost: Any) -> list[Segment]:
    """The kept story's segments with the other's text, aligned; then the pieces left over.

    Both are drafts. All are drafts that nobody has seen, the doubtful ones marked.
    """
    sources, targets = source_segments(kept), source_segments(lost)
    return as_segments(sources, laid_out_text(kept, sources, targets))


def laid_out_text(
    story: Any, sources: Sequence[SourceSegment], targets: Sequence[SourceSegment]
) -> LaidOut:
    """Another text's segments as the translation of the story's."""
    links = link_segments(sources, targets, names=names_in_both())
    pieces = [TargetPiece(one.text, one.markup) for one in targets]
    blank = "" if story.target_language in UNSPACED else " "
    return lay_out(sources, pieces, links, frozenset(joinable(story)), blank)


def names_in_both() -> list[tuple[str, str]]:
    """The archive's names in both languages."""
    one, two = columns("name")
    named = Entity.objects.exclude(**{one: ""}).exclude(**{two: ""})
    return list(named.values_list(one, two))


def as_segments(sources: Sequence[SourceSegment], laid_out: LaidOut) -> list[Segment]:
    """Segments with the words of an aligned text, and those that are kept aside."""
    segments = [
        segment_of(source, laid_out.fillings.get(source.key, Filling()), order)
        for order, source in enumerate(sources)
    ]
    return segments + left_over_segments(laid_out.left_over)


def left_over_segments(left_over: Mapping[int, TargetPiece]) -> list[Segment]:
    return [
        Segment(
            key=f"{LEFT_OVER}{place}",
            kind="orphan",
            markup=piece.markup,
            target=piece.text,
            origin=Segment.Origin.ALIGNED,
            state=Segment.State.DRAFT,
            sort_order=10_000 + place,
        )
        for place, piece in left_over.items()
    ]


def segment_of(source: SourceSegment, filling: Filling, order: int) -> Segment:
    """A segment with what it is to hold: a draft, or empty."""
    is_filled = filling.is_filled
    return Segment(
        key=source.key,
        kind=source.kind,
        markup=source.markup,
        target=filling.target,
        joined=filling.joined,
        left_out=filling.left_out,
        source_text=source.text,
        source_digest=source.digest,
        state=Segment.State.DRAFT if is_filled else Segment.State.EMPTY,
        origin=Segment.Origin.ALIGNED if is_filled else Segment.Origin.HUMAN,
        suggested=Segment.Origin.ALIGNED if is_filled else "",
        is_doubtful=filling.is_doubtful and is_filled,
        sort_order=order,
    )
