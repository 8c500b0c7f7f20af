"""Rich Text Format (1.9.1), which nearly every word processor and old newsroom system writes.

Read as a stream of words with their look: linear, nothing looked up twice. The library for RTF that
there is drops notes, text boxes, emphasis and pictures, and its patterns take time by the square of
the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy

from archive.contrib.intake.documents import (
    DocumentImage,
    DocumentMetadata,
    SourceDocument,
)
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.sources import SourceFile
from archive.contrib.office_files.rich_text import DocumentLines, TextRun, keywords_of
from archive.photos.file_names import is_picture
from archive.text.superscripts import Position

# One of: a control word with its number, a byte in hexadecimal, a control symbol, a brace, line
# ends (which mean nothing), text.
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
_HEX = re.compile(rb"[0-9a-fA-F]+")
_CHARSETS = {
    0: "cp1252",
    2: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 65001: "utf-8", 10000: "mac_roman"}
_WORDS = {
    b"tab": " ", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
    b"line": "\n", b"softline": "\n",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\t": " "}
# Destinations whose text isn't the document's. Those that begin with \* are left out unless known.
_SKIPPED = {
    *(b"colortbl", b"stylesheet", b"listtable", b"listoverridetable", b"revtbl", b"rsidtbl"),
    *(b"generator", b"fldinst", b"objdata", b"datafield", b"datastore", b"themedata"),
    *(b"xmlnstbl", b"latentstyles", b"filetbl", b"bkmkstart", b"bkmkend", b"sp"),
    *(b"atnid", b"atnauthor", b"atndate", b"atnref", b"nonshppict"),
    *(b"pgdsctbl", b"mmathpr", b"wgrffmtfilter", b"tc", b"xe", b"template", b"password"),
    *(b"object", b"do"),
}
# What is said to be left out. A drawing of old Word is one with its words.
_OBJECTS = (b"object", b"do")
# What stands before a list's item.
_MARKS = (b"listtext", b"pntext")
# "1.", "(a)", "iv)", 三、: other marks of a list's items are bullets.
_NUMBER = re.compile(
    r"[(（]?(?:\d{1,3}|(?:[a-zA-Z]{1,4}|[一二三四五六七八九十]{1,3})(?=\W))[.)、．）]*"
)
_MARGINS = [place + page for place in (b"header", b"footer") for page in (b"", b"l", b"r", b"f")]
_INFO = {b"title", b"subject", b"keywords"}
# What has a meaning here beside the body's text; of `info` only some groups.
_SAID = {b"footnote", b"annotation", *_MARKS}
_OWN = {b"pict", b"fonttbl", b"info", *_SAID}
_DEEPEST = 2_000
_FLAGS = {
    b"b": "is_bold",
    b"i": "is_italic",
    b"v": "is_hidden",
    **dict.fromkeys((b"strike", b"striked", b"deleted"), "is_struck"),
}
# What of a group is no look of its words.
_KEPT = ("destination", "font", "skip", "in_table")
_POSITIONS: dict[bytes, Position] = {
    b"super": "superscript",
    b"up": "superscript",
    b"sub": "subscript",
    b"dn": "subscript",
    b"nosupersub": "",
}


@dataclass(frozen=True)
class _State:
    """What a group inherits, and gives back when it ends."""

    destination: bytes = b"body"
    font: int = -1
    is_bold: bool = False
    is_italic: bool = False
    is_hidden: bool = False
    is_struck: bool = False
    position: Position = ""
    skip: int = 1
    in_table: bool = False


@dataclass
class RtfParagraph:
    """`cells` are the cells before it of the same table row; `is_row_end` closes the row.

    `mark` is the bullet or number of a list's item.
    """

    runs: list[TextRun] = field(default_factory=list)
    mark: str = ""
    in_table: bool = False
    is_cell: bool = False
    is_row_end: bool = False
    pictures: list[bytes] = field(default_factory=list)


@dataclass
class RtfText:
    """The paragraphs of body, notes and margins, and what the information group says."""

    paragraphs: list[RtfParagraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    has_objects: bool = False


def read_rtf(data: bytes) -> RtfText:
    """Never raises: what is cut off ends there."""
    return _Reader(data).read()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.found = RtfText()
        self.state = _State()
        self.stack: list[_State] = []
        self.code_page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.bytes = bytearray()
        self.units: list[int] = []
        self.paragraph = RtfParagraph()
        self.other: list[str] = []
        self.picture: list[bytes] = []
        self.to_skip = 0
        self.is_optional = False

    def read(self) -> RtfText:
        position = 0
        while match := _TOKEN.match(self.data, position):
            position = match.end()
            word, number, hexadecimal, symbol, brace, text = match.groups()
            if word == b"bin":
                position += max(0, int(number or 0))
            elif word:
                self._word(word.lower(), int(number) if number else None)
            elif hexadecimal:
                self._byte(int(hexadecimal, 16))
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
            elif text:
                self._plain(text)
        self._flush()
        self._end_paragraph()
        return self.found

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.to_skip = 0
        self.is_optional = False
        if brace == b"{":
            # Deeper ones share their parent's state: nobody writes so, but it mustn't take memory.
            self.stack += [self.state] if len(self.stack) < _DEEPEST else []
        elif self.stack:
            ended, self.state = self.state, self.stack.pop()
            if ended.destination != self.state.destination:
                self._end_destination(ended.destination)

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"u" and number is not None:
            self._flush_bytes()
            self.units.append(number % 0x10000)
            self.to_skip = self.state.skip
            return
        self._flush()
        self.to_skip = 0
        if self._starts_destination(word):
            return
        self.is_optional = False
        if word in (b"par", b"sect", b"page"):
            self._break()
        elif word in (b"cell", b"nestcell", b"row", b"nestrow"):
            self._end_cell(word)
        elif word in _WORDS:
            self._add(_WORDS[word])
        else:
            self._format(word, number)

    def _starts_destination(self, word: bytes) -> bool:
        known = word in _MARGINS or word in _INFO or word in _OWN
        if known or word in _SKIPPED or (self.is_optional and word not in (b"shppict", b"shpinst")):
            if self.state.destination != b"skip":
                self.found.has_objects |= word in _OBJECTS
                self.state = replace(self.state, destination=word if known else b"skip")
            self.is_optional = False
            return True
        return False

    def _format(self, word: bytes, number: int | None) -> None:
        state, is_on = self.state, number != 0
        if flag := _FLAGS.get(word):
            changed: dict[str, Any] = {flag: is_on}
            self.state = replace(state, **changed)
        elif word == b"plain":
            kept = {name: getattr(state, name) for name in _KEPT}
            self.state = _State(**kept)
        elif word in _POSITIONS:
            self.state = replace(state, position=_POSITIONS[word] if is_on else "")
        elif word == b"f" and number is not None:
            self.state = replace(state, font=number)
        elif word == b"uc" and number is not None:
            self.state = replace(state, skip=max(0, min(number, 9)))
        elif word == b"fcharset" and state.destination == b"fonttbl":
            self.fonts[state.font] = _CHARSETS.get(number or 0, "")
        elif word == b"ansicpg" and number is not None:
            self.code_page = _CODE_PAGES.get(number, _known(number))
        elif word == b"mac":
            self.code_page = "mac_roman"
        elif word in (b"intbl", b"pard"):
            self.state = replace(state, in_table=word == b"intbl")

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.is_optional = True
            return
        if symbol in b"\r\n":
            self._flush()
            self._break()
        elif symbol in _SYMBOLS:
            self._flush()
            self._add(_SYMBOLS[symbol])

    def _byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
            return
        self._flush_units()
        self.bytes.append(value)

    def _plain(self, text: bytes) -> None:
        if self.state.destination == b"pict":
            self.picture.append(text)
            return
        if self.to_skip:
            count = min(self.to_skip, len(text))
            self.to_skip -= count
            text = text[count:]
        if text:
            self._flush_units()
            # The second byte of a Chinese character may be a letter, so all are decoded together.
            self.bytes += text

    def _flush(self) -> None:
        self._flush_units()
        self._flush_bytes()

    def _flush_units(self) -> None:
        if self.units:
            units, self.units = self.units, []
            data = b"".join(unit.to_bytes(2, "little") for unit in units)
            self._add(data.decode("utf-16-le", "replace"))

    def _flush_bytes(self) -> None:
        if self.bytes:
            data, self.bytes = bytes(self.bytes), bytearray()
            encoding = self.fonts.get(self.state.font) or self.code_page
            if not data.isascii() and encoding == "cp1252" and self.code_page != "cp1252":
                # A Western font is named for Chinese, too: the file's own code page is meant.
                encoding = self.code_page
            self._add(data.decode(encoding, "replace"))

    def _add(self, text: str) -> None:
        state = self.state
        if state.destination == b"body":
            if state.is_hidden:
                self.found.hidden.append(text)
                return
            look = TextRun(
                "",
                state.is_bold,
                state.is_italic,
                is_struck=state.is_struck,
                position=state.position,
            )
            self.paragraph.runs.append(look.saying(text))
        elif state.destination not in (b"skip", *_OWN - _SAID):
            self.other.append(text)

    def _break(self) -> None:
        if self.state.destination == b"body":
            self._end_paragraph()
        else:
            self._add("\n")

    def _end_paragraph(self) -> None:
        self.paragraph.in_table = self.state.in_table
        self.found.paragraphs.append(self.paragraph)
        self.paragraph = RtfParagraph()

    def _end_cell(self, word: bytes) -> None:
        if self.state.destination != b"body":
            return
        self.paragraph.is_cell = word.endswith(b"cell")
        self.paragraph.is_row_end = not self.paragraph.is_cell
        self._end_paragraph()
        self.found.paragraphs[-1].in_table = True

    def _end_destination(self, name: bytes) -> None:
        text, self.other = "".join(self.other), []
        if name == b"pict":
            pieces, self.picture = self.picture, []
            self.paragraph.pictures.append(_picture(b"".join(pieces)))
        elif name in _MARKS:
            self.paragraph.mark = text.strip()
        elif name == b"footnote":
            self.found.notes.append(text)
            self.paragraph.runs.append(TextRun(f"[{len(self.found.notes)}]"))
        elif name == b"annotation":
            self.found.comments.append(text)
        elif name in _MARGINS:
            self.found.margins += text.split("\n")
        elif name in _INFO:
            self.found.info[name.decode()] = text.strip()


def _known(code_page: int) -> str:
    try:
        return "".encode(f"cp{code_page}").decode() or f"cp{code_page}"
    except LookupError:
        return "cp1252"


def _picture(digits: bytes) -> bytes:
    """The bytes of a picture written in hexadecimal, what is cut off included."""
    found = b"".join(_HEX.findall(digits))
    return bytes.fromhex(found[: len(found) // 2 * 2].decode())


def paragraphs_with_rows(found: RtfText) -> Iterator[list[RtfParagraph]]:
    """Paragraphs by themselves, the cells of a table's row together."""
    row: list[RtfParagraph] = []
    for one in found.paragraphs:
        if one.is_row_end:
            yield row
            row = []
        elif one.in_table:
            row.append(one)
        else:
            if row:
                yield row
                row = []
            yield [one]
    if row:
        yield row


class RtfFormat(DocumentFormat):
    id = "rtf"
    name = gettext_lazy("Rich Text Format (RTF)")
    description = gettext_lazy(
        "A story as word processors and old newsroom systems save it: emphasis, tables, notes and "
        "pictures, in any code page."
    )
    suffixes = (".rtf",)
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return source.head.startswith(b"{\\rtf")

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        found = read_rtf(source.data)
        lines = DocumentLines()
        for number, paragraphs in enumerate(paragraphs_with_rows(found), start=1):
            _add(lines, paragraphs, f"table-{number}")
        for number, note in enumerate(found.notes, start=1):
            lines.add("text", f"[{number}] {note}")
        lines.add_margins(" ".join(one.split()) for one in found.margins)
        lines.hidden, lines.comments = ["".join(found.hidden)], found.comments
        if found.has_objects:
            lines.note_object()
        yield from lines.documents(_metadata(found))


def _add(lines: DocumentLines, paragraphs: list[RtfParagraph], row: str) -> None:
    cells = sum(one.is_cell for one in paragraphs)
    if cells > 1:
        before = lines.lines[-1] if lines.lines else None
        group = before.group if before and before.kind == "table_row" else row
        lines.add_row(list(_cells(lines, paragraphs)), group=group)
    else:
        for paragraph in paragraphs:
            if paragraph.mark:
                _add_item(lines, paragraph)
            else:
                lines.add_paragraph("text", paragraph.runs)
    for data in (picture for one in paragraphs for picture in one.pictures):
        name = f"picture-{len(lines.images) + 1}"
        if is_picture(data[:16]):
            lines.add_image(DocumentImage(name, data=data))
        else:
            lines.note_picture(name)


def _add_item(lines: DocumentLines, item: RtfParagraph) -> None:
    """Items that follow one another and are all counted, or all aren't, are one list."""
    is_numbered = bool(_NUMBER.fullmatch(item.mark))
    before = lines.lines[-1] if lines.lines else None
    goes_on = before and before.kind == "list_item" and before.is_numbered == is_numbered
    group = before.group if before and goes_on else f"list-{len(lines.lines)}"
    lines.add_paragraph("list_item", item.runs, group=group, is_numbered=is_numbered)


def _cells(lines: DocumentLines, paragraphs: list[RtfParagraph]) -> Iterator[str]:
    text: list[str] = []
    for one in paragraphs:
        text.append(lines.words_of(one.runs))
        if one.is_cell:
            yield "".join(text)
            text = []
        else:
            text.append(" ")
    if "".join(text).strip():
        yield "".join(text)


def _metadata(found: RtfText) -> DocumentMetadata:
    return DocumentMetadata(
        document_title=found.info.get("title", ""),
        keywords=keywords_of(found.info.get("keywords", "")),
    )
