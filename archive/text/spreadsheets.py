"""Cells of CSV, TSV and Excel files that no spreadsheet takes for a formula, and back again."""

import re
from typing import Any

# Full-width signs too, for East Asian Excel. A text may begin with apostrophes of its own.
_FORMULA = re.compile(r"'*[ ]*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GUARDED = re.compile(rf"'(?={_FORMULA.pattern})")


def guarded(value: Any) -> Any:
    """The cell, with an apostrophe before a text that would be calculated; numbers stay numbers."""
    is_formula = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if is_formula else value


def restored(cell: str) -> str:
    """What `guarded` was given."""
    return _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell


class GuardedExportMixin:
    """For a view with Wagtail's `SpreadsheetExportMixin`."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return guarded(super().preprocess_field_value(field, value, export_format))  # type: ignore[misc]
