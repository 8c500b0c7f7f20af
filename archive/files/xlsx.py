"""Excel workbooks (XLSX) as rows of cells, read from their XML.

Read so because openpyxl makes a cell of each place in a merged range, and a hostile file has
billions of them; its mode for large files knows neither merged cells nor comments. No formula is
ever calculated.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from archive.files.errors import FileError
from archive.files.packages import Package
from archive.files.xml import child, children, every, name_of, value_of
from archive.text.stored_messages import message as _

WORKBOOK = "xl/workbook.xml"
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


@dataclass(frozen=True)
class Cell:
    """What a cell says; `place` is as Excel names it: "B3".

    A "value" is a date, a number that is shown in a format, or an error. The text of a "formula" is
    what it gave; that of an "uncalculated" one, which no spreadsheet has saved, is the formula.
    """

    text: str = ""
    kind: Literal["text", "value", "formula", "uncalculated"] = "text"
    place: str = ""


@dataclass(frozen=True)
class Merged:
    """Cells that are merged into one: its rows, from 1, and its first column, from 0."""

    rows: range
    column: int


@dataclass(frozen=True)
class Sheet:
    """A worksheet; `path` is that of its part. Its cells refer to texts and formats by number."""

    name: str
    path: str
    _root: Element
    _texts: list[str]
    _formats: list[str]
    _epoch: datetime

    @property
    def merged(self) -> list[Merged]:
        found = []
        for one in children(child(self._root, "mergecells"), "mergecell"):
            places = _PLACE.findall(value_of(one, "ref"))
            rows = [int(row) for _letters, row in places]
            if rows:
                merged = range(min(rows), max(rows) + 1)
                found.append(Merged(merged, min(_number(letters) for letters, _row in places)))
        return found

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The cells of each row by their column, from 0; rows count from 1."""
        at = 0
        for row in children(child(self._root, "sheetdata"), "row"):
            said = value_of(row, "r")
            at = int(said) if _WHOLE.fullmatch(said) else at + 1
            cells: dict[int, Cell] = {}
            for node in children(row, "c"):
                place = _PLACE.fullmatch(value_of(node, "r"))
                column = _number(place[1]) if place else max(cells, default=-1) + 1
                cells[column] = self._cell(node)
            yield at, cells

    def _cell(self, node: Element) -> Cell:
        text, is_value = self._said(node)
        formula, place = child(node, "f"), value_of(node, "r")
        if formula is None:
            return Cell(text, "value" if is_value else "text", place)
        # A text that a spreadsheet has found to be empty is named as a text.
        if not text and value_of(node, "t") != "str":
            return Cell(f"={formula.text or ''}", "uncalculated", place)
        return Cell(text, "formula", place)

    def _said(self, node: Element) -> tuple[str, bool]:
        """The cell's text, and whether it is a value."""
        held, kind = child(node, "v"), value_of(node, "t")
        raw = (held.text or "") if held is not None else ""
        if kind == "s":
            is_known = _WHOLE.fullmatch(raw) and int(raw) < len(self._texts)
            return self._texts[int(raw)] if is_known else "", False
        if kind == "inlineStr":
            inline = child(node, "is")
            return "" if inline is None else text_of(inline), False
        if kind == "str" or not raw:
            return _unescaped(raw), False
        style = value_of(node, "s") or "0"
        is_known = _WHOLE.fullmatch(style) and int(style) < len(self._formats)
        form = self._formats[int(style)] if is_known else "General"
        if kind in ("", "n") and form in _PLAIN_FORMATS:
            return raw, False
        return _day(raw, self._epoch) if is_date_format(form) else raw, True


def read_sheets(package: Package) -> Iterator[Sheet]:
    """The worksheets of a workbook, in their order. Raises FileError for none."""
    book = package.xml(WORKBOOK)
    if book is None:
        raise FileError(_("The file is no Excel workbook (XLSX)."))
    targets = {one.id: one.target for one in package.relations(WORKBOOK)}
    texts = [text_of(item) for item in children(package.xml("xl/sharedStrings.xml"), "si")]
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
    for one in children(child(book, "sheets"), "sheet"):
        # The id of the relation, beside that of the sheet.
        path = targets.get(next((v for k, v in one.items() if k.endswith("}id")), ""), "")
        root = package.xml(path)
        if root is not None:
            yield Sheet(value_of(one, "name"), path, root, texts, formats, epoch)


def text_of(node: Element) -> str:
    """The words of a text; not those that say how they are read aloud."""
    words = ""
    for inner in node:
        if name_of(inner) == "t" or (name_of(inner) == "text" and not len(inner)):
            words += inner.text or ""
        elif name_of(inner) in ("r", "text"):
            words += text_of(inner)
    return _unescaped(words)


def _number(letters: str) -> int:
    """ "A" is 0, "AA" is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _day(number: str, epoch: datetime) -> str:
    """A date or time as people write it, for the number of days that a cell holds."""
    with suppress(ValueError, OverflowError):
        return str(from_excel(float(number), epoch)).removesuffix(" 00:00:00")
    return number


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n")
