"""Tables of the desk as CSV files that spreadsheets open safely."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from archive.text.spreadsheets import csv_text


def csv_file(lines: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """The lines as a download, the headings first."""
    head, *rows = lines
    response = HttpResponse(csv_text(head, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
