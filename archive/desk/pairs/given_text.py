"""A text that is there already becomes a story's translation: aligned, segment by segment.

Pairs of stories, imports and other sites' stories all go this way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from archive.desk.actions import write_state
from archive.desk.models import Segment, Translation
from archive.desk.pairs.linked_text import (
    LEFT_OVER,
    Filling,
    LaidOut,
    LinkedPieces,
    TargetPiece,
    lay_out,
)
from archive.desk.pairs.segment_links import link_segments
from archive.desk.saving import DraftSegments, SegmentChange
from archive.desk.segments import joinable, source_segments
from archive.entities.models import Entity
from archive.stories.lookup import once
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.text.language import UNSPACED, columns
from archive.text.segmentation import SourceSegment


@dataclass(frozen=True)
class GivenText:
    """The text in its own segments, in reading order.

    `known` are the keys under which the story has the segment that says the same; where the others
    belong is found by their words. `besides` is what the text says outside of its segments;
    `printed` where it was printed by itself, as of `archive.stories.marks.Marks`.
    """

    segments: Sequence[SourceSegment]
    known: frozenset[str] = frozenset(ArticlePage.text_fields)
    besides: Sequence[str] = ()
    printed: Mapping[str, Any] = field(default_factory=dict)


def laid_out_text(
    story: Any, text: GivenText, links: Sequence[LinkedPieces] | None = None
) -> LaidOut:
    """Where the text's pieces belong in the story; `links` if they are known already."""
    sources = source_segments(story)
    if links is None:
        # The names of the whole archive are read only where there is something to find.
        names = [] if text.known.issuperset(one.key for one in text.segments) else names_in_both()
        links = link_segments(sources, text.segments, names=names, known=text.known)
    pieces = [TargetPiece(one.text, one.markup) for one in text.segments]
    blank = "" if story.target_language in UNSPACED else " "
    return lay_out(sources, pieces, links, frozenset(joinable(story)), blank)


def lay_text_as_translation(
    translation: Translation,
    text: GivenText,
    laid_out: LaidOut,
    *,
    user: Any = None,
    confirmed: bool = False,
    origins: Mapping[str, str] | None = None,
) -> Any:
    """Put the text, as `laid_out_text` gave it, in place of all that the draft has: a new version.

    The translation's `article` is the story that it was laid out for. Segments are drafts that
    nobody has seen; with `confirmed` a person stands by those that aren't doubtful. `origins` says,
    by key, whose words they are, if not the aligner's. What fits no segment is kept aside.
    """
    draft = laid_segments(
        translation, text, laid_out, user=user, confirmed=confirmed, origins=origins
    )
    return _new_version(draft, user)


def laid_segments(
    translation: Translation,
    text: GivenText,
    laid_out: LaidOut,
    *,
    user: Any = None,
    confirmed: bool = False,
    origins: Mapping[str, str] | None = None,
) -> DraftSegments:
    """The draft of `lay_text_as_translation`, in memory."""
    translation.segments = []  # type: ignore[misc] # modelcluster sets a list in memory
    translation.printed = dict(text.printed)
    draft = DraftSegments(translation)
    outside: list[TargetPiece] = []
    for key, source in draft.sources.items():
        filling = laid_out.fillings.get(key, Filling())
        change = SegmentChange(
            key,
            filling.target,
            left_out=filling.left_out,
            joined=filling.joined,
            confirmed=confirmed and not filling.is_doubtful,
            origin=(origins or {}).get(key, Segment.Origin.ALIGNED),
            is_doubtful=filling.is_doubtful,
        )
        if draft.take(change, user=user).kind == "refused" and filling.target:
            outside.append(TargetPiece(filling.target, source.markup))
    outside += map(TargetPiece, text.besides)
    places = zip(count(len(text.segments)), outside, strict=False)
    draft.set_aside = left_over_segments({**laid_out.left_over, **dict(places)})
    return draft


def keep_text_aside(draft: Any, text: GivenText, *, user: Any = None) -> Any:
    """Keep all of the text below the draft's segments, which stay as they are: a new version.

    Whoever translates takes from it what they want, or links the two texts.
    """
    segments = DraftSegments(draft)
    pieces = [TargetPiece(one.text, one.markup) for one in text.segments]
    pieces += map(TargetPiece, text.besides)
    places = [left_over_place(one) for one in segments.set_aside]
    first = max((place for place in places if place is not None), default=-1) + 1
    segments.set_aside += left_over_segments(dict(enumerate(pieces, first)))
    return _new_version(segments, user)


def _new_version(segments: DraftSegments, user: Any) -> Any:
    draft = segments.draft
    draft.segments = segments.in_order()
    # Whoever goes on makes a version of their own.
    draft.saved_by_segment = False
    if draft.state == TranslationState.NOT_STARTED:
        write_state(draft, TranslationState.IN_PROGRESS)
    version = draft.save_revision(user=user, clean=False, laid_out=segments.rows)
    segments.follow()
    return version


@once
def names_in_both() -> list[tuple[str, str]]:
    """The archive's names in both languages."""
    one, two = columns("name")
    named = Entity.objects.exclude(**{one: ""}).exclude(**{two: ""})
    return list(named.values_list(one, two))


def left_over_segments(left_over: Mapping[int, TargetPiece]) -> list[Segment]:
    """The pieces that are kept aside, by their place among all pieces."""
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


def left_over_place(segment: Segment) -> int | None:
    """Its place among the pieces that are kept aside; None for another segment."""
    place = segment.key.removeprefix(LEFT_OVER)
    is_one = segment.key.startswith(LEFT_OVER) and place.isascii() and place.isdecimal()
    return int(place) if is_one else None
