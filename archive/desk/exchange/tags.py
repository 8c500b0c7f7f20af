"""Single tags of rich text in one canonical form, and which of them are harmless."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Literal

VOID = frozenset({"br", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
BLOCK = frozenset(
    {"p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table"}
)
LISTS = frozenset({"ul", "ol"})
_BARE = frozenset({"b", "strong", "i", "em", "p", "ul", "ol", "li", "br"})
_LINK_TYPES = frozenset({"page", "entity", "document"})
_HREF = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)[^\s\x00-\x1f]*", re.I)

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Token:
    """A piece of markup: text, or a tag in canonical form."""

    kind: Literal["text", "open", "close", "empty"]
    value: str


class _Tokens(HTMLParser):
    """Reads rich text into tokens that are always balanced."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Token] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        canonical = _canonical(tag, attrs)
        if tag in VOID:
            self.found.append(Token("empty", canonical))
            return
        self.open.append(tag)
        self.found.append(Token("open", canonical))

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open:
            closed = self.open.pop()
            self.found.append(Token("close", closed))
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        self.found.append(Token("text", data))

    def close(self) -> None:
        super().close()
        self.found += [Token("close", tag) for tag in reversed(self.open)]


def tokens(markup: str) -> list[Token]:
    """The markup's tokens; what was left open is closed, closing tags of nothing are dropped."""
    parser = _Tokens()
    parser.feed(markup)
    parser.close()
    return parser.found


def _canonical(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    written = "".join(
        f' {name}="{escape(value or "")}"'
        for name, value in sorted(dict(attrs).items())
        if name != "data-block-key"
    )
    return f"<{tag}{written}/>" if tag in VOID else f"<{tag}{written}>"


@lru_cache(maxsize=4096)
def parts(tag: str) -> tuple[str, Attributes]:
    """'<a id="3">' -> ("a", (("id", "3"),)); ("", ()) for what is no single tag."""
    found = tokens(tag)
    heads = [token for token in found if token.kind in ("open", "empty")]
    if len(heads) != 1 or any(token.kind == "text" for token in found):
        return "", ()
    reader = _Attributes()
    reader.feed(tag)
    return reader.tag, reader.attributes


class _Attributes(HTMLParser):
    tag = ""
    attributes: Attributes = ()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        self.attributes = tuple((name, value or "") for name, value in attrs)


def name_of(tag: str) -> str:
    """The name of a canonical tag."""
    return parts(tag)[0]


def canonical(tag: str) -> str:
    """A tag from a file in the form that this room compares; "" for what is no single tag."""
    name, attributes = parts(tag)
    return _canonical(name, list(attributes)) if name else ""


@lru_cache(maxsize=4096)
def is_harmless(tag: str) -> bool:
    """Whether the desk's own editor could have made this tag."""
    name, attributes = parts(tag)
    values = dict(attributes)
    if name in _BARE:
        return not values
    if name != "a":
        return False
    if values.keys() == {"linktype", "id"}:
        return values["linktype"] in _LINK_TYPES and values["id"].isdecimal()
    return values.keys() == {"href"} and bool(_HREF.fullmatch(values["href"]))
