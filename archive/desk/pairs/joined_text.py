"""A story's text as the translation of another's: aligned, in segments."""

from collections.abc import Sequence
from typing import Any

from archive.alignment.aligner import align_texts
from archive.desk.models import Segment
from archive.desk.pairs.linked_text import (
    LEFT_OVER,
    Filling,
    LaidOut,
    LinkedPieces,
    TargetPiece,
    lay_out,
)
from archive.desk.segments import FIELDS, joinable, source_segments
from archive.entities.glossary.termbase import load_glossary
from archive.stories.body import raw
from archive.text.language import LANGUAGES, UNSPACED
from archive.text.segmentation import SourceSegment

_PICTURES = ("image", "gallery", "embed")


def joined_segments(kept: Any, lost: Any) -> list[Segment]:
    """The kept story's segments with the other's text, aligned; then the pieces left over.

    Both are drafts. All are drafts that nobody has seen, the doubtful ones marked.
    """
    sources, targets = source_segments(kept), source_segments(lost)
    pieces = [TargetPiece(one.text, one.markup) for one in targets]
    links = link_stories(kept, lost, sources, targets)
    blank = "" if lost.source_language in UNSPACED else " "
    return as_segments(sources, lay_out(sources, pieces, links, frozenset(joinable(kept)), blank))


def link_stories(
    kept: Any, lost: Any, sources: Sequence[SourceSegment], targets: Sequence[SourceSegment]
) -> list[LinkedPieces]:
    """Fields by their names, pictures' texts by their pictures, and running text by its words."""
    ours, theirs = _places(kept, sources), _places(lost, targets)
    links = []
    for name in dict.fromkeys([*ours, *theirs]):
        mine, other = ours.get(name, []), theirs.get(name, [])
        if name != "text":
            links.append(LinkedPieces(tuple(mine), tuple(other)))
            continue
        texts = [
            [all_of[at].plain_text for at in side]
            for all_of, side in ((sources, mine), (targets, other))
        ]
        for link in align_texts(*texts, names=_names()):
            links.append(
                LinkedPieces(
                    tuple(mine[at] for at in link.source),
                    tuple(other[at] for at in link.target),
                    is_doubtful=link.is_doubtful or not link.is_pair,
                )
            )
    return sorted(links, key=lambda link: (link.source or (len(sources),), link.target))


def _places(story: Any, segments: Sequence[SourceSegment]) -> dict[str, list[int]]:
    """Places of segments by what they answer to in the other text; "text" for running text."""
    blocks = {block["id"]: block for block in raw(story.source("body"))}
    found: dict[str, list[int]] = {}
    numbers: dict[str, int] = {}
    for place, segment in enumerate(segments):
        block_id, _slash, part = segment.key.partition("/")
        block = blocks.get(block_id)
        if segment.key in FIELDS:
            name = segment.key
        elif block and block["type"] in _PICTURES:
            # The first picture answers to the first one, item by item.
            number = numbers.setdefault(block_id, len(numbers))
            name = f"{block['type']} {number} {part.rpartition('/')[2]} {segment.kind}"
        else:
            name = "text"
        found.setdefault(name, []).append(place)
    return found


def _names() -> list[tuple[str, str]]:
    """The archive's names in both languages."""
    glossary = load_glossary()
    pairs = [tuple(term.canonical(one) for one in LANGUAGES) for term in glossary.terms]
    return [(one, two) for one, two in pairs if one and two]


def as_segments(sources: Sequence[SourceSegment], laid_out: LaidOut) -> list[Segment]:
    """Segments with the words of an aligned text, and those that are kept aside."""
    segments = [
        _segment(source, laid_out.fillings.get(source.key, Filling()), order)
        for order, source in enumerate(sources)
    ]
    return segments + left_over_segments(laid_out.left_over)


def left_over_segments(left_over: dict[int, TargetPiece]) -> list[Segment]:
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


def _segment(source: SourceSegment, filling: Filling, order: int) -> Segment:
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
        is_doubtful=filling.is_doubtful and is_filled,
        sort_order=order,
    )
