"""Lists as spreadsheets: in the reader's language, safe to open, right in Excel."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.desk.models import Translation
from archive.desk.queue.columns import told_reasons
from archive.desk.queue.people import name_of
from archive.text.language import ENGLISH, LABELS

BOM = b"\xef\xbb\xbf"
# What makes a spreadsheet take a cell for a formula; full-width signs too, in East Asian Excel.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

Cells = Mapping[str, tuple[Any, Callable[[Any], Any]]]


def harmless(value: Any) -> Any:
    """The value as a cell; a text that a spreadsheet would calculate gets an apostrophe before."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class SafeExportMixin:
    """For a view with Wagtail's `SpreadsheetExportMixin`: `export_cells` names the columns."""

    export_cells: Cells = {}

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


def _unit(translation: Translation) -> Any:
    is_english = translation.article.source_language == ENGLISH
    return _("words") if is_english else _("characters")


QUEUE_CELLS: Cells = {
    "story": (_("Story"), lambda t: t.article.title),
    "from": (pgettext_lazy("a language", "From"), lambda t: LABELS[t.article.source_language]),
    "into": (_("Into"), lambda t: LABELS[t.language]),
    "state": (_("State"), lambda t: t.get_state_display()),
    "segments": (_("Segments"), lambda t: t.segment_count),
    "done": (_("Done"), lambda t: t.done_count),
    "percent": (_("Done, in %"), _percent),
    "stale": (_("Source changed since"), lambda t: t.stale_count),
    "length": (_("Length of the source"), lambda t: t.source_size),
    "unit": (pgettext_lazy("of length", "Unit"), _unit),
    "publication": (_("Publication"), lambda t: str(t.article.publication or "")),
    "section": (_("Section"), lambda t: str(t.article.section or "")),
    "print_date": (_("Print date"), lambda t: t.article.print_date or ""),
    "page": (pgettext_lazy("of a newspaper", "Page"), lambda t: t.article.print_page),
    "assignee": (_("Assigned to"), lambda t: name_of(t.assignee)),
    "urgency": (_("Urgency"), lambda t: t.get_urgency_display()),
    "due_date": (_("Due date"), lambda t: t.due_date or ""),
    "correction": (
        _("Correction missing since"),
        lambda t: timezone.make_naive(t.correction_since) if t.correction_since else "",
    ),
    "reads": (_("Reads"), lambda t: t.reads),
    "related": (_("Related stories"), lambda t: t.related_count),
    "related_done": (_("Related stories in both languages"), lambda t: t.related_done_count),
    "reasons": (_("Why now"), _reasons),
    "saved_at": (_("Last saved"), _saved_at),
    "saved_by": (_("Last saved by"), _saved_by),
    "address": (_("Address"), lambda t: t.get_edit_url()),
}
