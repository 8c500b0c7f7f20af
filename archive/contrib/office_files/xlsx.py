"""Excel workbooks: a row is a story, as in CSV; `archive.files.xlsx` says how they are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from django.utils.translation import gettext_lazy

from archive.contrib.intake.formats.column_format import ColumnFormat, Row, TableSample, turned
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile, refused_files
from archive.files.packages import Package, part_names
from archive.files.xlsx import WORKBOOK, Sheet, read_sheets
from archive.sandbox.pool import LimitError, run_limited
from archive.text.stored_messages import message as _
from archive.text.stored_messages import said_by

# A title, and what else stands above the names of the columns.
_HEAD_ROWS = 20


class XlsxFormat(ColumnFormat):
    id = "xlsx"
    name = gettext_lazy("Excel workbook (XLSX)")
    description = gettext_lazy(
        "A table of stories as Excel, WPS or LibreOffice save it: a row is a story, a row above "
        "names the columns; several sheets are read one after the other."
    )
    suffixes = (".xlsx", ".xlsm")
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return WORKBOOK in part_names(source.data)

    def sample(self, source: SourceFile, most: int = 3) -> TableSample:
        # Asked for by the server itself, which a whole workbook would take much memory of.
        try:
            return run_limited(_sample, source.path, source.data, most)
        except LimitError as error:
            raise IntakeError(said_by(error)) from error

    def rows(self, source: SourceFile) -> Iterator[Row]:
        with refused_files():
            sheets = [_Lines.of(sheet) for sheet in read_sheets(Package(source.data))]
        records = [record for sheet in sheets for record in turned(sheet.cells())]
        if records and not self.mapping:
            yield from records
            return
        tables = [sheet for sheet in sheets if sheet.find_names(self.is_table)]
        if not tables:
            # Of no sheet the columns are known: a person says what those of the first are.
            tables = [sheet for sheet in sheets if sheet.find_names(lambda _names: True)][:1]
        if not tables:
            raise IntakeError(
                _("no row of it names the columns; write their names above the stories")
            )
        # Words that belong to no story are the first one's, for a person to see.
        outside = {f"#{one.name}": words for one in sheets if (words := one.outside(one in tables))}
        for table in tables:
            for row in table.rows():
                yield {**row, **outside}
                outside = {}


def _sample(path: Path, data: bytes, most: int) -> TableSample:
    return ColumnFormat.sample(XlsxFormat(), SourceFile(path, data), most)


@dataclass
class _Lines:
    """The rows of a sheet that have words, by their number: texts by column."""

    name: str
    lines: dict[int, dict[int, str]]
    # By its first row, the last one of merged cells.
    _ends: dict[int, int]
    # Of the row with the columns' names, above which no story stands.
    _head: int = 0

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        merged = {(one.rows.start, one.column): one.rows.stop for one in sheet.merged}
        ends: dict[int, int] = {}
        for (start, _column), stop in merged.items():
            ends[start] = max(stop - 1, ends.get(start, 0))
        # What stands in merged cells holds for each of their rows.
        held: dict[int, tuple[int, str]] = {}
        lines = {}
        for at, cells in sheet.rows():
            own = {}
            for column, cell in cells.items():
                if cell.kind == "uncalculated":
                    reason = _(
                        "the formula in %(cell)s of “%(sheet)s” has no result yet; open the file "
                        "in Excel, and save it"
                    )
                    raise IntakeError(reason % {"cell": cell.place, "sheet": sheet.name})
                if text := cell.text.strip():
                    own[column] = text
                    held[column] = (merged.get((at, column), at + 1), text)
            if own:
                above = {column: text for column, (stop, text) in held.items() if at < stop}
                lines[at] = dict(sorted({**above, **own}.items()))
        return cls(sheet.name, lines, ends)

    def cells(self) -> list[list[str]]:
        """Its rows, with a cell for each column up to its last."""
        return [
            [cells.get(column, "") for column in range(max(cells) + 1)]
            for cells in self.lines.values()
        ]

    def find_names(self, is_table: Callable[[list[str]], bool]) -> bool:
        """Whether a row names the columns of a table, with a story below."""
        for at in list(self.lines)[:_HEAD_ROWS]:
            if len(self.lines[at]) > 1 and is_table(list(self.lines[at].values())):
                last = self._ends.get(at, at)
                self._head = last if last in self.lines else at
                return any(number > self._head for number in self.lines)
        return False

    def rows(self) -> Iterator[Row]:
        head = self.lines[self._head]
        names: dict[int, str] = {}
        for column, name in head.items():
            names[column] = f"{name} #{column + 1}" if name in names.values() else name
        for at, cells in self.lines.items():
            # On long sheets the names are there again for each printed page.
            if at > self._head and cells != head:
                told = {name: cells.get(column, "") for column, name in names.items()}
                others = {f"#{n + 1}": text for n, text in cells.items() if n not in names}
                yield {**told, **others}

    def outside(self, is_table: bool) -> str:
        """Its words above the table's; all, where it is none."""
        lines = [cells for at, cells in self.lines.items() if not is_table or at < self._head]
        return "\n".join(dict.fromkeys("  ".join(cells.values()) for cells in lines))
