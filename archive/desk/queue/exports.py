"""Lists as spreadsheets: in the reader's language, safe to open, right in Excel."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.desk.models import Translation, Urgency
from archive.desk.people import name_of
from archive.desk.queue.columns import told_reasons
from archive.stories.marks import TranslationState
from archive.text.language import CHINESE, ENGLISH, LABELS

BOM = b"\xef\xbb\xbf"
# What makes a spreadsheet take a cell for a formula; full-width signs too, in East Asian Excel.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

PLAIN = (str, int)

Cells = Mapping[str, tuple[Any, Callable[[Any], Any]]]


def harmless(value: Any) -> Any:
    """The value as a cell; a text that a spreadsheet would calculate gets an apostrophe before."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class SafeExportMixin:
    """For a view with Wagtail's `SpreadsheetExportMixin`: `export_cells` names the columns."""

    export_cells: Any = {}

    @property
    def list_export(self) -> list[str]:
        return list(self.export_cells)

    @property
    def export_headings(self) -> dict[str, str]:
        return {name: str(label) for name, (label, _value) in self.export_cells.items()}

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        return OrderedDict(
            (name, harmless(value(item))) for name, (_label, value) in self.export_cells.items()
        )

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        # Most cells are texts and numbers, which stay as they are.
        if type(value) in PLAIN:
            return value
        return super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: OrderedDict[str, Any], date_format: Any = None
    ) -> Iterator[Any]:
        # Wagtail makes a cell object for each value, also where none is needed.
        for field, value in row_dict.items():
            if type(value) in PLAIN:
                yield value
            else:
                yield from super().generate_xlsx_row(  # type: ignore[misc]
                    worksheet, OrderedDict({field: value}), date_format
                )

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        # Excel takes a file without this mark for one in the machine's old code page.
        yield BOM
        yield from super().stream_csv(queryset)  # type: ignore[misc]

    def write_csv_response(self, queryset: Any) -> HttpResponseBase:
        # Written now: later, the request's language is no longer active.
        response: StreamingHttpResponse = super().write_csv_response(queryset)  # type: ignore[misc]
        response.streaming_content = list(response.streaming_content)  # type: ignore[arg-type]
        return response


def _saved_by(translation: Translation) -> str:
    revision = translation.latest_revision
    return name_of(revision.user) if revision else ""


def _saved_at(translation: Translation) -> Any:
    revision = translation.latest_revision
    # A spreadsheet's times have no zone: these are the newsroom's.
    return timezone.make_naive(revision.created_at) if revision else ""


def _percent(translation: Translation) -> int:
    count = translation.segment_count
    return translation.done_count * 100 // count if count else 0


def _reasons(translation: Translation) -> str:
    return " · ".join(reason.text() for reason in told_reasons(translation))


_CELLS: Cells = {
    "story": (_("Story"), lambda t: t.article.title),
    "from": (pgettext_lazy("a language", "From"), lambda t: LABELS[t.article.source_language]),
    "into": (_("Into"), lambda t: LABELS[t.language]),
    "state": (_("State"), lambda t: t.state),
    "segments": (_("Segments"), lambda t: t.segment_count),
    "done": (_("Done"), lambda t: t.done_count),
    "percent": (_("Done, in %"), _percent),
    "stale": (_("Source changed since"), lambda t: t.stale_count),
    "length": (_("Length of the source"), lambda t: t.source_size),
    "unit": (pgettext_lazy("of length", "Unit"), lambda t: t.article.source_language),
    "publication": (_("Publication"), lambda t: str(t.article.publication or "")),
    "section": (_("Section"), lambda t: str(t.article.section or "")),
    "print_date": (_("Print date"), lambda t: t.article.print_date or ""),
    "page": (pgettext_lazy("of a newspaper", "Page"), lambda t: t.article.print_page),
    "assignee": (_("Assigned to"), lambda t: name_of(t.assignee)),
    "urgency": (_("Priority"), lambda t: t.urgency),
    "due_date": (_("Due date"), lambda t: t.due_date or ""),
    "correction": (
        _("Correction missing since"),
        lambda t: timezone.make_naive(t.correction_since) if t.correction_since else "",
    ),
    "reads": (_("Reads"), lambda t: t.reads),
    "related": (_("Related stories"), lambda t: t.related_count),
    "related_done": (_("Related stories in both languages"), lambda t: t.related_done_count),
    "reasons": (_("Why this rank"), _reasons),
    "saved_at": (_("Last saved"), _saved_at),
    "saved_by": (_("Last saved by"), _saved_by),
    "address": (_("Address"), lambda t: t.get_edit_url()),
}


def queue_cells() -> Cells:
    """The queue's columns, in the active language: what many rows say is translated once."""
    said: dict[str, dict[Any, str]] = {
        "state": {value: str(label) for value, label in TranslationState.choices},
        "urgency": {value: str(label) for value, label in Urgency.choices},
        "unit": {ENGLISH: str(_("words")), CHINESE: str(_("characters"))},
    }

    def worded(name: str) -> tuple[Any, Callable[[Any], Any]]:
        label, value = _CELLS[name]
        return label, lambda translation: said[name][value(translation)]

    # To look up an address takes longer than all else in a row.
    before, _zero, after = Translation(pk=0).get_edit_url().rpartition("0")
    address = _CELLS["address"][0], lambda t: f"{before}{t.pk}{after}"
    return {**_CELLS, **{name: worded(name) for name in said}, "address": address}
