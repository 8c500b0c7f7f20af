"""Which piece of a translation goes into which segment of its story: pure.

Headlines, standfirsts, datelines and the parts of pictures and tables meet by what they are;
running text by the aligner, between the subheads where both texts have as many. What has no place
in the story is left over, and nothing is dropped.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archive.alignment.aligner import align_texts
from archive.alignment.links import Link
from archive.text.segmentation import RICH, SourceSegment

Names = Sequence[tuple[str, str]]

_RUNNING = frozenset({"standfirst", "paragraph", "subhead", "quote", "item", "text"})
_SUBHEAD = "subhead"


@dataclass(frozen=True)
class SegmentText:
    """What a segment gets: words; or, without words, that its source is translated together with
    the one before (`joined`), or not at all (`left_out`)."""

    text: str = ""
    joined: bool = False
    left_out: bool = False
    is_doubtful: bool = False


@dataclass
class TranslationLayout:
    """The segments' texts by their keys, and the pieces of the translation without a place."""

    texts: dict[str, SegmentText] = field(default_factory=dict)
    left_over: list[SourceSegment] = field(default_factory=list)

    @property
    def doubtful(self) -> int:
        return sum(one.is_doubtful for one in self.texts.values())


def lay_out(
    source: Sequence[SourceSegment],
    target: Sequence[SourceSegment],
    *,
    joinable: frozenset[str] = frozenset(),
    names: Names = (),
) -> TranslationLayout:
    """Both texts' segments, fields first. `joinable` are keys of the source's paragraphs right
    after another one; `names` are names in both languages."""
    laid_out = TranslationLayout()
    source, target = _paired_fields(source, target, laid_out)
    source, target = _paired_parts(source, target, laid_out)
    ours = [one for one in source if one.kind in _RUNNING]
    theirs = [one for one in target if one.kind in _RUNNING]
    for mine, other in _stretches(ours, theirs):
        links = align_texts(
            [one.plain_text for one in mine], [one.plain_text for one in other], names=names
        )
        for link in links:
            _place(link, mine, other, joinable, laid_out)
    # A picture that only the translation has, a table of another shape.
    laid_out.left_over += [one for one in target if one.kind not in _RUNNING]
    return laid_out


def _paired_fields(
    source: Sequence[SourceSegment], target: Sequence[SourceSegment], laid_out: TranslationLayout
) -> tuple[list[SourceSegment], list[SourceSegment]]:
    """The segments but for the fields that both texts have: those belong together."""
    fields = {one.key: one for one in target if "/" not in one.key and one.key == one.kind}
    both = {one.key for one in source if one.key in fields}
    for one in source:
        if one.key in both:
            laid_out.texts[one.key] = SegmentText(_words([fields[one.key]], one))
    return (
        [one for one in source if one.key not in both],
        [one for one in target if one.key not in both],
    )


def _paired_parts(
    source: Sequence[SourceSegment], target: Sequence[SourceSegment], laid_out: TranslationLayout
) -> tuple[list[SourceSegment], list[SourceSegment]]:
    """The segments but for those of pictures, tables and quotations' signatures that meet: where
    both texts have as many of a kind, in order; else pictures by their captions."""
    placed: set[str] = set()
    for mine, other in _same_parts(_parts(source), _parts(target)):
        for name, one in mine.items():
            if name in other:
                laid_out.texts[one.key] = SegmentText(_words([other[name]], one))
                placed |= {one.key, other[name].key}
    return (
        [one for one in source if one.key not in placed],
        [one for one in target if one.key not in placed],
    )


_Part = dict[str, SourceSegment]


def _parts(segments: Iterable[SourceSegment]) -> dict[str, list[_Part]]:
    """By kind of block ("caption", "cell", …), the parts of each block by their place in it."""
    blocks: dict[str, _Part] = {}
    for one in segments:
        block, slash, name = one.key.rpartition("/")
        if slash and one.kind not in _RUNNING:
            blocks.setdefault(block, {})[name] = one
    found: dict[str, list[_Part]] = {}
    for parts in blocks.values():
        kinds = {one.kind for one in parts.values()}
        is_picture = kinds & {"caption", "credit", "alt_text"}
        found.setdefault("picture" if is_picture else min(kinds), []).append(parts)
    return found


def _same_parts(
    ours: dict[str, list[_Part]], theirs: dict[str, list[_Part]]
) -> Iterator[tuple[_Part, _Part]]:
    for kind, mine in ours.items():
        other = theirs.get(kind, [])
        if len(mine) == len(other):
            pairs = list(zip(mine, other, strict=True))
            yield from (pair for pair in pairs if kind == "picture" or _have_one_shape(*pair))
        elif kind == "picture":
            links = align_texts([_caption(one) for one in mine], [_caption(one) for one in other])
            for link in links:
                if len(link.source) == len(link.target) == 1 and not link.is_doubtful:
                    yield mine[link.source[0]], other[link.target[0]]


def _have_one_shape(mine: _Part, other: _Part) -> bool:
    return mine.keys() == other.keys()


def _caption(part: _Part) -> str:
    return "\n".join(one.plain_text for one in part.values() if one.kind == "caption")


def _stretches(
    source: Sequence[SourceSegment], target: Sequence[SourceSegment]
) -> Iterator[tuple[Sequence[SourceSegment], Sequence[SourceSegment]]]:
    """The running text in pieces that belong together: between subheads, each subhead by itself."""
    stones = [
        [place for place, one in enumerate(side) if one.kind == _SUBHEAD]
        for side in (source, target)
    ]
    if len(stones[0]) != len(stones[1]):
        yield source, target
        return
    ends = ([-1, *stones[0], len(source)], [-1, *stones[1], len(target)])
    for (mine, my_end), (other, other_end) in zip(
        pairwise(ends[0]), pairwise(ends[1]), strict=True
    ):
        if mine >= 0:
            yield source[mine : mine + 1], target[other : other + 1]
        yield source[mine + 1 : my_end], target[other + 1 : other_end]


def _place(
    link: Link,
    source: Sequence[SourceSegment],
    target: Sequence[SourceSegment],
    joinable: frozenset[str],
    laid_out: TranslationLayout,
) -> None:
    mine = [source[place] for place in link.source]
    other = [target[place] for place in link.target]
    if not mine:
        laid_out.left_over += other
    elif not other:
        for one in mine:
            laid_out.texts[one.key] = SegmentText(left_out=True, is_doubtful=link.is_doubtful)
    else:
        first, *more = mine
        # What can't be translated together waits for a person, and so does the rest.
        is_doubtful = link.is_doubtful or any(one.key not in joinable for one in more)
        laid_out.texts[first.key] = SegmentText(_words(other, first), is_doubtful=is_doubtful)
        for one in more:
            if one.key in joinable:
                laid_out.texts[one.key] = SegmentText(joined=True, is_doubtful=is_doubtful)


def _words(target: Sequence[SourceSegment], source: SourceSegment) -> str:
    """The pieces as one text in the source's markup; paragraphs stay paragraphs."""
    if source.markup != RICH:
        return " ".join(one.plain_text for one in target)
    return "".join(
        one.text if one.markup == RICH else f"<p>{html.escape(one.text, quote=False)}</p>"
        for one in target
    )
