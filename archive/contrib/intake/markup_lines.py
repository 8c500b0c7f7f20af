"""Marked-up bodies of feeds, databases and agencies' files as a document's lines and pictures.

`archive.text.markup.blocks` cuts the HTML into blocks; here each block becomes the lines that
`SourceDocument` knows. A body that has no tags is plain text: a line feed ends its lines.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archive.contrib.intake.documents import DocumentImage, DocumentLine, LineKind
from archive.text.markup.blocks import MarkupBlock, read_markup
from archive.text.markup.inline_markup import BREAK
from archive.text.richtext import plain_text

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--")
_PARAGRAPH = re.compile(r"</?p>")
_UNSET = (0, 0)
# How Word's own web pages call paragraphs of its styles "Title" and "Subtitle".
WORD_TITLE, WORD_DECK = re.compile(r"MsoTitle\b"), re.compile(r"MsoSubtitle\b")
_BOLD = re.compile(r"<b>[^<]*(?:<(?!/b>)[^<]*)*</b>")
_WORD = re.compile(r"\w")
# A line of so many characters that ends like a sentence is running text.
_LONG = 80
_STORY = ("text", "paragraph")
_ENDINGS = (*".!?。！？…”」’", '"', "'")
_INDENTED = re.compile(r"[ \t\u3000]*")


@dataclass
class MarkupLines:
    """Lines without spans, the pictures among them, and what a person should know."""

    lines: list[DocumentLine] = field(default_factory=list)
    images: list[DocumentImage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # How often a text names each of its pictures.
    seen: Counter[str] = field(default_factory=Counter, repr=False)

    def add(
        self,
        kind: LineKind,
        text: str,
        *,
        markup: str = "",
        group: str = "",
        is_numbered: bool = False,
    ) -> None:
        """A line of that kind, of a standfirst one for each of its own; none where it is blank."""
        if kind == "standfirst" and "\n" in text.strip():
            for words in text.splitlines():
                self.add(kind, words)
            return
        if text := " ".join(text.split()):
            gap = 0 if group or not self.lines else 1
            is_bold = kind == "subhead" or _is_bold(markup)
            line = DocumentLine(text, _UNSET, kind, markup, gap, group=group, is_emphasised=is_bold)
            self.lines.append(replace(line, is_numbered=is_numbered))

    def add_row(self, cells: Sequence[str], *, group: str, is_head: bool = False) -> None:
        """A row of a table: cells are parted by tabs, so white space in them is folded."""
        if text := "\t".join(" ".join(cell.split()) for cell in cells).rstrip():
            line = DocumentLine(text, _UNSET, "table_row", group=group, is_head=is_head)
            self.lines.append(line)

    def add_table_caption(self, text: str, *, group: str) -> None:
        if text := " ".join(text.split()):
            line = DocumentLine(text, _UNSET, "table_row", group=group, is_caption=True)
            self.lines.append(line)

    def add_image(self, image: DocumentImage) -> None:
        """The picture at this place, and its words as lines of its own."""
        self.images.append(replace(image, after=len(self.lines)))
        self.add("caption", image.caption, group=image.name)
        self.add("credit", image.credit, group=image.name)

    def extend(self, other: "MarkupLines") -> None:
        """The other's lines and pictures behind these."""
        before = len(self.lines)
        self.images += [replace(one, after=one.after + before) for one in other.images]
        lines = list(other.lines)
        if self.lines and lines:
            lines[0] = replace(lines[0], gap=max(lines[0].gap, 1))
        self.lines += lines
        self.notes += [note for note in other.notes if note not in self.notes]


def is_running(line: DocumentLine) -> bool:
    """Whether a line is long enough for running text, and ends so."""
    return len(line.text) >= _LONG and line.text.endswith(_ENDINGS)


def has_markup(text: str) -> bool:
    """Whether there is a tag in it: a text about "a < b" has none."""
    return bool(_TAG.search(text))


def read_body(text: str, *, keeps_lines: bool = False) -> MarkupLines:
    """A body that is HTML or plain text, as its characters say. `keeps_lines`: see `markup`."""
    if not has_markup(text):
        return read_plain(text)
    reading = read_markup(text, keeps_lines=keeps_lines)
    return lines_of(reading.blocks, reading.notes)


def read_plain(text: str) -> MarkupLines:
    """Each line that isn't blank, with the blank lines and the indent before it."""
    found = MarkupLines()
    gap = 0
    for raw in text.splitlines():
        if words := " ".join(raw.split()):
            indent = len(_INDENTED.match(raw)[0])  # type: ignore[index]
            found.lines.append(DocumentLine(words, _UNSET, gap=gap, indent=indent))
            gap = 0
        else:
            gap += 1
    return found


def lines_of(blocks: Sequence[MarkupBlock], notes: Sequence[str] = ()) -> MarkupLines:
    """The blocks as lines; lists, tables and pictures with a group of their own."""
    found = MarkupLines(notes=list(notes))
    for number, block in enumerate(blocks, start=1):
        _add(found, block, f"{block.kind}-{number}")
    return found


def with_broken(lines: list[DocumentLine]) -> list[DocumentLine]:
    """A text of several lines amid the running text, as verse or fares, is a paragraph."""
    long = [at for at, line in enumerate(lines) if line.kind in _STORY and is_running(line)]
    if not long:
        return lines
    return [
        replace(line, kind="paragraph")
        if line.kind == "text" and BREAK in line.markup and long[0] < at < long[-1]
        else line
        for at, line in enumerate(lines)
    ]


def story_kind(line: DocumentLine) -> LineKind:
    """A line of a page's story: only a long one is surely a paragraph, and no byline or caption."""
    if line.kind != "paragraph" or is_running(line):
        return line.kind
    return "text"


def _add(found: MarkupLines, block: MarkupBlock, group: str) -> None:
    value = block.value
    match block.kind:
        case "paragraph":
            _add_rich(found, "paragraph", value)
        case "subhead":
            found.add("subhead", value)
        case "pull_quote":
            # A quote of several paragraphs is several lines of one group.
            several = group if "\n" in value["quote"] or value["attribution"] else ""
            for line in value["quote"].split("\n"):
                found.add("quote", line, group=several)
            # The dash tells who says it from what is said.
            by = value["attribution"]
            found.add("quote", f"— {by}" if by else "", group=several)
        case "list":
            for item in value["items"]:
                _add_rich(found, "list_item", item, group, is_numbered=value["ordered"])
        case "table":
            found.add_table_caption(value["table_caption"], group=group)
            has_head = value["first_row_is_table_header"]
            for number, row in enumerate(value["data"]):
                found.add_row(row, group=group, is_head=has_head and not number)
        case "image":
            _add_picture(found, value)
        case "gallery":
            found.add("paragraph", value["title"])
            for picture in value["pictures"]:
                _add_picture(found, picture)
        case "embed":
            found.add("paragraph", value["url"])
            found.add("paragraph", value["caption"])


def _add_rich(
    found: MarkupLines, kind: LineKind, markup: str, group: str = "", *, is_numbered: bool = False
) -> None:
    inner = _PARAGRAPH.sub("", markup)
    inner = inner if "<" in inner else ""
    found.add(kind, plain_text(markup), markup=inner, group=group, is_numbered=is_numbered)


def _is_bold(markup: str) -> bool:
    """Whether all its words are bold."""
    rest = _BOLD.sub("", markup)
    return rest != markup and not _WORD.search(plain_text(rest))


def _add_picture(found: MarkupLines, value: dict[str, Any]) -> None:
    name = value["image"]
    if not name:  # Its words may still be there.
        found.add("caption", value["caption"])
        found.add("unplaced", value["alt_text"])
        return
    url = name if name.startswith(("http://", "https://")) else ""
    found.seen[name] += 1
    # A picture may stand twice in a text.
    name = name if found.seen[name] == 1 else f"{name}#{found.seen[name]}"
    found.add_image(
        DocumentImage(
            name,
            url=url,
            caption=" ".join(value["caption"].split()),
            credit=value["credit"],
            alt_text=value["alt_text"],
        )
    )
