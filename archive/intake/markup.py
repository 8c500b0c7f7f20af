"""Cuts HTML into the blocks of a body: pure, for any source whose stories are HTML.

Words are never dropped: an element that the archive has no block for becomes paragraphs and is
reported. Emphasis, line breaks and links stay; other mark-up inside a paragraph goes, its words
stay. Classic WordPress text has no `<p>`: a blank line parts its paragraphs.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag
from django.utils.translation import gettext as _

BlockKind = Literal[
    "paragraph", "subhead", "pull_quote", "list", "image", "gallery", "embed", "table"
]

_KEPT_TAGS = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_INLINE = {
    *("a", "abbr", "b", "bdi", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font"),
    *("i", "ins", "kbd", "label", "mark", "q", "ruby", "rt", "rp", "s", "samp", "small", "span"),
    *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
}
_CONTAINERS = {"article", "aside", "center", "div", "footer", "header", "main", "section"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_CODE = {"noscript", "script", "style", "template"}
_WORDLESS = {"hr", "link", "meta", *_CODE}
# What the start of an element ends, by HTML's rules for end tags that may be left out: elements
# that are open, up to the first that keeps them open.
_BLOCKS = {
    *("address", "blockquote", "details", "dialog", "dl", "dd", "dt", "fieldset", "figcaption"),
    *("figure", "form", "hgroup", "hr", "li", "menu", "nav", "ol", "p", "pre", "search", "summary"),
    *("table", "ul", *_CONTAINERS, *_HEADINGS),
}
_CELLS = {"td", "th"}
_ENDS = {
    **dict.fromkeys(_BLOCKS, ({"p"}, {"table", "caption", *_CELLS, "button", "object"})),
    "tr": ({"tr"}, {"table"}),
    **dict.fromkeys(_CELLS, (_CELLS, {"table", "tr"})),
}
_ENDS_ALSO = {
    "li": ({"li"}, {"ul", "ol", "menu", "table"}),
    **dict.fromkeys(("dd", "dt"), ({"dd", "dt"}, {"dl", "table"})),
}
# Deeper ones stand beside each other: their readers call themselves for each level.
_DEEPEST_CONTAINER = 100
_DEEPEST = 150
_SCHEMES = {"", "http", "https", "mailto", "tel"}
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAK = "<br/>"
_ADDRESS = re.compile(r"https?://\S+")
_WP_IMAGE = re.compile(r"\bwp-image-(\d{1,18})\b")


@dataclass(frozen=True)
class MarkupBlock:
    """A block that isn't stored yet: kind and value as in a raw body, without ids.

    List items and a gallery's pictures are plain lists. A picture's `image` is the source's name
    for it: an id or address, "" for none. `group` names the piece of the source it comes from.
    """

    kind: BlockKind
    value: Any
    group: str = ""


@dataclass
class MarkupReading:
    """The blocks of a text in order, and what a person should know about them."""

    blocks: list[MarkupBlock] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def add(self, other: "MarkupReading") -> None:
        self.blocks += other.blocks
        for text in other.notes:
            self.note(text)


def paragraph(text: str) -> MarkupBlock:
    """Plain text as a paragraph; line feeds become line breaks."""
    lines = _escaped(text.strip()).replace("\n", _BREAK)
    return MarkupBlock("paragraph", f"<p>{lines}</p>")


def picture(image: str, caption: str = "", alt: str = "", credit: str = "") -> MarkupBlock:
    value = {"image": image, "caption": caption, "alt_text": alt, "credit": credit}
    return MarkupBlock("image", value)


def read_markup(source: str, *, keeps_lines: bool = False) -> MarkupReading:
    """The blocks of an HTML text. `keeps_lines`: a line end outside `<p>` is a line break."""
    reader = _Reader(keeps_lines)
    # A tag without an end is text. Python's parser looks for the end from each "<" anew.
    end = source.rfind(">") + 1
    source = source[:end] + source[end:].replace("<", "&lt;")
    reader.read(_Soup(source, "html.parser").contents)
    return reader.reading


class _Soup(BeautifulSoup):
    """Python's parser ends no element by itself: paragraphs without `</p>` would nest."""

    def handle_starttag(self, name: str, *args: Any, **options: Any) -> Tag | None:
        for ends in (_ENDS, _ENDS_ALSO):
            if name in ends:
                self._end(*ends[name])
        deepest = _DEEPEST_CONTAINER if name in _CONTAINERS else _DEEPEST
        if len(self.tagStack) > deepest:
            self.endData()
            while len(self.tagStack) > deepest:
                self.popTag()
        return super().handle_starttag(name, *args, **options)

    def _end(self, names: set[str], keepers: set[str]) -> None:
        for tag in reversed(self.tagStack):
            if tag.name in names:
                self.handle_endtag(tag.name)
                return
            if tag.name in keepers:
                return


class _Reader:
    def __init__(self, keeps_lines: bool) -> None:
        self.keeps_lines = keeps_lines
        self.reading = MarkupReading()
        self.run: list[PageElement] = []

    def read(self, nodes: Iterable[PageElement]) -> None:
        """Text and inline elements in a row are paragraphs; the others say what they are."""
        for node in nodes:
            if isinstance(node, Tag) and not _is_inline(node):
                self._end_run()
                self._element(node)
            elif not isinstance(node, PreformattedString):  # A comment, or a declaration.
                self.run.append(node)
        self._end_run()

    def _end_run(self) -> None:
        nodes, self.run = self.run, []
        for text in _BLANK_LINE.split("".join(map(_inline, nodes))):
            if self.keeps_lines:
                text = text.strip().replace("\n", _BREAK)
            self._paragraph(_SPACE.sub(" ", text))

    def _paragraph(self, text: str) -> None:
        text = _tidy(text)
        if not text:
            return
        if _ADDRESS.fullmatch(html.unescape(text)):
            # WordPress makes an embed of an address in a line of its own.
            self._add("embed", {"url": html.unescape(text), "caption": ""})
        else:
            self._add("paragraph", f"<p>{text}</p>")

    def _add(self, kind: BlockKind, value: Any) -> None:
        self.reading.blocks.append(MarkupBlock(kind, value))

    def _element(self, tag: Tag) -> None:
        name = tag.name
        if name in _CONTAINERS:
            self.read(tag.contents)
        elif name in _HEADINGS:
            if text := _plain(tag):
                self._add("subhead", text)
        elif name in ("ul", "ol"):
            self._list(tag)
        elif name == "blockquote":
            self._quote(tag)
        elif name == "figure":
            self._figure(tag)
        elif name == "table":
            self._table(tag, "")
        elif name in ("img", "embed", "iframe", "video", "audio"):
            self._medium(tag, "")
        elif name in _WORDLESS:
            if name in _CODE and tag.get_text(strip=True):
                self._report(name, _("left out: it is code, not text"))
        elif name in ("p", "pre"):
            self._text_element(tag)
        else:
            self._report(name, _("no block of the archive; its words are paragraphs"))
            self.read(tag.contents)

    def _report(self, name: str, what: str) -> None:
        self.reading.note(f"<{name}>: {what}")

    def _text_element(self, tag: Tag) -> None:
        """A paragraph; pictures inside stand behind its words, as blocks of their own."""
        if tag.name == "pre":
            self._paragraph(_escaped(tag.get_text().strip()).replace("\n", _BREAK))
            return
        for inner in tag.find_all(["p", "div", "ul", "ol", "table", "figure", "blockquote"]):
            if isinstance(inner, Tag):  # Broken nesting: each part by itself.
                self.read(tag.contents)
                return
        self._paragraph(_SPACE.sub(" ", "".join(map(_inline, tag.contents))))
        for medium in tag.find_all(["img", "embed", "iframe", "video", "audio"]):
            self._medium(medium, "")

    def _list(self, tag: Tag) -> None:
        items: list[str] = []
        for item in tag.find_all("li"):
            own = [
                node
                for node in item.contents
                if not (isinstance(node, Tag) and node.name in ("ul", "ol"))
            ]
            if len(own) < len(item.contents):
                self._report(tag.name, _("a list inside a list; all items are in one list"))
            if text := _tidy(_SPACE.sub(" ", "".join(map(_inline, own)))):
                items.append(f"<p>{text}</p>")
        if items:
            self._add("list", {"ordered": tag.name == "ol", "items": items})
        for medium in tag.find_all(["img", "iframe"]):
            self._medium(medium, "")

    def _quote(self, tag: Tag) -> None:
        cite = tag.find(["cite", "footer"])
        attribution = _plain(cite) if isinstance(cite, Tag) else ""
        if isinstance(cite, Tag):
            cite.extract()
        if quote := _plain(tag):
            value = {"quote": quote, "attribution": attribution.lstrip("—–- ")}
            self._add("pull_quote", value)

    def _figure(self, tag: Tag) -> None:
        found = tag.find_all("figcaption")
        inner = tag.find_all("figure")
        own = [one for one in found if one.find_parent("figure") is tag]
        caption = "\n".join(filter(None, (_plain(one) for one in own)))
        quote, table = tag.find("blockquote"), tag.find("table")
        pictures = [
            one for one in tag.find_all(["img", "embed"]) if one.get("src") or one.get("id")
        ]
        if len(pictures) > 1 or inner or "gallery" in _classes(tag):
            self._gallery(tag, pictures, caption)
        elif isinstance(quote, Tag):
            self._quote(quote)
            self._rest(caption)
        elif isinstance(table, Tag):
            self._table(table, caption)
        elif pictures:
            self._medium(pictures[0], caption)
        elif isinstance(medium := tag.find(["iframe", "video", "audio"]), Tag):
            self._medium(medium, caption)
        else:
            for one in own:
                one.extract()
            address = tag.get_text(strip=True)
            if _ADDRESS.fullmatch(address):
                self._add("embed", {"url": address, "caption": caption})
            else:
                self.read(tag.contents)
                self._rest(caption)

    def _rest(self, text: str) -> None:
        if text:
            self.reading.blocks.append(paragraph(text))

    def _gallery(self, tag: Tag, pictures: Sequence[Tag], title: str) -> None:
        found = []
        for one in pictures:
            figure = one.find_parent("figure")
            caption = figure.find("figcaption") if figure and figure is not tag else None
            found.append(_picture(one, _plain(caption) if isinstance(caption, Tag) else ""))
        self._add("gallery", {"title": title, "pictures": found})

    def _table(self, tag: Tag, caption: str) -> None:
        own = tag.find("caption")
        rows = [[_plain(cell) for cell in row.find_all(["td", "th"])] for row in tag.find_all("tr")]
        width = max(map(len, rows), default=0)
        if not width:
            return
        first = tag.find("tr")
        has_head = bool(tag.find("thead")) or (
            isinstance(first, Tag) and bool(first.find("th")) and not first.find("td")
        )
        caption = "\n".join(filter(None, [_plain(own) if isinstance(own, Tag) else "", caption]))
        value = {
            "data": [row + [""] * (width - len(row)) for row in rows],
            "first_row_is_table_header": has_head,
            "first_col_is_header": False,
            "table_header_choice": "row" if has_head else "neither",
            "table_caption": caption,
        }
        self._add("table", value)

    def _medium(self, tag: Tag, caption: str) -> None:
        kind = _attribute(tag, "embedtype")
        if tag.name == "img" or kind == "image":
            self._add("image", _picture(tag, caption))
            return
        source = tag.find("source")
        address = _attribute(tag, "url") or _attribute(tag, "src")
        if not address and isinstance(source, Tag):
            address = _attribute(source, "src")
        if not address.startswith(("http://", "https://")):
            self._report(tag.name, _("left out: it gives no web address"))
            self._rest(caption)
        elif tag.name in ("video", "audio"):
            # No embed: the services that Wagtail asks know no plain files.
            link = f'<p><a href="{_quoted(address)}">{_escaped(address)}</a></p>'
            self._add("paragraph", link)
            self._rest(caption)
            self._report(tag.name, _("a file, kept as a link"))
        else:
            self._add("embed", {"url": address, "caption": caption})


def _is_inline(tag: Tag) -> bool:
    if tag.name not in _INLINE:
        return False
    outer = tag.find(lambda one: one.name not in _INLINE)
    return outer is None


def _picture(tag: Tag, caption: str) -> dict[str, str]:
    by_class = _WP_IMAGE.search(_classes(tag))
    image = by_class[1] if by_class else _attribute(tag, "id") or _attribute(tag, "src")
    if tag.name == "img" and not by_class:
        image = _attribute(tag, "src")
    alt = _attribute(tag, "alt")
    return {"image": image, "caption": caption, "alt_text": alt, "credit": ""}


def _classes(tag: Tag) -> str:
    return " ".join(filter(None, tag.get_attribute_list("class")))


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


def _plain(tag: Tag) -> str:
    """The words of an element; paragraphs and line breaks end in a line feed."""
    return html.unescape(_lines("".join(map(_text, tag.contents))))


def _text(node: PageElement) -> str:
    if isinstance(node, PreformattedString):
        return ""
    if isinstance(node, NavigableString):
        return _SPACE.sub(" ", _escaped(str(node)))
    if not isinstance(node, Tag) or node.name in _CODE:
        return ""
    inner = "".join(map(_text, node.contents))
    return f"{inner}\n" if node.name in ("br", "p", "div", "li", *_HEADINGS) else inner


def _lines(text: str) -> str:
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def _inline(node: PageElement) -> str:
    """A node of running text in the database's form: bold, italic, links and line breaks."""
    if isinstance(node, PreformattedString):
        return ""
    if isinstance(node, NavigableString):
        return _escaped(str(node))
    if not isinstance(node, Tag) or node.name in _CODE:
        return ""
    if node.name == "br":
        return _BREAK
    inner = "".join(map(_inline, node.contents))
    if not inner.strip():
        return inner
    if node.name == "a" and (opening := _link(node)):
        return f"{opening}{inner}</a>"
    kept = _KEPT_TAGS.get(node.name)
    return f"<{kept}>{inner}</{kept}>" if kept else inner


def _link(tag: Tag) -> str:
    kind, target, href = (_attribute(tag, name) for name in ("linktype", "id", "href"))
    if kind and target.isdigit():
        return f'<a linktype="{_quoted(kind)}" id="{target}">'
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        return ""
    return f'<a href="{_quoted(href)}">' if href and scheme in _SCHEMES else ""


def _tidy(text: str) -> str:
    """Without white space and line breaks at both ends."""
    parts = [part.strip() for part in text.split(_BREAK)]
    while parts and not parts[0]:
        parts.pop(0)
    while parts and not parts[-1]:
        parts.pop()
    return _BREAK.join(parts)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _quoted(text: str) -> str:
    """For an attribute in double quotes."""
    return html.escape(text)
