"""The pictures of a WordPress export: found by their id or by their address in a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from archive.contrib.intake.wxr import WxrItem
from archive.text.markup.blocks import MarkupBlock, picture
from archive.text.richtext import plain_text


@dataclass
class WxrAttachments:
    """The export's attachments, without their pages' texts: there may be thousands."""

    items: dict[str, WxrItem] = field(default_factory=dict)
    _by_address: dict[str, str] = field(default_factory=dict)

    def add(self, item: WxrItem) -> None:
        self.items[item.id] = replace(item, content="")
        self._by_address[_without_size(item.attachment_url)] = item.id

    def find(self, name: str) -> WxrItem | None:
        """By the id or the address that a text has; of a scaled picture the original."""
        return self.items.get(self._by_address.get(_without_size(name), name))

    def with_featured(self, item: WxrItem, blocks: Iterable[MarkupBlock]) -> list[MarkupBlock]:
        """The blocks with the post's featured picture first, unless the text has it."""
        found = list(blocks)
        featured = item.meta.get("_thumbnail_id", "")
        attachment = self.find(featured)
        names = {one["image"] for block in found for one in pictures_in(block)}
        is_there = {other.id for name in names if (other := self.find(name))}
        if featured and featured not in names | is_there:
            caption = plain_text(attachment.excerpt) if attachment else ""
            found.insert(0, picture(featured, caption))
        return found


def pictures_in(block: MarkupBlock) -> Iterator[dict[str, Any]]:
    """Image, caption, alternative text and credit of each picture, galleries included."""
    if block.kind == "image":
        yield block.value
    elif block.kind == "gallery":
        yield from block.value["pictures"]


def _without_size(address: str) -> str:
    """The original's address: "…/port-300x200.jpg" and "…/port-scaled.jpg" are "…/port.jpg"."""
    base, dot, suffix = address.partition("?")[0].rpartition(".")
    stem, dash, size = base.rpartition("-")
    width, by, height = size.partition("x")
    is_size = bool(by) and width.isdigit() and height.isdigit()
    base = stem if dash and (is_size or size == "scaled") else base
    return f"{base.partition('://')[2] or base}{dot}{suffix}"
