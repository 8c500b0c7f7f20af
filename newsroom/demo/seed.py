"""Links the seed story's names to their entities, where each first occurs."""

import re
from collections.abc import Mapping
from typing import Any

Raw = dict[str, Any]

_TAGGED = re.compile(r"<a\b.*?</a>|<[^>]+>", re.S)


def link_mentions(body: list[Raw], mentions: Mapping[str, str], ids: Mapping[str, int]) -> list[Raw]:
    """The body with each name linked once; longer names first, never inside another link."""
    linked = [dict(block) for block in body]
    for name in sorted(mentions, key=len, reverse=True):
        for block in linked:
            if block["type"] != "paragraph":
                continue
            text = _link_once(block["value"], name, ids[mentions[name]])
            if text != block["value"]:
                block["value"] = text
                break
    return linked


def _link_once(markup: str, name: str, entity_id: int) -> str:
    """The first occurrence outside tags and links, on word borders."""
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    position = 0
    for piece in [*_TAGGED.finditer(markup), None]:
        end = piece.start() if piece else len(markup)
        match = pattern.search(markup, position, end)
        if match:
            link = f'<a linktype="entity" id="{entity_id}">{name}</a>'
            return markup[: match.start()] + link + markup[match.end() :]
        position = piece.end() if piece else end
    return markup
