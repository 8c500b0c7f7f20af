"""Readers' HTML as well-formed XHTML for a book: text, emphasis, links, lists, tables, pictures."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

_KEPT = {
    *("p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption", "table"),
    *(
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "b",
        "strong",
        "i",
        "em",
        "cite",
        "sup",
        "sub",
    ),
    *("a", "span", "div", "section", "article", "header", "footer", "aside", "dl", "dt", "dd"),
}
_DROPPED = {"script", "style", "form", "button", "svg", "nav", "template", "noscript", "iframe"}
_VOID = {"img", "br", "hr", "input", "wbr", "source", "meta", "link", "col"}
# Whatever XML has no character for.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_xhtml(html: str, address: str, picture: Callable[[str], str]) -> str:
    """The fragment; links are absolute, as seen from `address`.

    `picture` gives the book's own name for the picture at an address, or "": then it is left out.
    """
    writer = _Writer(address, picture)
    writer.feed(html)
    writer.close()
    return writer.whole()


class _Writer(HTMLParser):
    def __init__(self, address: str, picture: Callable[[str], str]) -> None:
        super().__init__()
        self._address, self._picture = address, picture
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._dropped = 0

    def whole(self) -> str:
        while self._open:
            self._pieces.append(f"</{self._open.pop()}>")
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self._write_void(tag, values)
        elif self._dropped or tag in _DROPPED or "hidden" in values:
            self._dropped += 1
        elif tag in _KEPT:
            names = {"lang", "colspan", "rowspan"}
            kept = {name: value for name, value in values.items() if name in names}
            if "lang" in kept:
                kept["xml:lang"] = kept["lang"]
            if tag == "a" and values.get("href"):
                kept["href"] = urljoin(self._address, values["href"])
            self._open.append(tag)
            self._pieces.append(f"<{tag}{_attributes(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._dropped:
            self._dropped -= 1
        elif tag in self._open:
            while (ended := self._open.pop()) != tag:
                self._pieces.append(f"</{ended}>")
            self._pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self._pieces.append(escape(_CONTROL.sub("", data), quote=False))

    def _write_void(self, tag: str, values: dict[str, str]) -> None:
        if self._dropped:
            return
        if tag in ("br", "hr"):
            self._pieces.append(f"<{tag}/>")
        elif tag == "img" and (name := self._picture(values.get("src", ""))):
            kept = {"src": name, "alt": values.get("alt", "")}
            self._pieces.append(f"<img{_attributes(kept)}/>")


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(_CONTROL.sub("", text))}"' for name, text in values.items())
