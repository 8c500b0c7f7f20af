"""Excel files (XLSX) with a row for each segment; `archive.files.xlsx` says how they are read."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
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
from archive.files.xlsx import WORKBOOK, Cell, Merged, read_sheets, text_of
from archive.files.xml import every, value_of
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
_FORMULA = gettext_lazy("The cell has a formula. Format it as text, and write the words in it.")
_TROUBLE = {
    "value": gettext_lazy(
        "The cell has a date, a number or an error. Format it as text, and write it anew."
    ),
    "formula": _FORMULA,
    "uncalculated": _FORMULA,
}


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


def read_xlsx(package: Package) -> Iterator[TableRow]:
    """The rows of the sheets that have the archive's headings; raises ExchangeError for none."""
    missed: list[str] = list(_NEEDED)
    people = _people(package)
    for number, sheet in enumerate(read_sheets(package), 1):
        columns: dict[str, int] = {}
        name = _("sheet %(number)d") % {"number": number}
        above: list[OutsideText] = []
        merged = sheet.merged
        if len(merged) > _MOST_MERGED:
            raise ExchangeError(_("The sheet has too many merged cells. Undo the merging."))
        said = _notes(package, sheet.path, people)
        for at, cells in sheet.rows():
            values = {n: _value(cell, said) for n, cell in cells.items() if n < _MOST_COLUMNS}
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
    at: int, values: Mapping[int, _Value], columns: Mapping[str, int], merged: list[Merged]
) -> TableRow:
    found = {name: values.get(number, _Value()) for name, number in columns.items()}
    is_merged = any(at in one.rows for one in merged)
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


def _people(package: Package) -> dict[str, str]:
    """Who has written comments, by the keys that those have."""
    return {
        value_of(one, "id"): value_of(one, "displayName")
        for relation in package.relations(WORKBOOK)
        if relation.kind == "person"
        for one in every(package.xml(relation.target), "person")
    }


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
        words = text_of(node).strip()
        # Excel begins an older comment with its author.
        words = words.removeprefix(f"{author}:").strip() if author else words
        if words:
            place = value_of(node, "ref")
            found[place] = (*found.get(place, ()), UnitNote(words, author))
    return found


def _value(cell: Cell, notes: Mapping[str, tuple[UnitNote, ...]]) -> _Value:
    return _Value(cell.text, str(_TROUBLE.get(cell.kind, "")), notes.get(cell.place, ()))
