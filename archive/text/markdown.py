"""The main part of a page of HTML as Markdown (CommonMark, with GitHub's tables)."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_SKIPPED = {"script", "style", "form", "button", "svg", "nav", "template", "select", "noscript"}
_VOID = {"img", "br", "hr", "input", "wbr", "source", "meta", "link", "col"}
_BLOCKS = {
    *("p", "div", "section", "header", "footer", "article", "aside", "ul", "ol", "li", "main"),
    *("figure", "figcaption", "blockquote", "table", "tr", "dl", "dt", "dd", "details", "summary"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "caption"),
}
_MARKS = {"b": "**", "strong": "**", "dt": "**", "i": "*", "em": "*", "cite": "*"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_LINE_START = re.compile(r"^(#{1,6} |[-+] |\d{1,9}[.)] |=+$|-+$)")
# Neighbours of a list stand without a blank line between.
_ITEM = re.compile(r" *(?:- |\d+\. )")
_SPACE = re.compile(r"\s+")


def to_markdown(html: str, address: str, permanent: str = "") -> str:
    """The element `main`: without what only a browser uses, such as forms and navigation.

    Links are absolute, as seen from `address`. With `permanent`, each block that has an id of its
    own ends in a link to it: `permanent#id`.
    """
    writer = _Writer(address, permanent)
    writer.feed(html)
    writer.close()
    pieces: list[str] = []
    for number, text in enumerate(writer.written):
        is_item = number and all(map(_ITEM.match, (text, writer.written[number - 1])))
        pieces += [("\n" if is_item else "\n\n") if number else "", text]
    return "".join(pieces) + "\n"


@dataclass
class _Element:
    tag: str
    # Where the text of a link or an emphasis began, in the pieces of the line.
    start: int = 0
    href: str = ""
    block_id: str = ""
    written: int = 0
    items: int = 0
    cells: list[str] = field(default_factory=list)


class _Writer(HTMLParser):
    def __init__(self, address: str, permanent: str) -> None:
        super().__init__()
        self.address, self.permanent = address, permanent
        self.written: list[str] = []
        self._line: list[str] = []
        self._open: list[_Element] = []
        # How deep the parser is in what isn't written.
        self._hidden = 0
        self._is_in_main = False
        self._prefix = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._is_in_main = self._is_in_main or tag == "main"
        if not self._is_in_main:
            return
        if tag in _VOID:
            self._write_void(tag, values)
            return
        if self._hidden or tag in _SKIPPED or "hidden" in values:
            self._hidden += 1
            return
        if tag in _BLOCKS:
            self._end_line()
        element = _Element(tag, len(self._line), values.get("href", ""), written=len(self.written))
        if "block" in values.get("class", "").split():
            element.block_id = values.get("id", "")
        self._open.append(element)
        if tag in ("td", "th"):
            element.start = len(self._line)
        elif tag == "li":
            self._prefix = self._bullet()

    def handle_endtag(self, tag: str) -> None:
        if not self._is_in_main or tag in _VOID:
            return
        if self._hidden:
            self._hidden -= 1
            return
        if not any(one.tag == tag for one in self._open):
            return
        while self._open:
            element = self._open.pop()
            self._close(element)
            if element.tag == tag:
                break
        self._is_in_main = tag != "main"

    def handle_data(self, data: str) -> None:
        if self._is_in_main and not self._hidden:
            self._line.append(_SPECIAL.sub(r"\\\1", _SPACE.sub(" ", data)))

    def _write_void(self, tag: str, values: dict[str, str]) -> None:
        if self._hidden:
            return
        if tag == "br":
            self._line.append("  \n")
        elif tag == "img" and values.get("alt"):
            alt = _SPECIAL.sub(r"\\\1", values["alt"])
            self._line.append(f"![{alt}]({urljoin(self.address, values.get('src', ''))})")

    def _close(self, element: _Element) -> None:
        tag, text = element.tag, self._taken(element.start)
        if tag == "a" and text.strip() and element.href:
            text = f"[{text.strip()}]({urljoin(self.address, element.href)})"
        elif tag in _MARKS and text.strip():
            inner = text.strip()
            text = text.replace(inner, f"{_MARKS[tag]}{inner}{_MARKS[tag]}")
        if tag in ("td", "th"):
            row = next((one for one in reversed(self._open) if one.tag == "tr"), None)
            if row:
                row.cells.append(_SPACE.sub(" ", text).strip())
            return
        self._line.append(text)
        if tag == "tr":
            self._write_row(element.cells)
        elif tag in _BLOCKS:
            self._end_line(tag)
        if element.block_id and self.permanent and len(self.written) > element.written:
            self.written[-1] += f" [¶]({self.permanent}#{element.block_id})"

    def _taken(self, start: int) -> str:
        text = "".join(self._line[start:])
        del self._line[start:]
        return text

    def _end_line(self, tag: str = "") -> None:
        text = re.sub(r" *\n *", "  \n", re.sub(r"  +(?!\n)", " ", self._taken(0))).strip()
        if not text:
            return
        depth = [one.tag for one in self._open].count("li")
        is_heading = len(tag) == 2 and tag[0] == "h"
        if is_heading and not depth:
            self.written.append(f"{'#' * int(tag[1])} {text}")
            return
        quoted = "> " if any(one.tag == "blockquote" for one in self._open) else ""
        if tag == "blockquote":
            quoted = "> "
        text = f"**{text}**" if is_heading else _LINE_START.sub(r"\\\1", text)
        prefix, self._prefix = self._prefix, ""
        # What follows in the same item is indented as far as its bullet is wide.
        if not prefix and depth:
            prefix = "  " * depth
        self.written.append(f"{prefix}{quoted}{text}")

    def _bullet(self) -> str:
        lists = [one for one in self._open if one.tag in ("ul", "ol")]
        indent = "  " * max(0, len(lists) - 1)
        if not lists or lists[-1].tag == "ul":
            return f"{indent}- "
        lists[-1].items += 1
        return f"{indent}{lists[-1].items}. "

    def _write_row(self, cells: list[str]) -> None:
        if not cells:
            return
        row = f"| {' | '.join(cells)} |"
        table = next((one for one in reversed(self._open) if one.tag == "table"), None)
        if table and table.items:
            self.written[-1] += f"\n{row}"
        else:
            self.written.append(f"{row}\n|{' --- |' * len(cells)}")
        if table:
            table.items += 1
