"""No cell of an export is a formula, and reading it back gives the text."""

from typing import Any

import pytest
from django.urls import get_resolver
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from archive.text.spreadsheets import GuardedExportMixin, guarded, restored
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
    # Names are exported by a function that the commands use as well.
    unguarded = {one.__name__ for one in exporting if not issubclass(one, GuardedExportMixin)}
    assert len(exporting) > 2
    assert unguarded <= {"EntityIndexView"}
