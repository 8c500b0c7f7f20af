"""What a web page says about its story for machines: JSON-LD, OpenGraph, Dublin Core, microdata.

https://schema.org/NewsArticle, https://ogp.me, https://www.dublincore.org/specifications
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.text.markup.html_tree import HtmlNode

# How surely the types of schema.org are the page's story, best first.
_STORY_TYPES = ("NewsArticle", "Article", "BlogPosting", "Report", "CreativeWork", "WebPage")
# Deeper things in JSON-LD are no story's.
_DEEPEST = 8


@dataclass(frozen=True)
class StructuredData:
    """The page's story in JSON-LD, and its <meta> and microdata values by name in small letters."""

    story: dict[str, object] = field(default_factory=dict)
    # How many stories JSON-LD describes.
    stories: int = 0
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first value that any of these names has, the names in order."""
        return next((self.values[name][0] for name in names if name in self.values), "")

    def all(self, *names: str) -> list[str]:
        return [value for name in names for value in self.values.get(name, ())]

    def story_text(self, *names: str) -> str:
        """A property of the story in JSON-LD: its text, or the name of the thing that it is."""
        return next((text for name in names for text in texts(self.story.get(name))), "")


def read_structured_data(root: HtmlNode) -> StructuredData:
    things: list[dict[str, object]] = []
    values: dict[str, list[str]] = {}
    for node in root.walk():
        if node.name == "script" and node.get("type").lower() == "application/ld+json":
            things += _things(_json("".join(map(str, node.children))))
        elif node.name == "meta":
            name = node.get("property") or node.get("name") or node.get("itemprop")
            _add(values, name or node.get("http-equiv"), node.get("content"))
        elif node.get("itemprop"):
            _add(values, node.get("itemprop"), _microdata(node))
    stories = sorted(filter(_rank, things), key=_rank, reverse=True)
    own = [thing for thing in stories if _type_rank(thing) > _type_rank({"@type": "CreativeWork"})]
    return StructuredData(stories[0] if stories else {}, len(own), values)


def texts(value: object) -> list[str]:
    """The texts of a JSON-LD value: itself, or the names of the things that it is."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    if isinstance(value, dict):
        return texts(value.get("name") or value.get("@value") or value.get("@id"))
    return []


def _add(values: dict[str, list[str]], name: str, value: str) -> None:
    value = " ".join(value.split())
    if name and value and value not in values.setdefault(name.lower(), []):
        values[name.lower()].append(value)
    if name and not values.get(name.lower(), [""]):
        del values[name.lower()]


def _microdata(node: HtmlNode) -> str:
    if "itemscope" in node.attributes:
        named = next((one for one in node.walk() if one.get("itemprop") == "name"), None)
        return _microdata(named) if named else ""
    value = node.get("content") or node.get("datetime")
    if node.name in ("a", "link") and not value and node.get("itemprop") == "url":
        return node.get("href")
    # A whole body as microdata is no value.
    return value or (node.text() if node.is_inline or len(node.text()) < 300 else "")


def _json(text: str) -> object:
    try:
        return json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    inner: Iterable[object] = ()
    if isinstance(value, list):
        inner = value
    elif isinstance(value, dict):
        yield value
        inner = (value.get("@graph"), value.get("mainEntity"), value.get("itemListElement"))
    for one in inner:
        yield from _things(one, depth + 1)


def _rank(thing: dict[str, object]) -> tuple[int, int]:
    """How likely a thing is the story, () for none: its type first, then how much it says."""
    rank = _type_rank(thing)
    return (rank, len(thing)) if rank else ()  # type: ignore[return-value]


def _type_rank(thing: dict[str, object]) -> int:
    ranks = [
        len(_STORY_TYPES) - number
        for number, known in enumerate(_STORY_TYPES)
        for name in texts(thing.get("@type"))
        if name.rpartition("/")[2].endswith(known)
    ]
    return max(ranks, default=0)
