"""CSV: a row is a story, the first row names the columns."""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext_lazy

from archive.contrib.intake.formats.column_format import ColumnFormat, Row, turned
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.text.spreadsheets import TableError, read_csv
from archive.text.stored_messages import message as _

# Tables hold whole texts in a cell, more than Python's usual 128 KB.
_LONGEST_CELL = 50_000_000
# Rows that tell whether it is a table, and what the name of a column may have.
_LOOKED_AT, _LONGEST_NAME = 20, 60


class CsvFormat(ColumnFormat):
    id = "csv"
    name = gettext_lazy("CSV")
    description = gettext_lazy(
        "A table of stories with the names of its columns in the first line, parted by commas, "
        "semicolons or tabs."
    )
    suffixes = (".csv", ".tsv")

    def recognises(self, source: SourceFile) -> bool:
        try:
            names, *others = islice(_rows_of(source), _LOOKED_AT)
        except (ValueError, TableError):
            return False
        if len(names) < 2 or not others:
            return False
        is_record = bool(turned([names, *others]))
        return self.is_table(names) or _is_even(names, others, source.name) or is_record

    def rows(self, source: SourceFile) -> Iterator[Row]:
        rows = _rows_of(source)
        names = next(rows, [])
        try:
            if not self.mapping and not self.is_table(names):
                others = list(rows)
                if records := turned([names, *others]):
                    yield from records
                    return
                rows = iter(others)
            for row in rows:
                # More cells than names: the last column's text has the separator in it.
                extra = {f"#{n}": cell for n, cell in enumerate(row[len(names) :], len(names) + 1)}
                yield {**dict(zip(names, row, strict=False)), **extra}
        except TableError as error:
            reason = _("it isn't CSV as it should be (%(error)s); export it again")
            raise IntakeError(reason % {"error": error}) from error


def _is_even(names: list[str], rows: list[list[str]], file: str) -> bool:
    """Whether these are the rows of a table whose columns have unusual names, and no sentences."""
    told = [name for name in names if name]
    is_head = len(told) > 1 and len(set(told)) == len(told) and max(map(len, told)) <= _LONGEST_NAME
    is_long = len(names) > 2 and len(rows) > 1
    is_named = file.lower().endswith(CsvFormat.suffixes)
    return is_head and (is_long or is_named) and {len(row) for row in rows} == {len(names)}


def _rows_of(source: SourceFile) -> Iterator[list[str]]:
    return (cells for _line, cells in read_csv(source.text.text, longest=_LONGEST_CELL))
