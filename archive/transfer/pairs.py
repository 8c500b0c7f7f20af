"""Finds the translation of each block of a story: by position, never by guessing at words.

Where both texts come from one tree of blocks, they share the blocks' names (groups), and each
group is paired by itself. Otherwise all that isn't a paragraph is a milestone: where both texts
have the same ones in the same order, the paragraphs between two milestones are paired if there are
as many in both. What has no partner is left over, for a translator to place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from archive.intake.markup import MarkupBlock
from archive.stories.body import TRANSLATABLE
from archive.text.segmentation import SourceSegment, extract

Raw = dict[str, Any]
# The group of the picture above a text.
LEAD = "lead"
# A text may have fewer of these than the other, and its paragraphs still be the same.
_WITHOUT_PICTURES = frozenset({"image", "gallery", "embed"})
_LISTS = {"list": "items", "gallery": "pictures"}


@dataclass(frozen=True)
class PairedText:
    """The translated segments by the source's keys, and those that belong to none."""

    targets: dict[str, str]
    left_over: list[SourceSegment]


def pair_blocks(source: Sequence[MarkupBlock], target: Sequence[MarkupBlock]) -> list[int | None]:
    """For each source block, the number of the target's block that translates it, or None."""
    found: list[int | None] = [None] * len(source)
    for at, number in _pairs(source, target):
        found[at] = number
    return found


def _pairs(source: Sequence[MarkupBlock], target: Sequence[MarkupBlock]) -> list[tuple[int, int]]:
    shared = {one.group for one in source} & {one.group for one in target} - {""}
    if not shared - {LEAD}:
        return _by_milestone(source, target, frozenset()) or _by_milestone(
            source, target, _WITHOUT_PICTURES
        )
    pairs: list[tuple[int, int]] = []
    for group in shared:
        ours, theirs = (
            [at for at, one in enumerate(blocks) if one.group == group]
            for blocks in (source, target)
        )
        if [source[at].kind for at in ours] == [target[at].kind for at in theirs]:
            pairs += zip(ours, theirs, strict=True)
    return pairs


def _by_milestone(
    source: Sequence[MarkupBlock], target: Sequence[MarkupBlock], ignored: frozenset[str]
) -> list[tuple[int, int]]:
    ours, theirs = (
        [(at, one.kind) for at, one in enumerate(blocks) if one.kind not in ignored]
        for blocks in (source, target)
    )
    my_stones, other_stones = (
        [place for place, (_at, kind) in enumerate(blocks) if kind != "paragraph"]
        for blocks in (ours, theirs)
    )
    if [ours[at][1] for at in my_stones] != [theirs[at][1] for at in other_stones]:
        return []
    pairs = list(zip(my_stones, other_stones, strict=True))
    for mine, other in zip(
        pairwise([-1, *my_stones, len(ours)]),
        pairwise([-1, *other_stones, len(theirs)]),
        strict=True,
    ):
        if mine[1] - mine[0] == other[1] - other[0]:
            pairs += zip(range(mine[0] + 1, mine[1]), range(other[0] + 1, other[1]), strict=True)
    return [(ours[one][0], theirs[two][0]) for one, two in pairs]


def paired_text(
    source: Sequence[Raw], target: Sequence[Raw], numbers: Sequence[int | None]
) -> PairedText:
    """Two raw bodies and what `pair_blocks` found: the target's segments under the source's keys.

    A caption that the source doesn't have, or a list's further items, are left over as well.
    """
    known = {segment.key for segment in extract(list(source), TRANSLATABLE)}
    fitted = [
        _fitted(target[number], block)
        for block, number in zip(source, numbers, strict=True)
        if number is not None
    ]
    used = {number for number in numbers if number is not None}
    alone = [block for number, block in enumerate(target) if number not in used]
    segments = extract(fitted, TRANSLATABLE)
    return PairedText(
        {one.key: one.text for one in segments if one.key in known},
        [one for one in segments if one.key not in known] + extract(alone, TRANSLATABLE),
    )


def _fitted(block: Raw, source: Raw) -> Raw:
    """The block under the ids of the source's block and its items."""
    value, name = block["value"], _LISTS.get(block["type"])
    if name and source["type"] == block["type"]:
        ids = [item["id"] for item in source["value"][name]]
        items = [
            {**item, "id": ids[number] if number < len(ids) else item["id"]}
            for number, item in enumerate(value[name])
        ]
        value = {**value, name: items}
    return {**block, "id": source["id"], "value": value}
