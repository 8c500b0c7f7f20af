"""HTML as a tree that is safe to walk: of a bounded depth, each start tag's end in its place.

libxml2 reads the text (any text: it knows no errors); what it leaves open is ended here by the
rules of HTML 5, whose newer elements it doesn't know.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive.text.stored_messages import message as _
from archive.text.superscripts import Position, is_number, placed

INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font"),
        *("i", "ins", "kbd", "label", "mark", "q", "ruby", "rt", "rp", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
CONTAINERS = frozenset(
    ("article", "aside", "center", "div", "footer", "header", "main", "section", "body", "html")
)
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
CODE = frozenset(("noscript", "script", "style", "template"))
# What the start of an element ends, by HTML's rules for end tags that may be left out: elements
# that are open, up to the first that keeps them open.
BLOCKS = {
    *("address", "blockquote", "details", "dialog", "dl", "dd", "dt", "fieldset", "figcaption"),
    *("figure", "form", "hgroup", "hr", "li", "menu", "nav", "ol", "p", "pre", "search", "summary"),
    *("table", "ul", *CONTAINERS, *HEADINGS),
}
_CELLS = {"td", "th"}
_ENDS = {
    **dict.fromkeys(BLOCKS, ({"p"}, {"table", "caption", *_CELLS, "button", "object"})),
    "tr": ({"tr"}, {"table"}),
    **dict.fromkeys(_CELLS, (_CELLS, {"table", "tr"})),
}
_ENDS_ALSO = {
    "li": ({"li"}, {"ul", "ol", "menu", "table"}),
    **dict.fromkeys(("dd", "dt"), ({"dd", "dt"}, {"dl", "table"})),
}
_POSITIONS: dict[str, Position] = {"sup": "superscript", "sub": "subscript"}
# Deeper elements stand beside each other, so that a walk can call itself for each level.
_DEEPEST_CONTAINER = 100
_DEEPEST = 150
# An element takes some 300 bytes; a long page has a few thousand.
_MOST_TAGS = 400_000
# What no text holds: XML has no way to write it, and libxml2 stops at some of it.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class MarkupError(Exception):
    """A source that isn't read; the message says why, and what to do."""


_STRUCK = ("s", "strike", "del")
# Comments as Word and Google's editor copy them: marks in the text, and at the end their words.
_COMMENT = re.compile(r"mso-element:\s*comment(?!-)")
_COMMENT_MARK = re.compile(r"#(?:_msocom_|_msoanchor_|cmnt|cmnt_ref)\d")
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?:[^;]*\bline-through\b", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class HtmlNode:
    """An element. `children` are elements and text, in order; comments are left out."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "HtmlNode | None" = field(default=None, repr=False)
    children: list["HtmlNode | str"] = field(default_factory=list, repr=False)
    # It and all in it is running text: emphasis, links, line breaks.
    is_inline: bool = False

    def get(self, name: str) -> str:
        return self.attributes.get(name, "").strip()

    def walk(self) -> Iterator["HtmlNode"]:
        """The elements inside, in document order."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if isinstance(node, HtmlNode):
                yield node
                waiting += node.children[::-1]

    def find_all(self, *names: str) -> list["HtmlNode"]:
        return [node for node in self.walk() if node.name in names]

    def find(self, *names: str) -> "HtmlNode | None":
        return next((node for node in self.walk() if node.name in names), None)

    def ancestors(self) -> Iterator["HtmlNode"]:
        """The elements around it, innermost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def closest(self, *names: str) -> "HtmlNode | None":
        """The innermost of these elements around it."""
        return next((node for node in self.ancestors() if node.name in names), None)

    def text(self) -> str:
        """All its words, code left out, as they stand."""
        parts: list[str] = []
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                parts.append(node)
            elif node.name not in CODE:
                waiting += node.children[::-1]
        return "".join(parts)


def take_struck(root: HtmlNode) -> list[tuple[HtmlNode, str]]:
    """Empty the elements whose words are struck out; gives each with what it said."""
    taken: dict[HtmlNode, str] = {}
    for node in list(root.walk()):
        if node.parent in taken:
            taken[node] = ""
        elif node.name in _STRUCK or _LINE_THROUGH.search(node.get("style")):
            taken[node] = " ".join(node.text().split())
            node.children = []
    return [(node, words) for node, words in taken.items() if words]


def take_comments(root: HtmlNode) -> list[str]:
    """Empty a word processor's comments, and their marks in the text; gives what they say."""
    held = [node for node in root.walk() if _COMMENT.search(node.get("style"))]
    for mark in (one for one in root.find_all("a") if _COMMENT_MARK.search(one.get("href"))):
        if "#cmnt_ref" in mark.get("href") and (holder := mark.closest("p", "li", "div")):
            # Of several paragraphs, the box around them.
            box = holder.parent
            is_boxed = box and box.name == "div" and box.children[0] is holder
            held.append(box if box and is_boxed else holder)
        mark.children = []
    comments = []
    for node in held:
        comments.append(" ".join(node.text().split()))
        node.children = []
    return list(filter(None, comments))


def parse_html(source: str) -> HtmlNode:
    """The root of a page's or a fragment's tree; its children are those of the source.

    Raises MarkupError for a source of more elements than the memory may hold.
    """
    if source.count("<") > _MOST_TAGS:
        raise MarkupError(_("more elements than a story has; save its text as plain text"))
    source = _UNREADABLE.sub("", source)
    # A tag without an end is text.
    end = source.rfind(">") + 1
    source = source[:end] + html.escape(source[end:], quote=False).replace("&amp;", "&")
    parser = etree.HTMLParser(target=_Builder(), huge_tree=True, encoding="utf-8")
    parser.feed(source.encode())
    root: HtmlNode = parser.close()
    return root


class _Builder:
    """What libxml2 calls for each tag and text; for each start it calls an end."""

    def __init__(self) -> None:
        self.root = HtmlNode("root")
        # The elements that are open here, and those that are open to libxml2 with their depth.
        self.open = [self.root]
        self.started: list[tuple[HtmlNode, int]] = []
        self.texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        for ends in (_ENDS, _ENDS_ALSO):
            if name in ends:
                self._end_open(*ends[name])
        deepest = _DEEPEST_CONTAINER if name in CONTAINERS else _DEEPEST
        self._close(min(len(self.open), deepest))
        node = HtmlNode(name, dict(attributes), self.open[-1], is_inline=name in INLINE)
        self.open[-1].children.append(node)
        self.started.append((node, len(self.open)))
        self.open.append(node)

    def end(self, _name: str) -> None:
        if self.started:
            node, depth = self.started.pop()
            if depth < len(self.open) and self.open[depth] is node:
                self._close(depth)

    def data(self, text: str) -> None:
        self.texts.append(text)

    def close(self) -> HtmlNode:
        self._close(1)
        return self.root

    def _close(self, depth: int) -> None:
        """Ends the open elements from this depth on; text so far belongs to the innermost."""
        if self.texts:
            self.open[-1].children.append("".join(self.texts))
            self.texts = []
        while len(self.open) > depth:
            node = self.open.pop()
            self.open[-1].is_inline &= node.is_inline
            if (position := _POSITIONS.get(node.name)) and is_number(node.text()):
                _place(node, position)

    def _end_open(self, names: set[str], keepers: set[str]) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            name = self.open[depth].name
            if name in names:
                self._close(depth)
                return
            if name in keepers:
                return


def _place(node: HtmlNode, position: Position) -> None:
    """Gives the digits in the element their raised or lowered forms."""
    for one in (node, *node.walk()):
        one.children = [
            placed(child, position) if isinstance(child, str) else child for child in one.children
        ]
