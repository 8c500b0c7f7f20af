"""Tables as people edit them: with python-docx and openpyxl, which the reader doesn't use."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import docx
import openpyxl

from archive.contrib.exchange.tables import columns_of


def edited(
    name: str,
    data: bytes,
    texts: Mapping[str, str] | None = None,
    *,
    row: int = 2,
    edit: Callable[[Any], None] | None = None,
) -> bytes:
    """The file with other texts in a row, which counts from 1 with the headings; then `edit`
    gets the sheet, or the first table."""
    opened: Any = docx.Document(io.BytesIO(data)) if name == "docx" else None
    opened = opened or openpyxl.load_workbook(io.BytesIO(data))
    table = opened.tables[0] if name == "docx" else opened.active
    for column, text in (texts or {}).items():
        set_text(table, row, column, text)
    if edit:
        edit(table)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def set_text(table: Any, row: int, column: str, text: str) -> None:
    if isinstance(table, docx.table.Table):
        at = columns_of(cell.text for cell in table.rows[0].cells)[column]
        table.cell(row - 1, at).text = text
    else:
        at = columns_of(str(cell.value) for cell in table[1])[column]
        table.cell(row, at + 1).value = text
