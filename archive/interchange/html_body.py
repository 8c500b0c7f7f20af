"""A body as XHTML, and back, block by block and with their ids.

What HTML has an element for stands in it; of a block that no reader knows, its value in JSON.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from archive.interchange.records import Block
from archive.interchange.rich_texts import (
    as_xhtml,
    escaped,
    inner_xhtml,
    local_name,
    plain_of,
)

# An XML id begins with a letter.
_ID = "b-"
_PARAGRAPH = re.compile(r"\s*<p(?:\s[^<>]*)?>(.*)</p>\s*", re.DOTALL)
# What makes a paragraph more than one.
_BLOCKS = re.compile(r"</?(?:p|ul|ol|li|h[1-6]|blockquote|div|table)\b")


def body_html(blocks: Sequence[Block], files: Mapping[str, str]) -> list[str]:
    """One element a block; `files` are where the pictures lie, by their keys."""
    return [block_html(block, files) for block in blocks]


def block_html(block: Block, files: Mapping[str, str], *, with_id: bool = True) -> str:
    value, kind = block["value"], block["type"]
    mark = f' id="{_ID}{escaped(str(block["id"]))}"' if with_id else ""
    write = _WRITERS.get(kind)
    found = write(value, mark, files) if write else ""
    if found:
        return found
    stored = escaped(json.dumps(value, ensure_ascii=False))
    return f'<div{mark} class="{escaped(kind)}" data-value="{stored}">{_words(value)}</div>'


def _words(value: Any) -> str:
    return as_xhtml(value) if isinstance(value, str) else ""


def _paragraph(value: str, mark: str, _files: Mapping[str, str]) -> str:
    whole = _PARAGRAPH.fullmatch(value)
    if whole is None or _BLOCKS.search(whole[1]):
        return ""
    return f"<p{mark}>{as_xhtml(whole[1])}</p>"


def _lines(text: str) -> str:
    return "<br/>".join(map(escaped, text.split("\n")))


def _subhead(value: str, mark: str, _files: Mapping[str, str]) -> str:
    return f"<h2{mark}>{_lines(value)}</h2>"


def _quote(value: Any, mark: str, _files: Mapping[str, str]) -> str:
    signed = value.get("attribution") or ""
    cite = f"<cite>{_lines(signed)}</cite>" if signed else ""
    return f"<blockquote{mark}><p>{_lines(value.get('quote') or '')}</p>{cite}</blockquote>"


def _list(value: Any, mark: str, _files: Mapping[str, str]) -> str:
    tag = "ol" if value.get("ordered") else "ul"
    items = "".join(
        f'<li id="{_ID}{escaped(str(one["id"]))}">{as_xhtml(one["value"])}</li>'
        for one in value.get("items") or ()
    )
    return f"<{tag}{mark}>{items}</{tag}>"


def _picture(value: Any, mark: str, files: Mapping[str, str]) -> str:
    source, alt = files.get(value.get("image") or "", ""), value.get("alt_text") or ""
    at = f' src="{escaped(source)}"' if source else ""
    img = f'<img{at} alt="{escaped(alt)}"/>' if source or alt else ""
    caption, credit = value.get("caption") or "", value.get("credit") or ""
    cite = f"<cite>{_lines(credit)}</cite>" if credit else ""
    words = f"<figcaption><span>{_lines(caption)}</span>{cite}</figcaption>"
    return f"<figure{mark}>{img}{words if caption or credit else ''}</figure>"


def _gallery(value: Any, mark: str, files: Mapping[str, str]) -> str:
    title = value.get("title") or ""
    head = f"<h3>{_lines(title)}</h3>" if title else ""
    pictures = "".join(
        _picture(one["value"], f' id="{_ID}{escaped(str(one["id"]))}"', files)
        for one in value.get("pictures") or ()
    )
    return f'<section{mark} class="gallery">{head}{pictures}</section>'


def _embed(value: Any, mark: str, _files: Mapping[str, str]) -> str:
    url, caption = value.get("url") or "", value.get("caption") or ""
    words = f"<figcaption>{_lines(caption)}</figcaption>" if caption else ""
    link = f'<a href="{escaped(url)}">{escaped(url)}</a>'
    return f'<figure{mark} class="embed">{link}{words}</figure>'


def _fact_box(value: Any, mark: str, _files: Mapping[str, str]) -> str:
    title, text = value.get("title") or "", value.get("text") or ""
    return (
        f'<aside{mark} class="fact-box"><h3>{_lines(title)}</h3><div>{as_xhtml(text)}</div></aside>'
    )


def _correction(value: Any, mark: str, _files: Mapping[str, str]) -> str:
    day, words = str(value.get("date") or ""), value.get("words") or ""
    about = f' data-words="{escaped(words)}"' if words else ""
    time = f'<time datetime="{escaped(day)}">{escaped(day)}</time>' if day else ""
    text = as_xhtml(value.get("text") or "")
    return f'<aside{mark} class="correction"{about}>{time}<div>{text}</div></aside>'


def _table(value: Any, mark: str, _files: Mapping[str, str]) -> str:
    value = value or {}
    shown = ("data", "table_caption")
    rest = {name: one for name, one in value.items() if name not in shown}
    caption = value.get("table_caption") or ""
    head = f"<caption>{_lines(caption)}</caption>" if caption else ""
    rows = []
    for number, cells in enumerate(value.get("data") or ()):
        is_head = number == 0 and value.get("first_row_is_table_header")
        tag = "th" if is_head else "td"
        # A cell that was never typed in is null.
        written = "".join(
            f"<{tag}>{_lines(cell)}</{tag}>" if cell is not None else f'<{tag} class="null"/>'
            for cell in cells
        )
        rows.append(f"<tr>{written}</tr>")
    stored = escaped(json.dumps(rest, ensure_ascii=False))
    return f'<table{mark} data-value="{stored}">{head}{"".join(rows)}</table>'


_WRITERS = {
    "paragraph": _paragraph,
    "subhead": _subhead,
    "pull_quote": _quote,
    "list": _list,
    "image": _picture,
    "gallery": _gallery,
    "embed": _embed,
    "fact_box": _fact_box,
    "correction": _correction,
    "table": _table,
}


# Back


def read_html(text: str, files: Mapping[str, str]) -> list[Block]:
    """The blocks of XHTML that `body_html` wrote; raises ParseError for what is no XML."""
    return read_elements(fromstring(f"<div>{text}</div>"), files)


def read_elements(parent: Element, files: Mapping[str, str]) -> list[Block]:
    """The blocks of the elements in `parent`; those without an id have "" for it."""
    by_file = {file: key for key, file in files.items()}
    return [
        {"type": kind, "value": value, "id": _id_of(element)}
        for element in parent
        if local_name(element)
        for kind, value in [_read(element, by_file)]
    ]


def _id_of(element: Element) -> str:
    return (element.get("id") or "").removeprefix(_ID)


def _read(element: Element, files: Mapping[str, str]) -> tuple[str, Any]:
    name, class_ = local_name(element), element.get("class") or ""
    if name == "p":
        return "paragraph", f"<p>{inner_xhtml(element)}</p>"
    if name == "h2":
        return "subhead", plain_of(element)
    if name == "blockquote":
        said = {"quote": _plain(element, "p"), "attribution": _plain(element, "cite")}
        return "pull_quote", said
    if name in ("ul", "ol"):
        return "list", {"ordered": name == "ol", "items": list(_items(element))}
    if name == "section":
        return "gallery", _read_gallery(element, files)
    if name == "figure" and class_ == "embed":
        link = _child(element, "a")
        url = (link.get("href") if link is not None else "") or ""
        return "embed", {"url": url, "caption": _plain(element, "figcaption")}
    if name == "figure":
        return "image", _read_picture(element, files)
    if name == "aside" and class_ == "correction":
        time = _child(element, "time")
        day = (time.get("datetime") if time is not None else None) or None
        words = element.get("data-words") or ""
        return "correction", {"text": _rich(element), "date": day, "words": words}
    if name == "aside":
        return "fact_box", {"title": _plain(element, "h3"), "text": _rich(element)}
    if name == "table":
        return "table", _read_table(element)
    stored = element.get("data-value")
    return class_ or "paragraph", json.loads(stored) if stored else inner_xhtml(element)


def _child(element: Element, name: str) -> Element | None:
    return next((one for one in element if local_name(one) == name), None)


def _plain(element: Element, name: str) -> str:
    return plain_of(_child(element, name))


def _rich(element: Element) -> str:
    found = _child(element, "div")
    return inner_xhtml(found) if found is not None else ""


def _items(element: Element) -> Iterator[Block]:
    for one in element:
        text = inner_xhtml(one)
        yield {"type": "item", "value": text, "id": _id_of(one)}


def _read_picture(element: Element, files: Mapping[str, str]) -> dict[str, Any]:
    img, words = _child(element, "img"), _child(element, "figcaption")
    source, alt = (img.get("src"), img.get("alt")) if img is not None else ("", "")
    return {
        "image": files.get(source or ""),
        "caption": _plain(words, "span") if words is not None else "",
        "alt_text": alt or "",
        "credit": _plain(words, "cite") if words is not None else "",
    }


def _read_gallery(element: Element, files: Mapping[str, str]) -> dict[str, Any]:
    pictures = [
        {"type": "item", "value": _read_picture(one, files), "id": _id_of(one)}
        for one in element
        if local_name(one) == "figure"
    ]
    return {"title": _plain(element, "h3"), "pictures": pictures}


def _read_table(element: Element) -> dict[str, Any]:
    rows = [one for one in element.iter() if local_name(one) == "tr"]
    data = [
        [
            None if one.get("class") == "null" else plain_of(one)
            for one in row
            if local_name(one) in ("td", "th")
        ]
        for row in rows
    ]
    stored = json.loads(element.get("data-value") or "{}")
    return {**stored, "data": data, "table_caption": _plain(element, "caption")}
