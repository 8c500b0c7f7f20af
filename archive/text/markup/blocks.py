"""Cuts HTML into the blocks of a body: pure, for any source whose stories are HTML.

Words are never dropped: an element that the archive has no block for becomes paragraphs and is
reported; what is struck out is no word of the text, and is reported, too. Emphasis, line breaks
and links stay; other mark-up inside a paragraph goes, its words stay. Classic WordPress text has no
`<p>`: a blank line parts its paragraphs.
"""

import html
import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from archive.text.markup.html_tree import (
    BLOCKS,
    CODE,
    CONTAINERS,
    HEADINGS,
    INLINE,
    HtmlNode,
    parse_html,
    take_comments,
    take_struck,
)
from archive.text.markup.inline_markup import (
    BREAK,
    SPACE,
    escaped,
    inline,
    paragraphs,
    plain_words,
    quoted,
    tidy,
)
from archive.text.punctuation import joined
from archive.text.segmentation import Raw

BlockKind = Literal[
    "paragraph", "subhead", "pull_quote", "list", "image", "gallery", "embed", "table"
]

_LISTS = ("ul", "ol", "menu")
_CELLS = ("td", "th")
# Of a table that is used as a frame for a page, the parts; and other elements that only hold.
_HOLDERS = {
    *("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "table", "hgroup", "root"),
    *(*CONTAINERS, *INLINE, "figure", "figcaption", "p"),
}
_MEDIA = ("img", "embed", "iframe", "video", "audio")
_WORDLESS = {"hr", "head", "link", "meta", "svg", "title", *CODE}
# In a list's item or a table's cell these are more than its words.
_STRUCTURE = {"table", "figure", "blockquote", *HEADINGS}
# A cell of so many characters holds a page's text, not a table's.
_LONGEST_CELL = 600
# How far HTML lets a cell span; wider ones are mistakes, or meant to fill the memory.
_WIDEST_SPAN = 1000
_SPAN = re.compile(r"[0-9]{1,6}")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
# Chinese has no spaces, so that a line's end within its text is none.
_WIDE_LINE_END = re.compile(r"(?<=[\u3001-\u9fff\uff01-\uff9f])[ \t]*\r?\n\s*(?=[\u3001-\u9fff])")
_ADDRESS = re.compile(r"https?://\S+")
_WP_IMAGE = re.compile(r"\bwp-image-(\d{1,18})\b")
# Where pages that load pictures late keep their addresses.
_LATE_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-url", "srcset", "data-srcset")


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
    lines = escaped(text.strip()).replace("\n", BREAK)
    return MarkupBlock("paragraph", f"<p>{lines}</p>")


def picture(image: str, caption: str = "", alt: str = "", credit: str = "") -> MarkupBlock:
    value = {"image": image, "caption": caption, "alt_text": alt, "credit": credit}
    return MarkupBlock("image", value)


def read_markup(source: str, *, keeps_lines: bool = False) -> MarkupReading:
    """The blocks of an HTML text. `keeps_lines`: a line end outside `<p>` is a line break."""
    reader = _Reader(keeps_lines=keeps_lines)
    root = parse_html(source)
    for note in take_notes(root):
        reader.reading.note(note)
    reader.read(root)
    return reader.reading


def take_notes(root: HtmlNode) -> list[str]:
    """Empty what is struck out or a comment on the text; gives what is said of those words."""
    comments = take_comments(root)
    struck = [words for _node, words in take_struck(root)]
    said = _("Comments beside the text were not placed: %(words)s") % {"words": joined(comments)}
    return [*([struck_note(struck)] if struck else []), *([said] if comments else [])]


def struck_note(words: Iterable[str]) -> str:
    """What is said of words that a source strikes out."""
    return _("Struck-out words were left out: %(words)s") % {"words": joined(words)}


def read_page(root: HtmlNode) -> list[tuple[HtmlNode, MarkupBlock]]:
    """The blocks of a web page, navigation and all, each with the element that it is.

    Only mark-up parts its paragraphs: `<p>`, and where that is wanting two `<br>`.
    """
    reader = _Reader(is_page=True)
    reader.read(root)
    return list(zip(reader.origins, reader.reading.blocks, strict=True))


class _Reader:
    def __init__(self, *, keeps_lines: bool = False, is_page: bool = False) -> None:
        self.keeps_lines = keeps_lines
        self.is_page = is_page
        self.reading = MarkupReading()
        # The element that each block is, or that holds its text.
        self.origins: list[HtmlNode] = []
        # What a block has taken already: captions, pictures, cells.
        self.taken: set[HtmlNode] = set()
        # Within a figure that holds no medium, table or caption, those inside it hold none.
        self.is_in_bare_figure = False

    def read(self, holder: HtmlNode) -> None:
        """Text and inline elements in a row are paragraphs; the others say what they are."""
        run: list[HtmlNode | str] = []
        for node in holder.children:
            if isinstance(node, str) or node.is_inline:
                run.append(node)
            else:
                self._run(holder, run)
                run = []
                self._element(node)
        self._run(holder, run)

    def _run(self, holder: HtmlNode, nodes: list[HtmlNode | str]) -> None:
        text = inline(nodes, self.taken)
        for part in [text] if self.is_page else _BLANK_LINE.split(text):
            if self.keeps_lines:
                part = part.strip().replace("\n", BREAK)
            self._paragraph(holder, part)

    def _words(self, tag: HtmlNode) -> str:
        return plain_words(tag, self.taken)

    def _paragraph(self, origin: HtmlNode, text: str) -> None:
        if self.is_page:
            text = _WIDE_LINE_END.sub("", text)
        text = SPACE.sub(" ", text)
        for part in paragraphs(text) if self.is_page else [text]:
            if not (part := tidy(part)):
                continue
            if not self.is_page and _ADDRESS.fullmatch(html.unescape(part)):
                # WordPress makes an embed of an address in a line of its own.
                self._add(origin, "embed", {"url": html.unescape(part), "caption": ""})
            else:
                self._add(origin, "paragraph", f"<p>{part}</p>")

    def _add(self, origin: HtmlNode, kind: BlockKind, value: Any) -> None:
        self.reading.blocks.append(MarkupBlock(kind, value))
        self.origins.append(origin)

    def _element(self, tag: HtmlNode) -> None:
        name = tag.name
        if tag in self.taken:
            return
        if name in HEADINGS:
            self._heading(tag)
        elif name in _LISTS and not _holds(tag, _STRUCTURE):
            self._list(tag)
        elif name == "blockquote" and not _holds(tag, {*_STRUCTURE, *_LISTS}):
            self._quote(tag)
        elif name == "figure" and not self.is_in_bare_figure:
            self._figure(tag)
        elif name == "table" and not self._is_frame(tag):
            self._table(tag, "")
        elif name in _MEDIA:
            self._medium(tag, "")
        elif name in _WORDLESS:
            if name in CODE and any(isinstance(one, str) and one.strip() for one in tag.children):
                self._report(name, _("left out: it is code, not text"))
        elif name == "pre":
            text = escaped(tag.text().strip("\n")).replace("\n", BREAK)
            self._paragraph(tag, text)
            self._media(tag)
        elif name == "p" and not _holds(tag, BLOCKS):
            self._paragraph(tag, inline(tag.children, self.taken))
            self._media(tag)
        else:
            if name not in _HOLDERS and not self.is_page:
                self._report(name, _("no block of the archive; its words are paragraphs"))
            self.read(tag)

    def _report(self, name: str, what: str) -> None:
        self.reading.note(f"<{name}>: {what}")

    def _heading(self, tag: HtmlNode) -> None:
        if text := self._words(tag):
            self._add(tag, "subhead", text)
        self._media(tag)

    def _media(self, tag: HtmlNode) -> None:
        """Pictures among words stand behind them, as blocks of their own."""
        for medium in _within(tag, _MEDIA):
            if medium not in self.taken:
                self._medium(medium, "")

    def _list(self, tag: HtmlNode) -> None:
        items = [f"<p>{text}</p>" for text in self._items(tag)]
        if any(_within(item, _LISTS) for item in tag.children if isinstance(item, HtmlNode)):
            self._report(tag.name, _("a list inside a list; all items are in one list"))
        if items:
            self._add(tag, "list", {"ordered": tag.name == "ol", "items": items})
        self._media(tag)

    def _items(self, tag: HtmlNode) -> Iterator[str]:
        """Each item's words as inline HTML; those of a list inside it follow."""
        for item in tag.children:
            if isinstance(item, HtmlNode) and item.name in _LISTS:
                yield from self._items(item)
                continue
            lines = (line.strip() for line in SPACE.sub(" ", self._flow(item)).split(BREAK))
            if text := BREAK.join(filter(None, lines)):
                yield text
            for inner in _within(item, _LISTS) if isinstance(item, HtmlNode) else ():
                yield from self._items(inner)

    def _flow(self, node: HtmlNode | str) -> str:
        """Inline HTML of a node in which blocks begin and end in a line break."""
        if isinstance(node, str) or node.is_inline:
            return inline([node], self.taken)
        if node.name in _LISTS or node.name in CODE or node in self.taken:
            return ""
        return f"{BREAK}{''.join(map(self._flow, node.children))}{BREAK}"

    def _quote(self, tag: HtmlNode) -> None:
        cite = tag.find("cite", "footer")
        attribution = self._words(cite).lstrip("—–- ") if cite else ""
        if cite:
            self.taken.add(cite)
        if quote := self._words(tag):
            self._add(tag, "pull_quote", {"quote": quote, "attribution": attribution})
        elif attribution:
            self._rest(tag, attribution)
        self._media(tag)

    def _figure(self, tag: HtmlNode) -> None:
        """Its medium, or its quote or table, with the caption; other words follow."""
        captions = [one for one in tag.find_all("figcaption") if one not in self.taken]
        own = [one for one in captions if one.closest("figure") is tag]
        caption = "\n".join(filter(None, map(self._words, own)))
        media = [one for one in _within(tag, _MEDIA) if one not in self.taken]
        pictures = [one for one in media if one.name in ("img", "embed") and source_of(one)]
        self.taken.update(own)
        if len(pictures) > 1 or (pictures and "gallery" in tag.get("class")):
            self._gallery(tag, pictures, caption)
        elif pictures or media:
            medium = (pictures or media)[0]
            self.taken.add(medium)
            self._medium(medium, caption)
        elif (table := tag.find("table")) and not self._is_frame(table):
            self.taken.add(table)
            self._table(table, caption)
        elif _ADDRESS.fullmatch(address := self._words(tag)):
            self._add(tag, "embed", {"url": address, "caption": caption})
            return
        else:
            self.is_in_bare_figure = not captions and not table
            self.read(tag)
            self.is_in_bare_figure = False
            self._rest(tag, caption)
            return
        self.read(tag)

    def _rest(self, origin: HtmlNode, text: str) -> None:
        if text:
            self._add(origin, "paragraph", paragraph(text).value)

    def _gallery(self, tag: HtmlNode, pictures: Sequence[HtmlNode], title: str) -> None:
        found = []
        captions: dict[HtmlNode | None, list[HtmlNode]] = {}
        for caption in tag.find_all("figcaption"):
            if caption not in self.taken:
                captions.setdefault(caption.closest("figure"), []).append(caption)
        for one in pictures:
            words = captions.pop(one.closest("figure"), [])
            text = "\n".join(filter(None, map(self._words, words)))
            self.taken.update([one, *words])
            found.append(_picture(one, text, is_page=self.is_page))
        self._add(tag, "gallery", {"title": title, "pictures": found})

    def _is_frame(self, tag: HtmlNode) -> bool:
        """Whether a table only arranges a page: the text in its cells is no table's."""
        if tag.find("table") or tag.get("role") in ("presentation", "none"):
            return True
        if not self.is_page:
            return False
        rows = [_within(row, _CELLS) for row in _within(tag, ("tr",))]
        if max(map(len, rows), default=0) < 2 or tag.find("figure", *HEADINGS):
            return True
        return any(len(cell.text().strip()) > _LONGEST_CELL for row in rows for cell in row)

    def _table(self, tag: HtmlNode, caption: str) -> None:
        own = tag.find("caption")
        lines = _within(tag, ("tr",))
        cells = [_within(line, _CELLS) for line in lines]
        rows = [
            [self._words(cell) if cell else "" for cell in row] for row in _in_columns(lines, cells)
        ]
        caption = "\n".join(filter(None, [self._words(own) if own else "", caption]))
        if not any(rows):
            self.read(tag)
            self._rest(tag, caption)
            return
        heads = {cell.name for cell in cells[0]} == {"th"}
        has_head = tag.find("thead") is not None or heads
        value = {
            "data": rows,
            "first_row_is_table_header": has_head,
            "first_col_is_header": False,
            "table_header_choice": "row" if has_head else "neither",
            "table_caption": caption,
        }
        self._add(tag, "table", value)
        media = _within(tag, _MEDIA)
        self.taken.update([*(cell for row in cells for cell in row), *([own] if own else [])])
        self.read(tag)  # Words between the cells.
        for medium in media:
            self._medium(medium, "")

    def _medium(self, tag: HtmlNode, caption: str) -> None:
        kind = tag.get("embedtype")
        if tag.name == "img" or kind == "image":
            self._add(tag, "image", _picture(tag, caption, is_page=self.is_page))
            return
        source = tag.find("source")
        address = tag.get("url") or tag.get("src") or (source.get("src") if source else "")
        if not address.startswith(("http://", "https://")):
            self._report(tag.name, _("left out: it gives no web address"))
            self._rest(tag, caption)
        elif tag.name in ("video", "audio"):
            # No embed: the services that Wagtail asks know no plain files.
            link = f'<p><a href="{quoted(address)}">{escaped(address)}</a></p>'
            self._add(tag, "paragraph", link)
            self._rest(tag, caption)
            self._report(tag.name, _("a file, kept as a link"))
        else:
            self._add(tag, "embed", {"url": address, "caption": caption})


def _holds(tag: HtmlNode, names: Collection[str]) -> bool:
    return any(node.name in names for node in tag.walk())


def _within(tag: HtmlNode, names: Collection[str]) -> list[HtmlNode]:
    """The elements of these names, in order; none inside another of them, or in code."""
    found: list[HtmlNode] = []
    waiting = tag.children[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str) or node.name in CODE:
            continue
        if node.name in names:
            found.append(node)
        else:
            waiting += node.children[::-1]
    return found


def _in_columns(
    lines: Sequence[HtmlNode], cells: Sequence[Sequence[HtmlNode]]
) -> list[list[HtmlNode | None]]:
    """The rows with each cell in its column; places that a cell spans hold None.

    A column in which no cell begins is left out.
    """
    placed: list[dict[int, HtmlNode]] = []
    # Of each column that a cell above spans: the last row that it does.
    spanned: dict[int, int] = {}
    for number, (line, row) in enumerate(zip(lines, cells, strict=True)):
        if number and line.parent is not lines[number - 1].parent:
            spanned = {}  # A cell ends with its head or body.
        at, columns = 0, {}
        for cell in row:
            while spanned.get(at, -1) >= number:
                at += 1
            columns[at] = cell
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            end = max(at + 1, min(at + width, _WIDEST_SPAN))
            if height != 1:
                last = number + height - 1 if height else len(lines)
                spanned |= dict.fromkeys(range(at, end), last)
            at = end
        placed.append(columns)
    begun = sorted({at for columns in placed for at in columns})
    return [[columns.get(at) for at in begun] for columns in placed]


def _span(cell: HtmlNode, name: str) -> int:
    """How many columns or rows it spans; of rows, 0 for all that follow."""
    found = _SPAN.match(cell.get(name))
    count = int(found[0]) if found else 1
    return count if name == "rowspan" else max(count, 1)


def source_of(tag: HtmlNode) -> str:
    """A picture's address or id; where pages load pictures late, the one that is to come."""
    source = tag.get("src") or tag.get("id")
    if source and not source.startswith("data:"):
        return source
    late = next(filter(None, map(tag.get, _LATE_SOURCES)), source)
    return late if late.startswith("data:") else late.split(" ")[0].rstrip(",")


def _picture(tag: HtmlNode, caption: str, *, is_page: bool) -> dict[str, str]:
    by_class = None if is_page else _WP_IMAGE.search(tag.get("class"))
    image = by_class[1] if by_class else source_of(tag)
    if tag.name == "embed" and not by_class:
        image = tag.get("id") or image
    return {"image": image, "caption": caption, "alt_text": tag.get("alt"), "credit": ""}


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMESPACE = uuid.UUID("5d0d7a52-6d0e-4b3c-9c55-0f6a8a1f8f10")


def identified(blocks: Sequence[MarkupBlock], key: str) -> list[Raw]:
    """The blocks in raw form. Their ids follow from `key` and their place: the same each time.

    The first block of a group whose name is a UUID keeps that as its id.
    """
    found: list[Raw] = []
    counts: Counter[str] = Counter()
    for block in blocks:
        number = counts[block.group]
        counts[block.group] += 1
        is_first = not number and _UUID.fullmatch(block.group)
        id_ = block.group if is_first else _id_of(key, block.group, number)
        found.append({"type": block.kind, "value": _with_item_ids(block, id_), "id": id_})
    return found


def _with_item_ids(block: MarkupBlock, id_: str) -> Any:
    name = {"list": "items", "gallery": "pictures"}.get(block.kind)
    if name is None:
        return block.value
    items = [
        {"type": "item", "value": value, "id": _id_of(id_, "", number)}
        for number, value in enumerate(block.value[name])
    ]
    return {**block.value, name: items}


def _id_of(*parts: object) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, parts))))
