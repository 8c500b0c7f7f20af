"""A story's body in raw form ([{"type", "value", "id"}, …]), and the blocks that it keeps.

Translations hang on a block's id. So a block whose words are those of an older block takes its
id and, with it, whatever an editor did to the block: mark-up, the picture chosen for a caption.
"""

import html
import uuid
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from archive.contrib.intake.records import ParsedArticle, ParsedBlock
from archive.stories.body import READABLE, with_lead_picture
from archive.text.markup.blocks import read_markup
from archive.text.richtext import plain_text
from archive.text.segmentation import Raw, extract

# How much of a block's words must stay for it to count as the same block, reworded.
_REWORDED = 0.6
_LONGEST_TITLE = 60


def compose(article: ParsedArticle, images: Mapping[str, int] | None = None) -> list[Raw]:
    """The parsed body. `images` gives the keys of stored pictures by their names in the story.

    A caption or description whose picture isn't there is a picture block whose picture is still
    missing; a picture without a caption stands where the source has it.
    """
    if (ready := article.raw_body()) is not None:
        return with_lead_picture(ready) if article.leads_with_picture else ready
    known = images or {}
    told = {caption.image for caption in article.captions}
    # A picture that is missing can't keep its description itself.
    described = {one.name: one.alt_text for one in article.images if one.name not in known}
    pictures = [
        (
            one.after,
            _picture(one.text, one.credit, known.get(one.image), described.get(one.image, "")),
        )
        for one in article.captions
    ]
    pictures += [
        (one.after, _picture(one.caption, one.credit, known.get(one.name), one.alt_text))
        for one in article.images
        if one.name not in told and (one.name in known or one.alt_text)
    ]
    pictures.sort(key=lambda pair: pair[0])
    blocks: list[Raw] = []
    for number in range(len(article.blocks) + 1):
        while pictures and pictures[0][0] <= number:
            blocks.append(pictures.pop(0)[1])
        if number < len(article.blocks):
            blocks.append(_block(article.blocks[number]))
    whole = [*blocks, *(picture for _after, picture in pictures)]
    return with_lead_picture(whole) if article.leads_with_picture else whole


def _picture(caption: str, credit: str, image: int | None, alt_text: str = "") -> Raw:
    value = {"image": image, "caption": caption, "alt_text": alt_text, "credit": credit}
    return _raw("image", value)


def _block(block: ParsedBlock) -> Raw:
    lines = block.text.split("\n")
    match block.type:
        case "paragraph":
            return _raw("paragraph", _rich(block.text, block.markup))
        case "quote":
            quote, _dash, name = block.text.partition("\n—")
            return _raw("pull_quote", {"quote": quote.strip(), "attribution": name.lstrip("—– ")})
        case "correction":
            # Only an editor knows the day, where the note doesn't say it.
            return _raw("correction", {"text": _rich(block.text), "date": None, "words": ""})
        case "list":
            inline = block.markup.split("\n")
            inline = inline if len(inline) == len(lines) else [""] * len(lines)
            pairs = zip(lines, inline, strict=True)
            items = [_raw("item", _rich(line, words)) for line, words in pairs if line.strip()]
            return _raw("list", {"ordered": block.is_numbered, "items": items})
        case "table":
            rows = [line.split("\t") for line in lines]
            width = max(map(len, rows))
            table = {
                "data": [row + [""] * (width - len(row)) for row in rows],
                "first_row_is_table_header": block.has_head,
                "first_col_is_header": False,
                "table_header_choice": "row" if block.has_head else "neither",
                "table_caption": block.caption,
            }
            return _raw("table", table)
    return _raw("subhead", block.text)


def _rich(text: str, markup: str = "") -> str:
    """A paragraph's HTML: with the mark-up if that has the same words, and no other elements."""
    plain = f"<p>{html.escape(text, quote=False)}</p>"
    if not markup:
        return plain
    read = read_markup(f"<p>{markup}</p>").blocks
    if len(read) != 1 or read[0].kind != "paragraph":
        return plain
    value = str(read[0].value)
    return value if _folded(plain_text(value)) == _folded(text) else plain


def _folded(text: str) -> str:
    return " ".join(text.split())


def stand_in_title(article: ParsedArticle) -> str:
    """What a story without a headline is called in lists: its first words, or its file's name."""
    pieces = (
        article.headline,
        *(block.text for block in article.blocks),
        article.standfirst,
        *(caption.text for caption in article.captions),
        *article.unplaced,
    )
    words = next((" ".join(piece.split()) for piece in pieces if piece and piece.strip()), "")
    if len(words) <= _LONGEST_TITLE:
        return words or article.source[-_LONGEST_TITLE:]
    # Chinese has no spaces to cut at.
    head, space, _rest = words[:_LONGEST_TITLE].rpartition(" ")
    return f"{head if space and len(head) > _LONGEST_TITLE // 2 else words[:_LONGEST_TITLE]}…"


def carry_over(old: list[Raw], new: list[Raw]) -> list[Raw]:
    """The new blocks, with the ids (and unchanged values) of the old ones that they continue, and
    the old ones' pictures."""
    left: dict[tuple[str, str], list[Raw]] = {}
    for block in old:
        left.setdefault(words(block), []).append(block)
    kept: dict[int, Raw] = {}
    for at, block in enumerate(new):
        if same := left.get(words(block)):
            kept[at] = _continued(same.pop(0), block, reworded=False)
    others = [block for blocks in left.values() for block in blocks]
    for at, block in enumerate(new):
        if others and at not in kept and (like := _most_alike(others, block)):
            others.remove(like)
            kept[at] = _continued(like, block, reworded=True)
    return _with_pictures(old, [kept.get(at, block) for at, block in enumerate(new)])


def _with_pictures(old: list[Raw], new: list[Raw]) -> list[Raw]:
    """A picture that isn't among the new blocks stays, below what it stood below."""
    whole, above = list(new), set[str]()
    shown = set[int]().union(*map(_shown_in, new))
    for block in old:
        if not _shown_in(block) <= shown:
            places = [at for at, one in enumerate(whole, 1) if one["id"] in above]
            whole.insert(max(places, default=0), block)
        above.add(block["id"])
    return whole


def _shown_in(block: Raw) -> set[int]:
    """The pictures of an image or a gallery."""
    value = block["value"] if block["type"] in ("image", "gallery") else {}
    each = [value, *(one["value"] for one in value.get("pictures", ()))]
    return {one["image"] for one in each if one.get("image")}


def words(block: Raw) -> tuple[str, str]:
    """A block's type and its words as a reader sees them, white space folded."""
    value = block["value"]
    if block["type"] == "image":
        text = (value or {}).get("caption") or ""
    elif isinstance(value, str):
        text = plain_text(value)
    else:
        text = " ".join(one.plain_text for one in extract([block], READABLE))
    return block["type"], _folded(text)


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
    if not reworded:
        return old
    if new["type"] == "list":
        # Translations hang on the items' ids, too.
        items = carry_over(old["value"]["items"], new["value"]["items"])
        return {**old, "value": {**new["value"], "items": items}}
    return {**old, "value": new["value"]}
