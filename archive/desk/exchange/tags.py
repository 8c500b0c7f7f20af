"""Single tags of rich text in one canonical form, and which of them are harmless."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from typing import Literal

VOID = frozenset({"br", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
BLOCK = frozenset(
    {"p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table"}
)
LISTS = frozenset({"ul", "ol"})
_BARE = frozenset({"b", "strong", "i", "em", "p", "ul", "ol", "li", "br"})
_LINK_TYPES = frozenset({"page", "entity", "document"})
# Each of them is read in one go and never anew (`*+`): no text can keep them busy.
_VALUE = r"""(?:"(?P<quoted>[^"<]*+)"|'(?P<single>[^'<]*+)'|(?P<bare>[^\s"'<>=]++))"""
_NAMED = rf"(?P<key>[^\s=<>\"'/]++)(?:\s*+=\s*+{_VALUE})?"
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _NAMED)
_ATTRIBUTE = re.compile(_NAMED)
_TAG = re.compile(
    r"<(?:[!?][^<>]*+"
    rf"|(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?P<attributes>(?:\s++{_UNNAMED})*+)\s*+/?)>"
)
_ID = re.compile(r"[0-9]{1,18}")
_HREF = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)[^\s\x00-\x1f]*", re.I)

# Longer tags, which a hostile file may hold, would fill the memory.
_WORTH_REMEMBERING = 500

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Token:
    """A piece of markup: text, or a tag in canonical form."""

    kind: Literal["text", "open", "close", "empty"]
    value: str


def tokens(markup: str) -> list[Token]:
    """The markup's tokens; what was left open is closed, closing tags of nothing are dropped.

    Written here because Python's own parser takes minutes over markup that was made for that.
    """
    reader, last = _Reader(), 0
    for match in _TAG.finditer(markup):
        reader.words(markup[last : match.start()])
        reader.tag(match)
        last = match.end()
    reader.words(markup[last:])
    reader.close()
    return reader.found


class _Reader:
    """Collects tokens that are always balanced."""

    def __init__(self) -> None:
        self.found: list[Token] = []
        self.open: list[str] = []
        # How many of each name are open: looking through a hostile file's list would take hours.
        self.depths: Counter[str] = Counter()

    def words(self, text: str) -> None:
        if text:
            self.found.append(Token("text", unescape(text)))

    def tag(self, match: re.Match[str]) -> None:
        slash, name, attributes = match["slash"], (match["name"] or "").lower(), match["attributes"]
        if not name:
            return  # A comment, or the like.
        if slash:
            self.end(name)
            return
        canonical = _written(name, _attributes(attributes))
        if name in VOID:
            self.found.append(Token("empty", canonical))
            return
        self.open.append(name)
        self.depths[name] += 1
        self.found.append(Token("open", canonical))

    def end(self, name: str) -> None:
        while self.depths[name]:
            closed = self.open.pop()
            self.depths[closed] -= 1
            self.found.append(Token("close", closed))
            if closed == name:
                return

    def close(self) -> None:
        self.found += [Token("close", name) for name in reversed(self.open)]


def _attributes(text: str) -> Attributes:
    found = (
        (match["key"].lower(), unescape(match["quoted"] or match["single"] or match["bare"] or ""))
        for match in _ATTRIBUTE.finditer(text)
    )
    return tuple(found)


def _written(name: str, attributes: Attributes) -> str:
    written = "".join(
        f' {key}="{escape(value)}"'
        for key, value in sorted(dict(attributes).items())
        if key != "data-block-key"
    )
    return f"<{name}{written}/>" if name in VOID else f"<{name}{written}>"


def parts(tag: str) -> tuple[str, Attributes]:
    """'<a id="3">' -> ("a", (("id", "3"),)); ("", ()) for what is no single tag."""
    return _remembered_parts(tag) if len(tag) < _WORTH_REMEMBERING else _parts(tag)


def _parts(tag: str) -> tuple[str, Attributes]:
    match = _TAG.fullmatch(tag)
    if match is None or match["slash"] or not match["name"]:
        return "", ()
    return match["name"].lower(), _attributes(match["attributes"])


_remembered_parts = lru_cache(maxsize=4096)(_parts)


def name_of(tag: str) -> str:
    """The name of a canonical tag."""
    return parts(tag)[0]


def canonical(tag: str) -> str:
    """A tag from a file in the form that this room compares; "" for what is no single tag."""
    name, attributes = parts(tag)
    return _written(name, attributes) if name else ""


def is_harmless(tag: str) -> bool:
    """Whether the desk's own editor could have made this tag."""
    name, attributes = parts(tag)
    values = dict(attributes)
    if name in _BARE:
        return not values
    if name != "a":
        return False
    if values.keys() == {"linktype", "id"}:
        return values["linktype"] in _LINK_TYPES and bool(_ID.fullmatch(values["id"]))
    return values.keys() == {"href"} and bool(_HREF.fullmatch(values["href"]))
