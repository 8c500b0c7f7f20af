"""Which blocks of a site's two texts are each other's, as far as the site itself says so.

Blocks that come from one piece of the source have its name (their group). Where both texts have the
same kinds of blocks under a name, each is the translation of the one at its place; texts without
names are one piece as a whole. All the rest is left to the archive's aligner.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from archive.stories.body import TRANSLATABLE
from archive.text.markup.blocks import MarkupBlock
from archive.text.segmentation import extract

Raw = dict[str, Any]
# The group of the picture above a text.
LEAD = "lead"
_LISTS = {"list": "items", "gallery": "pictures"}


def pair_blocks(source: Sequence[MarkupBlock], target: Sequence[MarkupBlock]) -> dict[int, int]:
    """By the target's blocks, those of the source; both by their numbers."""
    ours, theirs = _by_group(source), _by_group(target)
    found: dict[int, int] = {}
    for group in ours.keys() & theirs.keys():
        mine, other = ours[group], theirs[group]
        if [source[at].kind for at in mine] == [target[at].kind for at in other]:
            found.update(zip(other, mine, strict=True))
    return found


def _by_group(blocks: Sequence[MarkupBlock]) -> dict[str, list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        groups[block.group].append(at)
    return groups


def paired_text(
    source: Sequence[Raw], target: Sequence[Raw], pairs: dict[int, int]
) -> tuple[list[Raw], frozenset[str]]:
    """The target's raw blocks, those of pairs under the ids of the source's blocks and items; and
    the keys of the segments that both texts therefore have."""
    fitted = [
        _fitted(block, source[pairs[at]]) if at in pairs else block
        for at, block in enumerate(target)
    ]
    ours = extract([source[at] for at in pairs.values()], TRANSLATABLE)
    theirs = extract([fitted[at] for at in pairs], TRANSLATABLE)
    return fitted, frozenset({one.key for one in ours} & {one.key for one in theirs})


def _fitted(block: Raw, source: Raw) -> Raw:
    value, name = block["value"], _LISTS.get(source["type"])
    if name:
        ids = [item["id"] for item in source["value"][name]]
        items = [
            {**item, "id": ids[number] if number < len(ids) else item["id"]}
            for number, item in enumerate(value[name])
        ]
        value = {**value, name: items}
    return {**block, "id": source["id"], "value": value}
