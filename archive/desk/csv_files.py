"""Tables of the desk as CSV files that spreadsheets open safely."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

from archive.text.spreadsheets import guarded


def csv_file(lines: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """The lines as a download; numbers stay numbers, all else is text."""
    out = StringIO()
    writer = csv.writer(out)
    for line in lines:
        cells = (one if isinstance(one, int | float) else str(one) for one in line)
        writer.writerow([guarded(cell) for cell in cells])
    # Excel takes a file without this mark for one of its own code pages.
    response = HttpResponse(f"\ufeff{out.getvalue()}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
