"""No cell of an export is a formula, and reading it back gives the text."""

from datetime import date
from typing import Any

import pytest
from django.urls import get_resolver
from django.utils.translation import gettext_lazy
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from archive.text.spreadsheets import (
    GuardedExportMixin,
    TableError,
    csv_text,
    decode_csv,
    guarded,
    read_csv,
    restored,
)
from tests.search.test_admin_lists import addresses

FORMULAS = [
    *("=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\rx", "\nx", "＝1+1", "  =1", "'=1", "''-x"),
    '=HYPERLINK("https://evil.example")',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "cell", ["A = B", "", "Zhanjiang", "’tis", "'tis", "-1", "+2.5", 12, -3, None]
)
def test_other_cells_stay_as_they_are(cell: Any) -> None:
    assert guarded(cell) == cell


@pytest.mark.parametrize("text", [*FORMULAS, "A = B", "'tis", "''", "-1", "'-1", ""])
def test_what_is_read_back_is_what_was_written(text: str) -> None:
    assert restored(guarded(text)) == text


def test_every_export_of_the_archive_is_guarded() -> None:
    views = {
        getattr(view, "view_class", None) for _path, view in addresses(get_resolver().url_patterns)
    }
    own = {one for one in views if one and one.__module__.startswith("archive.")}
    exporting = {one for one in own if issubclass(one, SpreadsheetExportMixin) and one.list_export}
    assert len(exporting) > 2
    assert all(issubclass(one, GuardedExportMixin) for one in exporting)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_header_tells_the_delimiter(delimiter: str) -> None:
    text = f"\ufeff\nkey{delimiter}name\r\n\r\nport{delimiter} 港口 \r\n"
    assert list(read_csv(text)) == [(2, ["key", "name"]), (4, ["port", "港口"])]


def test_excels_first_line_names_the_delimiter() -> None:
    assert list(read_csv("sep=;\na;b\nc;d")) == [(2, ["a", "b"]), (3, ["c", "d"])]


def test_a_quotation_that_never_ends_is_an_error_with_its_line() -> None:
    rows = read_csv('a,b\n"' + "long\n" * 40, longest=100)
    assert next(rows) == (1, ["a", "b"])
    with pytest.raises(TableError) as caught:
        next(rows)
    assert caught.value.line > 1


def test_a_written_table_is_read_as_it_was() -> None:
    rows = [["=1+1", "a, “b”\nc"], ["1", "x"]]
    read = list(read_csv(csv_text(["one", gettext_lazy("two")], rows)))
    assert [[*map(restored, cells)] for _line, cells in read] == [["one", "two"], *rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_what_excel_saves_is_read(encoding: str) -> None:
    text = "key,kind,name_zh\nport,port,湛江港\n"
    assert decode_csv(text.encode(encoding)) == text


def test_a_western_excel_has_its_accents() -> None:
    assert decode_csv("kind,en\ncity,São Paulo\n".encode("cp1252")).endswith("São Paulo\n")


@pytest.mark.parametrize("data", [b"key\n\xff\xff\xff\n", "湛".encode() * 300 + b"\xe6"])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnicodeError):
        decode_csv(data)


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert csv_text(["a"], [[-3], [None], [-2.5], [date(2015, 9, 22)]]) == (
        '\ufeffa\r\n-3\r\n""\r\n-2.5\r\n2015-09-22\r\n'
    )
