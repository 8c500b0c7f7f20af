"""Tables that spreadsheets open and save: CSV, TSV, and the cells of Excel files."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from archive.text.encodings import decode_text

# Full-width signs too, for East Asian Excel. A text may begin with apostrophes of its own.
_FORMULA = re.compile(r"'*[ ]*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GUARDED = re.compile(rf"'(?={_FORMULA.pattern})")
# Excel takes a file without it for one of its own code pages.
BYTE_ORDER_MARK = "\ufeff"
_DELIMITERS = ",;\t|"
# A cell that goes on for longer, in characters, began with a quotation mark that isn't closed.
_LONGEST_CELL = 131_072


class TableError(Exception):
    """A row can't be told from the next: `line` is where it ends, from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def guarded(value: Any) -> Any:
    """The cell, with an apostrophe before a text that would be calculated; numbers stay numbers."""
    is_formula = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if is_formula else value


def restored(cell: str) -> str:
    """What `guarded` was given."""
    return _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell


def write_csv(
    out: TextIO, header: Iterable[Any], rows: Iterable[Iterable[Any]], **form: Any
) -> int:
    """Write a table of which no cell is a formula, in a form of `csv.writer`; how many rows."""
    writer = csv.writer(out, **form)
    writer.writerow(map(_cell, header))
    written = 0
    for row in rows:
        writer.writerow(map(_cell, row))
        written += 1
    return written


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float) else guarded(str(value))


def csv_text(header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    """A whole file, with the byte order mark that spreadsheets know UTF-8 by."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    write_csv(out, header, rows)
    return out.getvalue()


def decode_csv(data: bytes) -> str:
    """A file's text, also as Excel saves it in China (GB18030), in Europe, or as "Unicode text".

    Raises UnicodeError where a character is broken.
    """
    decoded = decode_text(data)
    if decoded is None or decoded.broken:
        raise UnicodeError
    return decoded.text


def read_csv(text: str, *, longest: int = _LONGEST_CELL) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something, without blanks around its cells, and the line of its end.

    The header comes first, and has most of the delimiter: a comma, semicolon, tab or bar. Raises
    TableError at a cell of more than so many characters.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    lines_before = int(text[:4].lower() == "sep=")  # Excel's own first line.
    text = text.partition("\n")[2] if lines_before else text
    head = text.lstrip().partition("\n")[0]
    # The limit is one for the whole process.
    csv.field_size_limit(max(csv.field_size_limit(), longest))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    try:
        for row in rows:
            if any(len(cell) > longest for cell in row):
                raise csv.Error(f"field larger than field limit ({longest})")
            if any(cell.strip() for cell in row):
                yield lines_before + rows.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise TableError(lines_before + rows.line_num, str(error)) from error


def all_rows(text: str) -> tuple[list[tuple[int, list[str]]], TableError | None]:
    """What `read_csv` gives, and what it raises after that: for a process that answers once."""
    rows = []
    try:
        # Not a comprehension: the rows before the trouble count.
        for row in read_csv(text):
            rows.append(row)
    except TableError as error:
        return rows, error
    return rows, None


class GuardedExportMixin:
    """For a view with Wagtail's `SpreadsheetExportMixin`."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return guarded(super().preprocess_field_value(field, value, export_format))  # type: ignore[misc]
