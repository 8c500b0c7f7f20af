"""What the checks need to know of rich text: its links, its emphasis, whether it is well formed."""

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.text import richtext

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"]|\"[^\"]*\")*?)(/?)>")
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.I | re.S)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_BLOCK = re.compile(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", re.I | re.S)
_VOID = {"br", "hr", "img", "embed"}
_STRONG = re.compile(r"<(?:b|strong)\b", re.I)


@dataclass(frozen=True)
class Link:
    """Where a link leads, and its words at [start:end] of the plain text.

    The target is "entity:12" for links by id, and the address for others.
    """

    target: str
    by_id: bool
    text: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def links(markup: str) -> tuple[Link, ...]:
    found = []
    at = 0
    text = richtext.plain_text(markup)
    for match in _LINK.finditer(markup):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        kind, number = attributes.get("linktype", ""), attributes.get("id", "")
        target = f"{kind}:{number}" if kind else attributes.get("href", "")
        words = richtext.plain_text(match[2])
        start = max(text.find(words, at), 0)
        at = start + len(words)
        found.append(Link(target, bool(kind), words, start, at))
    return tuple(found)


def has_strong(markup: str) -> bool:
    return bool(_STRONG.search(markup))


def block_count(markup: str) -> int:
    """How many paragraphs and items hold words."""
    return sum(not richtext.is_blank(inner) for inner in _BLOCK.findall(markup))


def first_fault(markup: str) -> str:
    """The first tag that isn't closed, opened or known as one; "" if the markup is sound."""
    opened: list[str] = []
    for closing, name, _attributes, alone in _TAG.findall(markup):
        tag = name.lower()
        if tag in _VOID or alone:
            continue
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return f"</{name}>"
    if opened:
        return f"<{opened[-1]}>"
    stray = re.search(r"<[^\s<>]{0,20}", _TAG.sub("", markup))
    return stray[0] if stray else ""
