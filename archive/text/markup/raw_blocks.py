"""Blocks of HTML in the raw form of a body: [{"type", "value", "id"}, …]."""

import re
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from archive.text.markup.blocks import MarkupBlock
from archive.text.segmentation import Raw

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMESPACE = uuid.UUID("5d0d7a52-6d0e-4b3c-9c55-0f6a8a1f8f10")


def identified(blocks: Sequence[MarkupBlock], key: str) -> list[Raw]:
    """The blocks in raw form. Their ids follow from `key` and their place: the same each time.

    The first block of a group whose name is a UUID keeps that as its id.
    """
    found: list[Raw] = []
    counts: Counter[str] = Counter()
    for block in blocks:
        number = counts[block.group]
        counts[block.group] += 1
        is_first = not number and _UUID.fullmatch(block.group)
        id_ = block.group if is_first else _id_of(key, block.group, number)
        found.append({"type": block.kind, "value": _with_item_ids(block, id_), "id": id_})
    return found


def _with_item_ids(block: MarkupBlock, id_: str) -> Any:
    name = {"list": "items", "gallery": "pictures"}.get(block.kind)
    if name is None:
        return block.value
    items = [
        {"type": "item", "value": value, "id": _id_of(id_, "", number)}
        for number, value in enumerate(block.value[name])
    ]
    return {**block.value, name: items}


def _id_of(*parts: object) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, parts))))
