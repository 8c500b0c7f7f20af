"""CSV: a row is a story, the first row names the columns."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.intake.formats.column_format import ColumnFormat, Row
from archive.intake.records import IntakeError
from archive.intake.sources import SourceFile

_DELIMITERS = ",;\t|"
# Tables hold whole texts in a cell, more than Python's usual 128 KB.
_LONGEST_CELL = 50_000_000


class CsvFormat(ColumnFormat):
    id = "csv"
    name = gettext_lazy("CSV")
    description = gettext_lazy(
        "A table of stories with the names of its columns in the first line, parted by commas, "
        "semicolons or tabs."
    )
    suffixes = (".csv", ".tsv")

    def recognises(self, source: SourceFile) -> bool:
        rows = islice(_read_csv(source.text.text), 2)
        try:
            names, *others = [row for row in rows if row]
        except (ValueError, csv.Error):
            return False
        return len(names) > 1 and bool(others) and self.is_table(names)

    def rows(self, source: SourceFile) -> Iterator[Row]:
        rows = _read_csv(source.text.text)
        names = next(rows, [])
        try:
            for row in rows:
                # More cells than names: the last column's text has the separator in it.
                extra = {f"#{n}": cell for n, cell in enumerate(row[len(names) :], len(names) + 1)}
                yield {**dict(zip(names, row, strict=False)), **extra}
        except csv.Error as error:
            reason = _("it isn't CSV as it should be (%(error)s); export it again")
            raise IntakeError(reason % {"error": error}) from error


def _read_csv(text: str) -> Iterator[list[str]]:
    """The rows that hold something, with the separator that the first line has most of."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    if head.lower().startswith("sep="):  # Excel's own.
        text = text.partition("\n")[2]
        head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    for row in rows:
        if any(cell.strip() for cell in row):
            yield [cell.strip() for cell in row]
