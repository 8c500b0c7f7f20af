"""A story's body in raw form ([{"type", "value", "id"}, …]), and the blocks that it keeps.

Translations hang on a block's id. So a block whose words are those of an older block takes its
id and, with it, whatever an editor did to the block: mark-up, the picture chosen for a caption.
"""

import html
import re
import uuid
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from archive.intake.markup import MarkupBlock
from archive.intake.records import ParsedArticle
from archive.text.richtext import plain_text

Raw = dict[str, Any]

# How much of a block's words must stay for it to count as the same block, reworded.
_REWORDED = 0.6
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMESPACE = uuid.UUID("5d0d7a52-6d0e-4b3c-9c55-0f6a8a1f8f10")


def compose(article: ParsedArticle) -> list[Raw]:
    """The parsed body, each caption as a picture block whose picture is still missing."""
    if (ready := article.raw_body()) is not None:
        return ready
    blocks: list[Raw] = []
    captions = list(article.captions)
    for number in range(len(article.blocks) + 1):
        while captions and captions[0].after <= number:
            caption = captions.pop(0)
            picture = {"image": None, "caption": caption.text, "alt_text": ""}
            blocks.append(_raw("image", {**picture, "credit": caption.credit}))
        if number < len(article.blocks):
            block = article.blocks[number]
            paragraph = block.type == "paragraph"
            value = f"<p>{html.escape(block.text, quote=False)}</p>" if paragraph else block.text
            blocks.append(_raw(block.type, value))
    return blocks


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


def carry_over(old: list[Raw], new: list[Raw]) -> list[Raw]:
    """The new blocks, with the ids (and unchanged values) of the old ones that they continue."""
    left: dict[tuple[str, str], list[Raw]] = {}
    for block in old:
        left.setdefault(words(block), []).append(block)
    kept: dict[int, Raw] = {}
    for at, block in enumerate(new):
        if same := left.get(words(block)):
            kept[at] = _continued(same.pop(0), block, reworded=False)
    others = [block for blocks in left.values() for block in blocks]
    for at, block in enumerate(new):
        if at not in kept and (like := _most_alike(others, block)):
            others.remove(like)
            kept[at] = _continued(like, block, reworded=True)
    return [kept.get(at, block) for at, block in enumerate(new)]


def words(block: Raw) -> tuple[str, str]:
    """A block's type and its words as a reader sees them, white space folded."""
    value = block["value"]
    if block["type"] == "image":
        text = (value or {}).get("caption") or ""
    else:
        text = plain_text(value) if isinstance(value, str) else repr(value)
    return block["type"], " ".join(text.split())


def _raw(kind: str, value: Any) -> Raw:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _most_alike(blocks: list[Raw], block: Raw) -> Raw | None:
    kind, text = words(block)
    matcher = SequenceMatcher(None, b=text, autojunk=False)
    best, most = None, _REWORDED
    for other in blocks:
        if other["type"] != kind:
            continue
        matcher.set_seq1(words(other)[1])
        # The quick ratios are upper bounds that spare the slow one.
        if matcher.real_quick_ratio() >= most and matcher.quick_ratio() >= most:
            ratio = matcher.ratio()
            best, most = (other, ratio) if ratio >= most else (best, most)
    return best


def _continued(old: Raw, new: Raw, *, reworded: bool) -> Raw:
    if new["type"] == "image":
        # An editor's picture and its description stay; what is missing comes from the source.
        printed = {name: new["value"][name] for name in ("caption", "credit")}
        chosen = {name: value for name, value in old["value"].items() if value}
        return {**old, "value": {**new["value"], **chosen, **printed}}
    return {**old, "value": new["value"]} if reworded else old
