"""Turns a demo story's blocks into StreamField JSON, the same block ids in both languages."""

import html
import re
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from newsroom.demo.stories import DemoStory

Raw = dict[str, Any]

DRAWN = {"en": "Drawn for this archive", "zh-hans": "本库绘图"}
_MENTION = re.compile(r"\[\[([a-z0-9-]+)\|([^\]]+)\]\]")


def block_id(slug: str, *path: Any) -> str:
    """The same for both languages and for every run."""
    return str(uuid5(NAMESPACE_URL, "/".join(["newsroom-demo", slug, *map(str, path)])))


def _picture(id_: str, image_id: int | None, caption: str = "", credit: str = "") -> Raw:
    value = {"image": image_id, "caption": caption, "alt_text": "", "credit": credit}
    return {"type": "image", "value": value, "id": id_}


class BodyBuilder:
    """Builds one story's body in one language; `entities` maps keys to primary keys."""

    def __init__(self, story: DemoStory, language: str, entities: Mapping[str, int]) -> None:
        self.story = story
        self.language = language
        self.entities = entities

    def build(self, image_id: int | None) -> list[Raw]:
        blocks = [
            self._block(number, block)
            for number, block in enumerate(self.story.blocks)
            if self.language in block
        ]
        picture = self.story.picture
        if picture and image_id:
            blocks.insert(picture.after, self.picture_block(image_id))
        return blocks

    def picture_block(self, image_id: int | None) -> Raw:
        picture = self.story.picture
        caption = picture.caption.get(self.language, "") if picture else ""
        credit = DRAWN[self.language] if picture and picture.drawing else ""
        return _picture(block_id(self.story.slug, "picture"), image_id, caption, credit)

    def printed_picture_block(self, id_: str, image_id: int) -> Raw:
        """What was printed below a picture that the archive hasn't, below a drawing for it."""
        printed = self.story.printed_picture
        words = {name: texts.get(self.language, "") for name, texts in printed.items()}
        return _picture(id_, image_id, **words)

    def rich(self, text: str) -> str:
        """Text with [[key|words]] as rich text with links by id."""
        parts, end = [], 0
        for match in _MENTION.finditer(text):
            key, words = match.groups()
            parts.append(html.escape(text[end : match.start()], quote=False))
            label = html.escape(words, quote=False)
            parts.append(f'<a linktype="entity" id="{self.entities[key]}">{label}</a>')
            end = match.end()
        parts.append(html.escape(text[end:], quote=False))
        return "".join(parts)

    def paragraph(self, text: str) -> str:
        return f"<p>{self.rich(text)}</p>"

    def _block(self, number: int, block: Raw) -> Raw:
        kind, content = block["type"], block[self.language]
        id_ = block_id(self.story.slug, number)
        make = getattr(self, f"_{kind}", None)
        value = make(content, block, id_) if make else content
        return {"type": kind, "value": value, "id": id_}

    def _paragraph(self, content: str, block: Raw, id_: str) -> str:
        return self.paragraph(content)

    def _list(self, content: list[str], block: Raw, id_: str) -> Raw:
        items = [
            {"type": "item", "value": self.paragraph(text), "id": block_id(id_, number)}
            for number, text in enumerate(content)
        ]
        return {"ordered": block.get("ordered", False), "items": items}

    def _fact_box(self, content: Raw, block: Raw, id_: str) -> Raw:
        return {"title": content["title"], "text": self.paragraph(content["text"])}

    def _table(self, content: list[list[str]], block: Raw, id_: str) -> Raw:
        return {
            "data": content,
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "",
        }

    def _correction(self, content: str, block: Raw, id_: str) -> Raw:
        return {"date": block["date"].isoformat(), "text": self.paragraph(content)}
