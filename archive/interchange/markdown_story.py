"""A record as Markdown with front matter, and back.

The front matter holds all but the bodies, a field a line, each in JSON, which is YAML, too. Below
it stands a section for each language. A block that Markdown can't say to the letter is XHTML.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from defusedxml.ElementTree import fromstring
from markdown_it import MarkdownIt

from archive.interchange.html_body import block_html, read_elements
from archive.interchange.records import FORM, Block, TextRecord, WholeStory
from archive.interchange.rich_texts import as_xhtml, local_name
from archive.interchange.values import Json, RecordError, from_json
from archive.interchange.vocabulary import MARKDOWN_TEXTS
from archive.text.stored_messages import message as _

_FENCE = "---"
# What our own front matter begins with.
OPENING = f"{_FENCE}\nform: {json.dumps(FORM)}\n"
# What YAML has for line ends or refuses to read.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|!])")
_AT_START = re.compile(r"^([-#+=:])")
_NUMBER = re.compile(r"^(\d+)([.)])")
_PARAGRAPH = re.compile(r"<p>(.*)</p>", re.DOTALL)
_PIECES = re.compile(r"(<[^<>]+>)")
_LINK = re.compile(r'<a href="([^"<>\s\\]*)">')
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_TAG = re.compile(r"<(/?)(b|i|strong|em)>")


def write_markdown(record: WholeStory) -> str:
    """The file's whole text."""
    said = record.as_json()
    texts = {
        code: {name: one for name, one in said["texts"][code].items() if name != "body"}
        for code in record.languages
    }
    sections = []
    for code in record.languages:
        body = record.texts[code].body
        ids = [_ids(block) for block in body]
        blocks = [
            _markdown(block, record.files, before)
            for before, block in zip([None, *body], body, strict=False)
        ]
        texts[code]["blocks"] = ids
        below = "\n\n".join(blocks)
        sections.append(f'<section lang="{code}">\n\n{below}\n\n</section>')
    own = record.texts[record.language] if record.language in record.texts else TextRecord()
    front: dict[str, Json] = {
        "form": record.form,
        # As generators of sites know them.
        "title": own.headline,
        "date": record.print_date,
        **{name: one for name, one in said.items() if name not in ("form", "texts")},
        MARKDOWN_TEXTS: texts,
    }
    lines = [f"{name}: {_json(one)}" for name, one in front.items() if one != ""]
    return "\n".join([_FENCE, *lines, _FENCE, "", "\n\n".join(sections), ""])


def _json(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda one: f"\\u{ord(one[0]):04x}", text)


def _ids(block: Block) -> Json:
    """The block's id, and those of a list's items."""
    if block["type"] != "list":
        return block["id"]
    return [block["id"], *(one["id"] for one in block["value"]["items"])]


def _markdown(block: Block, files: Mapping[str, str], before: Block | None) -> str:
    # Two lists, one right below the other, would be one.
    is_list = block["type"] == "list" and before is not None and before["type"] == "list"
    write = None if is_list else _WRITERS.get(block["type"])
    return (write(block["value"]) if write else "") or block_html(block, files)


def _is_simple(text: str) -> bool:
    return bool(text) and text == " ".join(text.split()) and not _UNPRINTABLE.search(text)


def _plain(text: str) -> str:
    """The words as Markdown; "" where it would fold or lose some of them."""
    if not _is_simple(text):
        return ""
    return _at_start(_SPECIAL.sub(r"\\\1", text))


def _at_start(text: str) -> str:
    """A line that begins like a heading, an item or the like is none."""
    return _NUMBER.sub(r"\1\\\2", _AT_START.sub(r"\\\1", text))


def _subhead(value: str) -> str:
    words = _plain(value)
    # A heading may end in marks that are none of its words.
    return f"## {words}" if words and not words.endswith("#") else ""


def _paragraph(value: str) -> str:
    whole = _PARAGRAPH.fullmatch(value)
    return _rich(whole[1]) if whole else ""


def _rich(value: str) -> str:
    """Inline rich text as Markdown; "" for what it can't say."""
    text = as_xhtml(value)
    if not _is_simple(_PIECES.sub("", text).replace("&nbsp;", " ")) or text != text.strip():
        return ""
    parts, links = [], 0
    for piece in _PIECES.split(text):
        if not piece.startswith("<"):
            words = _unescaped(piece)
            parts.append(_SPECIAL.sub(r"\\\1", words))
        elif link := _LINK.fullmatch(piece):
            parts.append("[")
            links += 1
            parts.append(f"\0{link[1]}")
        elif piece == "</a>" and links:
            links -= 1
            # The address was noted where the link began.
            at = max(n for n, one in enumerate(parts) if one.startswith("\0"))
            address = parts.pop(at)[1:]
            parts.append(f"](<{address}>)")
        elif _TAG.fullmatch(piece) or piece in ("<br/>", "<br>"):
            parts.append(piece.replace("<br>", "<br/>"))
        else:
            return ""
    return _at_start(_emphasised("".join(parts)))


def _unescaped(text: str) -> str:
    for entity, character in (
        *(("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&#x27;", "'")),
        *(("&#10;", " "), ("&amp;", "&")),
    ):
        text = text.replace(entity, character)
    return text


def _emphasised(text: str) -> str:
    """Emphasis by Markdown's marks where they surely are some, else by HTML's."""

    def marked(found: re.Match[str]) -> str:
        before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
        inner = found[2]
        is_sure = (
            inner[:1].isalnum()
            and inner[-1:].isalnum()
            and "<" not in inner
            and (not before or before.isspace())
            and (not after or after.isspace())
        )
        mark = _EMPHASIS[found[1]]
        return f"{mark}{inner}{mark}" if is_sure else found[0]

    return re.sub(r"<(b|i|strong|em)>([^<>]*)</\1>", marked, text)


def _quote(value: Any) -> str:
    words = _plain(value.get("quote") or "")
    return f"> {words}" if words and not value.get("attribution") else ""


def _list(value: Any) -> str:
    lines = []
    for number, item in enumerate(value["items"], 1):
        words = _paragraph(item["value"])
        if not words:
            return ""
        lines.append(f"{number}. {words}" if value.get("ordered") else f"- {words}")
    return "\n".join(lines)


_WRITERS = {
    "paragraph": _paragraph,
    "subhead": _subhead,
    "pull_quote": _quote,
    "list": _list,
}


# Back


def read_markdown(front: Mapping[str, Json], body: str) -> WholeStory:
    """The record of a file's front matter and the text below it; raises RecordError."""
    said = dict(front)
    texts = said.pop(MARKDOWN_TEXTS, None)
    if not isinstance(texts, Mapping):
        raise RecordError(MARKDOWN_TEXTS, _("it is missing"))
    record = WholeStory.from_json({name: one for name, one in said.items() if name != "title"})
    sections = _sections(body)
    found = {}
    for code, one in texts.items():
        head = from_json(TextRecord, one, f"{MARKDOWN_TEXTS}.{code}")
        elements = sections.get(code)
        blocks = read_elements(elements, record.files) if elements is not None else []
        ids = one.get("blocks") or []
        found[code] = replace(head, body=tuple(_identified(blocks, ids)))
    return replace(record, texts=found)


def _sections(body: str) -> dict[str, Any]:
    reader = MarkdownIt("commonmark", {"html": True, "xhtmlOut": True})
    # Addresses stay as they are written.
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    try:
        root = fromstring(f"<div>{reader.render(body)}</div>")
    except SyntaxError as error:
        raise RecordError("body", error) from error
    return {one.get("lang") or "": one for one in root if local_name(one) == "section"}


def _identified(blocks: Sequence[Block], ids: Sequence[Json]) -> Iterator[Block]:
    """Each block under its id: where blocks were put in or taken out, as far as they have one."""
    is_whole = len(blocks) == len(ids)
    for at, block in enumerate(blocks):
        own, *items = (
            ids[at] if is_whole and isinstance(ids[at], list) else [ids[at] if is_whole else ""]
        )
        value = block["value"]
        if block["type"] == "list":
            value = {**value, "items": list(_items(value["items"], items))}
        yield {**block, "value": value, "id": block["id"] or own}


def _items(items: Sequence[Block], ids: Sequence[str]) -> Iterator[Block]:
    for at, item in enumerate(items):
        text = item["value"]
        own = item["id"] or (ids[at] if at < len(ids) else "")
        # An item of Markdown is a paragraph without saying so.
        is_bare = not item["id"] and not text.lstrip().startswith("<p>")
        yield {**item, "value": f"<p>{text}</p>" if is_bare else text, "id": own}
