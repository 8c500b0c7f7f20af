"""Looks into a body: its pictures, links, and raw form."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from wagtail.blocks import StreamValue

from archive.stories.marks import block_of
from archive.text.richtext import linked, plain_text
from archive.text.segmentation import BlockSpec, Items, Plain, Raw, Rich, Struct, Table, extract

_PICTURE = Struct(
    {"caption": Plain("caption"), "alt_text": Plain("alt_text"), "credit": Plain("credit")}
)

# What a translator sees of each block; all else (pictures, order, flags) is structure.
TRANSLATABLE: dict[str, BlockSpec] = {
    "paragraph": Rich("paragraph"),
    "subhead": Plain("subhead"),
    "pull_quote": Struct({"quote": Plain("quote"), "attribution": Plain("attribution")}),
    "list": Struct({"items": Items(Rich("item"))}),
    "image": _PICTURE,
    "gallery": Struct({"title": Plain("title"), "pictures": Items(_PICTURE)}),
    "embed": Struct({"caption": Plain("caption")}),
    "fact_box": Struct({"title": Plain("title"), "text": Rich("text")}),
    "table": Table(),
    "correction": Struct({"text": Rich("text")}),
}
# What a reader reads of each block; figures say the same in every language.
READABLE: dict[str, BlockSpec] = {**TRANSLATABLE, "table": Table(figures=True)}


_PARTS = uuid.UUID("f0c5f7c6-0d0a-4a53-8f39-5a1a3cf4f7f3")


@dataclass(frozen=True)
class Picture:
    """A picture of a body with the credit and the alternative text that the story gives it."""

    image: Any
    credit: str
    alt_text: str


@dataclass(frozen=True)
class Correction:
    """A correction note: its block's id, the day that it gives, and the block that it corrects.

    `corrects` is "" for a note about the whole story.
    """

    block_id: str
    day: date | None
    corrects: str = ""


def raw(body: StreamValue | None) -> list[dict[str, Any]]:
    """The body as JSON: [{"type", "value", "id"}, …]; every block has an id."""
    return list(body.stream_block.get_prep_value(body)) if body else []


def with_own_ids(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The raw blocks, those with another one's id under a new one: translations hang on ids."""
    taken: set[Any] = set()
    found = []
    for block in blocks:
        is_double = block.get("id") in taken
        found.append({**block, "id": str(uuid.uuid4())} if is_double else block)
        taken.add(block.get("id"))
    return found


def stored(body: StreamValue | None) -> list[dict[str, Any]]:
    """The body as it is in the database, like `raw`, without making its blocks."""
    return list(body.raw_data) if body else []


def with_single_paragraphs(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The raw blocks, each paragraph of them in a block of its own: a segment is a paragraph.

    The first one keeps the block's id; those of the others follow from it, so that a form that
    still holds them together gives the same ones when it is saved again.
    """
    found = []
    for block in blocks:
        parts = _paragraphs_of(block)
        if len(parts) < 2:
            found.append(block)
            continue
        for number, part in enumerate(filter(plain_text, parts)):
            id_ = str(uuid.uuid5(_PARTS, f"{block.get('id')}/{number}")) if number else block["id"]
            found.append({**block, "value": part, "id": id_})
    return found


def _paragraphs_of(block: dict[str, Any]) -> list[str]:
    value = block["value"]
    if block["type"] != "paragraph" or not isinstance(value, str) or value.count("</p>") < 2:
        return []
    *parts, rest = value.split("</p>")
    parts = [part.lstrip() for part in parts]
    is_flat = not rest.strip() and all(part.startswith(("<p>", "<p ")) for part in parts)
    return [f"{part}</p>" for part in parts] if is_flat else []


def pictures(body: StreamValue | None) -> Iterator[Picture]:
    """The body's pictures, galleries included, in order; blocks without a picture skipped."""
    for block in body or []:
        structs = [block.value] if block.block_type == "image" else []
        if block.block_type == "gallery":
            structs = block.value["pictures"]
        for struct in structs:
            if picture := picture_of(struct):
                yield picture


def picture_of(struct: Any) -> Picture | None:
    """The picture of a block's value; None of one whose picture is lost."""
    if not struct["image"]:
        return None
    return Picture(struct["image"], struct["credit"], struct["alt_text"])


def first_picture(body: StreamValue | None) -> Any:
    """The image of the body's first picture, for lists; None without one."""
    return next((picture.image for picture in pictures(body)), None)


def with_lead_picture(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same blocks, raw, with the first picture of them above all others."""
    first = [block for block in blocks if block["type"] == "image"][:1]
    return [*first, *(block for block in blocks if block not in first)]


def image_ids(body: StreamValue | None) -> list[int]:
    """Primary keys of the body's images, without asking for any of them."""
    return [one["image"] for _key, one in raw_pictures(stored(body)) if one.get("image")]


def raw_pictures(blocks: Iterable[Raw]) -> Iterator[tuple[str, Raw]]:
    """By the key that its segments' keys begin with, each picture: {"image": pk, "caption", …}."""
    for block in blocks:
        if block["type"] == "image":
            yield block.get("id", ""), block["value"]
        elif block["type"] == "gallery":
            for item in block["value"].get("pictures") or []:
                yield f"{block.get('id')}/pictures/{item.get('id')}", item["value"]


def rich_texts(value: Any) -> Iterator[str]:
    """Every string inside raw JSON that holds a link."""
    if isinstance(value, str):
        if "<a " in value:
            yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from rich_texts(part)


def link_targets(bodies: Iterable[StreamValue | None]) -> dict[str, list[int]]:
    """Ids that the bodies' links point to, by the links' type, in order of first use."""
    found: dict[str, dict[int, None]] = {}
    for body in bodies:
        for text in rich_texts(stored(body)):
            for kind, target in linked(text):
                found.setdefault(kind, {})[target] = None
    return {kind: list(targets) for kind, targets in found.items()}


def embed_urls(body: StreamValue | None) -> list[str]:
    return [block["value"]["url"] for block in stored(body) if block["type"] == "embed"]


def corrections(body: StreamValue | None) -> list[Correction]:
    """The body's correction notes, the newest last."""
    blocks, notes = stored(body), []
    for block in blocks:
        if block["type"] == "correction":
            value = block["value"]
            day = parse_date(str(value.get("date") or ""))
            notes.append(Correction(block["id"], day, block_with(value.get("words") or "", blocks)))
    return sorted(notes, key=lambda note: note.day or date.min)


def block_with(words: str, blocks: list[dict[str, Any]]) -> str:
    """The id of the first of these raw blocks whose text has the words; "" if none has."""
    wanted = " ".join(words.split())
    if not wanted:
        return ""
    for text in extract([one for one in blocks if one["type"] != "correction"], READABLE):
        if wanted in " ".join(text.plain_text.split()):
            return block_of(text.key)
    return ""


def correction_links(notes: list[Correction]) -> dict[str, dict[str, Any]]:
    """From a note's block to the one that it corrects, and from there to the newest note."""
    tied = [note for note in notes if note.corrects]
    return {
        "corrects": {note.block_id: note.corrects for note in tied},
        "corrected_by": {note.corrects: note for note in tied},
    }
