"""Word files (DOCX) with a table for each story: written by python-docx, read from their XML."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from archive.contrib.exchange import markup
from archive.contrib.exchange.cells import CODE
from archive.contrib.exchange.tables import (
    HEADINGS,
    MERGED,
    TableRow,
    beside,
    columns_of,
    part_reference,
    refuse_columns,
    row_of,
)
from archive.contrib.exchange.units import (
    REF,
    ExchangeError,
    ExportedStory,
    OutsideText,
    UnitNote,
)
from archive.files.docx import (
    DELETED,
    INSERTED,
    WordDocument,
    blocks,
    cells,
    characters,
    is_deleted,
    is_silent,
    rows,
    runs_on,
)
from archive.files.packages import Package
from archive.files.xml import child, name_of, value_of, without_illegal
from archive.text.language import HTML_CODES
from archive.text.segmentation import digest

# The columns and their widths in twentieths of a point, on a page of A4 on its side.
_WIDTHS = {
    "number": 700,
    "kind": 1300,
    "source": 4800,
    "target": 4800,
    "state": 1200,
    "notes": 2000,
    "comment": 1800,
}
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# As Word names them.
_LANGUAGES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
_NEEDED = ("number", "source", "target")
_GREY = {"w:val": "clear", "w:color": "auto", "w:fill": "EDEDED"}


def write_docx(stories: Iterable[ExportedStory]) -> bytes:
    """A document with a heading and a table for each story.

    Raises ExchangeError where python-docx isn't installed.
    """
    try:
        # Of the extra "docx", which a site may lack.
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.oxml import parse_xml
        from docx.shared import Mm, Pt
    except ImportError as error:
        reason = _('Word files need python-docx: pip install "wagtail-bilingual-archive[docx]".')
        raise ExchangeError(reason) from error
    document: Any = Document()
    document.core_properties.author = document.core_properties.comments = ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    document.styles["Normal"].font.size = Pt(9)
    for story in stories:
        # The headings are for whoever translates.
        with override(story.target_language):
            heading = " ".join(without_illegal(story.title, "\ufffd").split())
            document.add_heading(heading, level=1)
            line = document.add_paragraph(f"{HEADINGS['reference']} {story.original}")
            # Tells the heading from a person's words, also once the story has another.
            line.add_run(f" {digest(heading)}").font.hidden = True
            table = parse_xml(_table(story))
        document.element.body.insert(-1, table)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _table(story: ExportedStory) -> str:
    """A story's table as XML: to add it cell by cell takes python-docx several times as long."""
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = {"w:val": "single", "w:sz": "4", "w:color": "999999"}
    borders = [markup.element(f"w:{edge}", line) for edge in edges]
    layout = markup.element("w:tblLayout", {"w:type": "fixed"})
    about = markup.element("w:tblPr", {}, markup.element("w:tblBorders", {}, *borders), layout)
    columns = (markup.element("w:gridCol", {"w:w": str(width)}) for width in _WIDTHS.values())
    headings = [_cell(name, str(HEADINGS[name]), bold=True, grey=True) for name in _WIDTHS]
    first = markup.element("w:trPr", {}, markup.element("w:tblHeader", {}))
    rows = [markup.element("w:tr", {}, first, *headings)]
    for number, unit in enumerate(story.units, 1):
        cells = row_of(number, unit, story)
        texts = (
            _cell(name, cells[name], grey=bool(unit.locked), story=story, hidden=hidden)
            for name in _WIDTHS
            for hidden in [cells["reference"] if name == "number" else ""]
        )
        rows.append(markup.element("w:tr", {}, *texts))
    grid = markup.element("w:tblGrid", {}, *columns)
    return markup.element("w:tbl", {"xmlns:w": _NAMESPACE}, about, grid, *rows)


def _cell(
    name: str,
    text: str,
    *,
    story: ExportedStory | None = None,
    bold: bool = False,
    grey: bool = False,
    hidden: str = "",
) -> str:
    width = markup.element("w:tcW", {"w:w": str(_WIDTHS[name]), "w:type": "dxa"})
    shade = [markup.element("w:shd", _GREY)] if grey else []
    style = [markup.element("w:b", {})] if bold else []
    if story and name in ("source", "target"):
        code = story.source_code if name == "source" else HTML_CODES[story.target_language]
        code = _LANGUAGES.get(code, code)
        style.append(markup.element("w:lang", {"w:val": code, "w:eastAsia": code}))
    runs = [list(_runs(line, style)) for line in text.split("\n")]
    if hidden:
        away = [markup.element("w:vanish", {})]
        runs[-1].append(_run(f" {hidden}", away))
    paragraphs = (markup.element("w:p", {}, *line) for line in runs)
    return markup.element("w:tc", {}, markup.element("w:tcPr", {}, width, *shade), *paragraphs)


def _runs(line: str, style: list[str]) -> Iterator[str]:
    """Words as they are, codes in a colour of their own and out of the spelling checker's way."""
    tint = [markup.element("w:noProof", {}), markup.element("w:color", {"w:val": "8A3FA0"})]
    last = 0
    for match in CODE.finditer(line):
        yield from [_run(line[last : match.start()], style)] if last < match.start() else []
        yield _run(match[0], tint)
        last = match.end()
    yield from [_run(line[last:], style)] if last < len(line) else []


def _run(text: str, style: list[str]) -> str:
    words = markup.element("w:t", {"xml:space": "preserve"}, markup.text(text))
    return markup.element("w:r", {}, markup.element("w:rPr", {}, *style), words)


def read_docx(package: Package) -> Iterator[TableRow]:
    """The rows of the tables that have the archive's headings; raises ExchangeError for none."""
    document = WordDocument(package)
    comments = dict(_comments(document))
    tables = 0
    missed = list(_NEEDED)
    story = ""
    found = list(blocks(document.body))
    texts = [*map(_words, found), ""]
    for block, (words, below) in zip(found, pairwise(texts), strict=True):
        if name_of(block) == "p":
            if reference := REF.search(words):
                story = words[: reference.end()].split()[-1]
            elif words and not _is_heading(words, below):
                yield _outside(story, words, _("outside of the table"))
            continue
        tables += 1
        held = [(row, [_read(cell, comments) for cell in cells(row)]) for row in rows(block)]
        columns = columns_of(cell.text for cell in held[0][1]) if held else {}
        lacking = [name for name in _NEEDED if name not in columns]
        missed = min(missed, lacking, key=len)
        if lacking:
            words = "\n".join(cell.text.strip() for _row, cells in held for cell in cells)
            yield _outside(story, words.strip(), _("table %(table)d") % {"table": tables})
        for at, (row, read) in enumerate([] if lacking else held, 1):
            place = _("table %(table)d, row %(row)d") % {"table": tables, "row": at}
            if at == 1:
                around = beside(enumerate(cell.text for cell in read), columns, place)
                yield TableRow(place, {"reference": story}, outside=around)
            elif not is_deleted(row):
                yield _row(_Place(place, story, len(held[0][1])), read, columns)
    if missed:
        raise refuse_columns(missed)
    for part, place in (
        *(
            (document.part(name), pgettext("foot or end", "note"))
            for name in ("footnotes", "endnotes")
        ),
        *((part, _("head or foot of the page")) for part in document.margins()),
    ):
        words = _read(part, {}).text.strip() if part is not None else ""
        if words:
            yield _outside("", words, place)


def _words(block: Element) -> str:
    """Of a paragraph; those of a table are its cells'."""
    return _read(block, {}).text.strip() if name_of(block) == "p" else ""


def _is_heading(words: str, below: str) -> bool:
    """Whether the reference below says that they are the export's own."""
    reference = REF.search(below)
    said = below[reference.end() :].strip() if reference else ""
    return said == digest(" ".join(words.split()))


def _outside(story: str, words: str, place: str) -> TableRow:
    found = (OutsideText(words, place),) if words else ()
    return TableRow(place, {"reference": story}, outside=found)


@dataclass
class _Cell:
    text: str = ""
    is_tracked: bool = False
    is_merged: bool = False
    has_table: bool = False
    has_box: bool = False
    is_annotated: bool = False
    notes: list[UnitNote] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """Where a row stands: for people, the story above its table, and how many cells it has."""

    name: str
    story: str
    width: int


def _row(place: _Place, cells: list[_Cell], columns: dict[str, int]) -> TableRow:
    found = {name: cells[at] for name, at in columns.items() if at < len(cells)}
    texts = {name: cell.text for name, cell in found.items()}
    # The number is followed by the reference, which is hidden, and which some programs drop.
    reference, texts["number"] = part_reference(texts.get("number", ""))
    texts["reference"] = reference or place.story
    trouble = remark = ""
    if len(cells) != place.width or any(cell.is_merged for cell in cells):
        trouble = str(MERGED)
    elif any(cell.has_table for cell in found.values()):
        trouble = _("A cell of this row has a table in it. Write the text without it.")
    elif any(cell.has_box for cell in found.values()):
        trouble = _("A cell of this row has a text box in it. Write the text without it.")
    elif found["target"].is_annotated:
        remark = _("The text has a phonetic guide; it was left out.")
    elif found["target"].is_tracked:
        remark = _("The text has tracked changes; they were taken as accepted.")
    notes = tuple(note for cell in cells for note in cell.notes)
    outside = beside(enumerate(cell.text for cell in cells), columns, place.name)
    return TableRow(place.name, texts, trouble, remark, notes, outside)


def _comments(document: WordDocument) -> Iterator[tuple[str, UnitNote]]:
    """Word's own comments, by id."""
    for node in document.comments():
        if words := _read(node, {}).text.strip():
            yield value_of(node, "id"), UnitNote(words, value_of(node, "author"))


def _read(node: Element, comments: Mapping[str, UnitNote]) -> _Cell:
    """A cell's text, a line for each paragraph."""
    cell = _Cell()
    properties = child(node, "tcpr")
    span = value_of(child(properties, "gridspan"), "val")
    cell.is_merged = span not in ("", "1") or child(properties, "vmerge") is not None
    cell.text = "".join(_texts(node, cell, comments)).removesuffix("\n")
    return cell


def _texts(node: Element, cell: _Cell, comments: Mapping[str, UnitNote]) -> Iterator[str]:
    for inner in node:
        name = name_of(inner)
        if name in DELETED or name in INSERTED:
            cell.is_tracked = True
        cell.has_table |= name == "tbl"
        cell.has_box |= name == "txbxcontent"
        cell.is_annotated |= name == "rt"
        if (text := characters(inner)) is not None:
            yield text
        elif name == "commentreference" and value_of(inner, "id") in comments:
            cell.notes.append(comments[value_of(inner, "id")])
        elif not is_silent(name):
            yield from _texts(inner, cell, comments)
            if name == "p" and not runs_on(inner):
                yield "\n"
