"""Excel files (XLSX) with a row for each segment: written by openpyxl, read from their XML.

Read so because openpyxl makes a cell of each place in a merged range, and a hostile file has
billions of them; its mode for large files knows neither merged cells nor comments. No formula is
ever calculated.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.worksheet.datavalidation import DataValidation

from archive.contrib.exchange.tables import (
    CHOICES,
    HEADINGS,
    MERGED,
    STATES,
    TableRow,
    beside,
    columns_of,
    refuse_columns,
    row_of,
)
from archive.contrib.exchange.units import ExchangeError, ExportedStory, OutsideText, UnitNote
from archive.files.packages import Package
from archive.files.xml import child, children, every, name_of, value_of
from archive.text.punctuation import labelled

# In characters.
_WIDTHS = {
    "number": 6,
    "story": 22,
    "kind": 14,
    "source": 60,
    "target": 60,
    "state": 16,
    "notes": 32,
    "comment": 32,
    "reference": 10,
}
# What a cell holds, in UTF-16 units; openpyxl cuts off the rest.
MOST = 32_767
_TEXT = "@"
_NEEDED = ("source", "target", "reference")
# What people write beside the translation.
_WRITTEN = ("state", "notes", "comment")
# A title of a person's own may stand above the headings.
_HEADING_ROWS = 20
_MOST_COLUMNS = 200
_MOST_MERGED = 1000
# Number formats that the standard only numbers (ECMA-376, 18.8.30); 27 to 36 and 50 to 58 are dates
# of Chinese, Japanese and Korean.
_BUILT_IN = {
    **{str(number): "yyyy-mm-dd" for number in (*range(27, 37), *range(50, 59))},
    **{str(number): code for number, code in BUILTIN_FORMATS.items()},
}
# Any other shows something else than it holds.
_PLAIN_FORMATS = frozenset({"General", "0", "@"})
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_WHOLE = re.compile(r"[0-9]{1,9}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def write_xlsx(stories: Iterable[ExportedStory]) -> bytes:
    """A workbook of one sheet; raises ExchangeError for a text that no cell can hold."""
    book = Workbook()
    sheet: Any = book.active
    stories = list(stories)
    # The headings are for whoever translates.
    with override(stories[0].target_language):
        sheet.title = _("Translations")
        rows = [
            (row_of(number, unit, story), bool(unit.locked))
            for story in stories
            for number, unit in enumerate(story.units, 1)
        ]
        _write_row(sheet, 1, {name: str(HEADINGS[name]) for name in _WIDTHS}, is_grey=True)
        choices = ",".join(str(STATES[one]) for one in CHOICES)
    for at, (cells, is_locked) in enumerate(rows, 2):
        _write_row(sheet, at, cells, is_grey=is_locked)
    for at, (name, width) in enumerate(_WIDTHS.items(), 1):
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width, column.hidden = width, name == "reference"
    state = get_column_letter(list(_WIDTHS).index("state") + 1)
    # What stands there already needn't be one of them.
    offered = DataValidation("list", formula1=f'"{choices}"', showErrorMessage=False)
    offered.add(f"{state}2:{state}{len(rows) + 1}")
    sheet.add_data_validation(offered)
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_row(sheet: Any, at: int, cells: Mapping[str, str], *, is_grey: bool) -> None:
    for column, name in enumerate(_WIDTHS, 1):
        text = cells[name]
        if len(text.encode("utf-16-le")) // 2 > MOST:
            reason = _("A segment of “%(story)s” is longer than a cell of Excel. Export to Word.")
            raise ExchangeError(reason % {"story": cells["story"]})
        cell = sheet.cell(at, column)
        # As text, so that no "=" makes a formula of it, here or when somebody edits the cell.
        cell.value, cell.data_type = text, "s"
        cell.number_format = _TEXT
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if is_grey:
            cell.fill = PatternFill("solid", fgColor="EDEDED")
        if at == 1:
            cell.font = Font(bold=True)


@dataclass(frozen=True)
class _Value:
    """What a cell says; `trouble` says why that can't be taken for a text."""

    text: str = ""
    trouble: str = ""
    notes: tuple[UnitNote, ...] = ()


@dataclass(frozen=True)
class _Sheet:
    """A worksheet's XML, and what its cells refer to: texts, formats, comments by place."""

    root: Element
    texts: list[str]
    formats: list[str]
    notes: Mapping[str, tuple[UnitNote, ...]]
    epoch: datetime


def read_xlsx(package: Package) -> Iterator[TableRow]:
    """The rows of the sheets that have the archive's headings; raises ExchangeError for none."""
    missed: list[str] = list(_NEEDED)
    for number, sheet in enumerate(_sheets(package), 1):
        columns: dict[str, int] = {}
        name = _("sheet %(number)d") % {"number": number}
        above: list[OutsideText] = []
        merged = _merged(sheet.root)
        for at, values in _rows(sheet):
            if columns:
                yield _row(at, values, columns, merged)
                continue
            texts = [values.get(n, _Value()).text for n in range(max(values, default=-1) + 1)]
            found = columns_of(texts)
            lacking = [name for name in _NEEDED if name not in found]
            missed = min(missed, lacking, key=len)
            columns = found if not lacking and at <= _HEADING_ROWS else {}
            words = "\n".join(filter(None, (text.strip() for text in texts)))
            place = f"{name}, {_place(at)}"
            if columns:
                above += beside(enumerate(texts), columns, place)
            elif words:
                above.append(OutsideText(words, place))
        if above:
            yield TableRow(name, {}, outside=tuple(above))
    if missed:
        raise refuse_columns(missed)


def _row(
    at: int, values: Mapping[int, _Value], columns: Mapping[str, int], merged: list[range]
) -> TableRow:
    found = {name: values.get(number, _Value()) for name, number in columns.items()}
    is_merged = any(at in rows for rows in merged)
    trouble = str(MERGED) if is_merged else found["target"].trouble
    notes = tuple(note for value in values.values() for note in value.notes)
    # What a cell shows isn't what it holds: it is named, and not taken in.
    unread = {name: found[name].trouble for name in _WRITTEN if name in found}
    remark = " ".join(labelled(why, HEADINGS[name]) for name, why in unread.items() if why)
    texts = {name: "" if unread.get(name) else value.text for name, value in found.items()}
    refused = [
        OutsideText(found[name].text, labelled(HEADINGS[name], _place(at)))
        for name, why in unread.items()
        if why and found[name].text
    ]
    texts_by_column = ((column, one.text) for column, one in values.items())
    outside = (*refused, *beside(texts_by_column, columns, _place(at)))
    return TableRow(_place(at), texts, trouble, remark, notes, outside)


def _place(at: int) -> str:
    return _("row %(row)d") % {"row": at}


def _sheets(package: Package) -> Iterator[_Sheet]:
    main = "xl/workbook.xml"
    book = package.xml(main)
    if book is None:
        raise ExchangeError(_("The file is no Excel workbook (XLSX)."))
    targets = {one.id: one.target for one in package.relations(main)}
    texts = [_text(item) for item in children(package.xml("xl/sharedStrings.xml"), "si")]
    styles = package.xml("xl/styles.xml")
    own = {
        value_of(one, "numFmtId"): value_of(one, "formatCode") for one in every(styles, "numfmt")
    }
    formats = [
        own.get(number) or _BUILT_IN.get(number, "")
        for group in children(styles, "cellxfs")
        for one in children(group, "xf")
        for number in [value_of(one, "numFmtId") or "0"]
    ]
    is_from_1904 = value_of(child(book, "workbookpr"), "date1904") in ("1", "true")
    epoch = CALENDAR_MAC_1904 if is_from_1904 else CALENDAR_WINDOWS_1900
    people = {
        value_of(one, "id"): value_of(one, "displayName")
        for relation in package.relations(main)
        if relation.kind == "person"
        for one in every(package.xml(relation.target), "person")
    }
    for sheet in children(child(book, "sheets"), "sheet"):
        # The id of the relation, beside that of the sheet.
        path = targets.get(next((v for k, v in sheet.items() if k.endswith("}id")), ""), "")
        root = package.xml(path)
        if root is not None:
            yield _Sheet(root, texts, formats, _notes(package, path, people), epoch)


def _notes(package: Package, path: str, people: Mapping[str, str]) -> dict[str, tuple]:
    """Comments by their cell. Threads come with an older kind, which only says that they are."""
    kinds = {one.kind: one.target for one in package.relations(path)}
    older = package.xml(kinds.get("comments", ""))
    authors = [one.text or "" for one in every(older, "author")]
    numbered = {str(number): name for number, name in enumerate(authors)}
    threads = package.xml(kinds.get("threadedComment", ""))
    return {
        **_comments(older, "comment", "authorId", numbered),
        **_comments(threads, "threadedcomment", "personId", people),
    }


def _comments(
    root: Element | None, name: str, person: str, people: Mapping[str, str]
) -> dict[str, tuple[UnitNote, ...]]:
    found: dict[str, tuple[UnitNote, ...]] = {}
    for node in every(root, name):
        author = people.get(value_of(node, person), "").strip()
        words = _text(node).strip()
        # Excel begins an older comment with its author.
        words = words.removeprefix(f"{author}:").strip() if author else words
        if words:
            place = value_of(node, "ref")
            found[place] = (*found.get(place, ()), UnitNote(words, author))
    return found


def _merged(root: Element) -> list[range]:
    """The rows of each range of merged cells."""
    found = []
    for one in children(child(root, "mergecells"), "mergecell"):
        rows = [int(match[2]) for match in _PLACE.finditer(value_of(one, "ref"))]
        found.append(range(min(rows, default=0), max(rows, default=0) + 1))
    if len(found) > _MOST_MERGED:
        raise ExchangeError(_("The sheet has too many merged cells. Undo the merging."))
    return found


def _rows(sheet: _Sheet) -> Iterator[tuple[int, dict[int, _Value]]]:
    """The cells of each row by their column, from 0; rows count from 1."""
    at = 0
    for row in children(child(sheet.root, "sheetdata"), "row"):
        said = value_of(row, "r")
        at = int(said) if _WHOLE.fullmatch(said) else at + 1
        values: dict[int, _Value] = {}
        for cell in children(row, "c"):
            place = _PLACE.fullmatch(value_of(cell, "r"))
            column = _number(place[1]) if place else max(values, default=-1) + 1
            if column < _MOST_COLUMNS:
                values[column] = _value(cell, sheet)
        yield at, values


def _number(letters: str) -> int:
    """ "A" is 0, "AA" is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Element, sheet: _Sheet) -> _Value:
    held, notes = child(cell, "v"), sheet.notes.get(value_of(cell, "r"), ())
    raw, kind = (held.text or "") if held is not None else "", value_of(cell, "t")
    formula = child(cell, "f")
    if formula is not None:
        trouble = _("The cell has a formula. Format it as text, and write the words in it.")
        # What it gave isn't in a file that no spreadsheet has calculated.
        return _Value(raw or f"={formula.text or ''}", trouble, notes)
    if kind == "s":
        known = _WHOLE.fullmatch(raw) and int(raw) < len(sheet.texts)
        return _Value(sheet.texts[int(raw)] if known else "", notes=notes)
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _Value("" if inline is None else _text(inline), notes=notes)
    if kind == "str" or not raw:
        return _Value(_unescaped(raw), notes=notes)
    style = value_of(cell, "s") or "0"
    is_known = _WHOLE.fullmatch(style) and int(style) < len(sheet.formats)
    form = sheet.formats[int(style)] if is_known else "General"
    if kind in ("", "n") and form in _PLAIN_FORMATS:
        return _Value(raw, notes=notes)
    trouble = _("The cell has a date, a number or an error. Format it as text, and write it anew.")
    return _Value(_day(raw, sheet.epoch) if is_date_format(form) else raw, trouble, notes)


def _day(number: str, epoch: datetime) -> str:
    """A date or time as people write it, for the number of days that a cell holds."""
    with suppress(ValueError, OverflowError):
        return str(from_excel(float(number), epoch)).removesuffix(" 00:00:00")
    return number


def _text(node: Element) -> str:
    """The words of a text; not those that say how they are read aloud."""
    words = ""
    for inner in node:
        if name_of(inner) == "t" or (name_of(inner) == "text" and not len(inner)):
            words += inner.text or ""
        elif name_of(inner) in ("r", "text"):
            words += _text(inner)
    return _unescaped(words)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n")
