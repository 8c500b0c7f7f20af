"""Which segments of two texts of one story say the same: pure.

Headlines, standfirsts, datelines, and whatever else is known to be the same, meet by their keys;
the parts of pictures and tables by what they are; running text by the aligner, between the subheads
where both texts have as many. What has no counterpart is in no link, or in one with an empty side.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from archive.alignment.aligner import Link, align_texts
from archive.desk.pairs.linked_text import LinkedPieces
from archive.stories.models import ArticlePage
from archive.text.segmentation import SourceSegment

_RUNNING = frozenset({"standfirst", "paragraph", "subhead", "quote", "item", "text"})
_SUBHEAD = "subhead"
# A block's segments by their names in it, each with its place among all segments of its text.
_Part = dict[str, tuple[int, SourceSegment]]


def link_segments(
    source: Sequence[SourceSegment],
    target: Sequence[SourceSegment],
    *,
    names: Sequence[tuple[str, str]] = (),
    known: Collection[str] = ArticlePage.text_fields,
    align: Callable[..., list[Link]] = align_texts,
) -> list[LinkedPieces]:
    """Links by the places of segments, in the source's order. `names` are in both languages.

    Segments with the same key that is `known` belong together, whatever they say. `align` stands
    in for the aligner, as where it runs in another process.
    """
    named = {one.key: at for at, one in enumerate(target) if one.key in known}
    links = [
        LinkedPieces((at,), (named[one.key],)) for at, one in enumerate(source) if one.key in named
    ]
    links += _part_links(source, target, known)
    mine = {at for link in links for at in link.source}
    other = {at for link in links for at in link.target}
    ours, theirs = (
        [at for at, one in enumerate(side) if at not in placed and one.kind in _RUNNING]
        for side, placed in ((source, mine), (target, other))
    )
    for first, second in _stretches(source, target, ours, theirs):
        texts = [
            [side[at].plain_text for at in run] for side, run in ((source, first), (target, second))
        ]
        for link in align(*texts, names=names):
            places = tuple(first[at] for at in link.source), tuple(second[at] for at in link.target)
            links.append(LinkedPieces(*places, is_doubtful=link.is_doubtful))
    return sorted(links, key=lambda link: (link.source or (len(source),), link.target))


def _part_links(
    source: Sequence[SourceSegment], target: Sequence[SourceSegment], known: Collection[str]
) -> Iterator[LinkedPieces]:
    """Pictures, tables and quotations' signatures meet in order, where both texts have as many of
    a kind; else pictures by their captions."""
    for mine, other in _same_parts(_parts(source, known), _parts(target, known)):
        for name, (at, _segment) in mine.items():
            if name in other:
                yield LinkedPieces((at,), (other[name][0],))


def _parts(segments: Iterable[SourceSegment], known: Collection[str]) -> dict[str, list[_Part]]:
    """By kind of block ("caption", "cell", …), the parts of each block by their place in it."""
    blocks: dict[str, _Part] = {}
    for at, one in enumerate(segments):
        block, slash, name = one.key.rpartition("/")
        if slash and one.key not in known and one.kind not in _RUNNING:
            blocks.setdefault(block, {})[name] = (at, one)
    found: dict[str, list[_Part]] = {}
    for parts in blocks.values():
        kinds = {one.kind for _at, one in parts.values()}
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
            yield from (
                pair for pair in pairs if kind == "picture" or pair[0].keys() == pair[1].keys()
            )
        elif kind == "picture":
            links = align_texts([_caption(one) for one in mine], [_caption(one) for one in other])
            for link in links:
                if len(link.source) == len(link.target) == 1 and not link.is_doubtful:
                    yield mine[link.source[0]], other[link.target[0]]


def _caption(part: _Part) -> str:
    return "\n".join(one.plain_text for _at, one in part.values() if one.kind == "caption")


def _stretches(
    source: Sequence[SourceSegment],
    target: Sequence[SourceSegment],
    ours: Sequence[int],
    theirs: Sequence[int],
) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """The running text in pieces that belong together: between subheads, each subhead by itself."""
    stones = [
        [place for place, at in enumerate(run) if side[at].kind == _SUBHEAD]
        for side, run in ((source, ours), (target, theirs))
    ]
    if len(stones[0]) != len(stones[1]):
        yield ours, theirs
        return
    ends = ([-1, *stones[0], len(ours)], [-1, *stones[1], len(theirs)])
    for (mine, my_end), (other, other_end) in zip(
        pairwise(ends[0]), pairwise(ends[1]), strict=True
    ):
        if mine >= 0:
            yield ours[mine : mine + 1], theirs[other : other + 1]
        yield ours[mine + 1 : my_end], theirs[other + 1 : other_end]
