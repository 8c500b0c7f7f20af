"""Finds the translation of each block of a story: by position, never by guessing at words.

Where both texts come from one tree of blocks, they share the blocks' names (groups), and each
group is paired by itself. Otherwise all that isn't a paragraph is a milestone: where both texts
have the same ones in the same order, the paragraphs between two milestones are paired if there are
as many in both, or one in either: then they are translated together. What has no partner is left
over, for a translator to place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from archive.stories.body import TRANSLATABLE
from archive.text.markup.blocks import MarkupBlock
from archive.text.segmentation import SourceSegment, extract

Raw = dict[str, Any]
# The group of the picture above a text.
LEAD = "lead"
# A text may have fewer of these than the other, and its paragraphs still be the same.
_WITHOUT_PICTURES = frozenset({"image", "gallery", "embed"})
_PARAGRAPH = "paragraph"
_LISTS = {"list": "items", "gallery": "pictures"}


# The target blocks that translate a source block: none for one that is translated together with
# the block before; None for one whose translation isn't known.
Partners = tuple[int, ...] | None
_TOGETHER: Partners = ()


@dataclass(frozen=True)
class PairedText:
    """The translated segments by the source's keys, the keys of those that are translated with
    the one before, and the target's segments that belong to none."""

    targets: dict[str, str]
    joined: frozenset[str]
    left_over: list[SourceSegment]


def pair_blocks(source: Sequence[MarkupBlock], target: Sequence[MarkupBlock]) -> list[Partners]:
    """The partners of each source block."""
    found: list[Partners] = [None] * len(source)
    for at, numbers in _pairs(source, target):
        found[at] = numbers
    return found


def _pairs(
    source: Sequence[MarkupBlock], target: Sequence[MarkupBlock]
) -> list[tuple[int, Partners]]:
    shared = {one.group for one in source} & {one.group for one in target} - {""}
    if not shared - {LEAD}:
        return _by_milestone(source, target, frozenset()) or _by_milestone(
            source, target, _WITHOUT_PICTURES
        )
    pairs: list[tuple[int, Partners]] = []
    for group in shared:
        ours, theirs = (
            [at for at, one in enumerate(blocks) if one.group == group]
            for blocks in (source, target)
        )
        mine, other = [source[at].kind for at in ours], [target[at].kind for at in theirs]
        if mine == other:
            pairs += _one_by_one(ours, theirs)
        elif {*mine, *other} == {_PARAGRAPH}:
            pairs += _part(ours, theirs)
    return pairs


def _by_milestone(
    source: Sequence[MarkupBlock], target: Sequence[MarkupBlock], ignored: frozenset[str]
) -> list[tuple[int, Partners]]:
    ours, theirs = (
        [at for at, one in enumerate(blocks) if one.kind not in ignored]
        for blocks in (source, target)
    )
    my_stones = [place for place, at in enumerate(ours) if source[at].kind != _PARAGRAPH]
    other_stones = [place for place, at in enumerate(theirs) if target[at].kind != _PARAGRAPH]
    kinds = [source[ours[place]].kind for place in my_stones]
    if kinds != [target[theirs[place]].kind for place in other_stones]:
        return []
    pairs = _one_by_one([ours[at] for at in my_stones], [theirs[at] for at in other_stones])
    for mine, other in zip(
        pairwise([-1, *my_stones, len(ours)]),
        pairwise([-1, *other_stones, len(theirs)]),
        strict=True,
    ):
        pairs += _part(ours[mine[0] + 1 : mine[1]], theirs[other[0] + 1 : other[1]])
    return pairs


def _one_by_one(ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, Partners]]:
    return [(at, (number,)) for at, number in zip(ours, theirs, strict=True)]


def _part(ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, Partners]]:
    """Paragraphs between the same milestones: as many, or one of them in either text."""
    if len(ours) == len(theirs):
        return _one_by_one(ours, theirs)
    if len(ours) == 1 and theirs:
        return [(ours[0], tuple(theirs))]
    if len(theirs) == 1 and ours and ours[-1] - ours[0] == len(ours) - 1:
        return [(ours[0], (theirs[0],)), *((at, _TOGETHER) for at in ours[1:])]
    return []


def paired_text(
    source: Sequence[Raw], target: Sequence[Raw], partners: Sequence[Partners]
) -> PairedText:
    """Two raw bodies and what `pair_blocks` found: the target's segments under the source's keys.

    A caption that the source doesn't have, or a list's further items, are left over as well.
    """
    known = {segment.key for segment in extract(list(source), TRANSLATABLE)}
    pairs = list(zip(source, partners, strict=True))
    fitted = [
        _fitted([target[number] for number in numbers], block)
        for block, numbers in pairs
        if numbers
    ]
    used = {number for numbers in partners for number in numbers or ()}
    alone = [block for number, block in enumerate(target) if number not in used]
    segments = extract(fitted, TRANSLATABLE)
    return PairedText(
        {one.key: one.text for one in segments if one.key in known},
        frozenset(block["id"] for block, numbers in pairs if numbers == _TOGETHER),
        [one for one in segments if one.key not in known] + extract(alone, TRANSLATABLE),
    )


def _fitted(blocks: Sequence[Raw], source: Raw) -> Raw:
    """The block, or paragraphs as one, under the ids of the source's block and its items."""
    value, name = blocks[0]["value"], _LISTS.get(source["type"])
    if name:
        ids = [item["id"] for item in source["value"][name]]
        items = [
            {**item, "id": ids[number] if number < len(ids) else item["id"]}
            for number, item in enumerate(value[name])
        ]
        value = {**value, name: items}
    elif len(blocks) > 1:
        value = "".join(block["value"] for block in blocks)
    return {**blocks[0], "id": source["id"], "value": value}
