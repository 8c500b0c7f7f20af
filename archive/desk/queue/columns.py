"""The columns of the translators' list: on the screen, and in spreadsheets that open safely."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from archive.desk.models import Translation, Urgency
from archive.desk.policies import name_of
from archive.desk.queue.rank_updates import factors_of
from archive.desk.queue.ranking import Reason, reasons
from archive.text.language import LABELS, LANGUAGES, UNSPACED
from archive.text.spreadsheets import GuardedExportMixin

MOST_REASONS = 3
BOM = b"\xef\xbb\xbf"

# {name: (heading, the row's value)}
Cells = Mapping[str, tuple[Any, Callable[[Any], Any]]]


def shown_reasons(translation: Translation) -> list[Reason]:
    """Why the list has the story where it is; what other columns show already is left out."""
    found = reasons(factors_of(translation), timezone.localdate())
    return [reason for reason in found if reason.text()][:MOST_REASONS]


def is_overdue(translation: Translation) -> bool:
    return factors_of(translation).is_overdue(timezone.localdate())


def pair(translation: Translation) -> str:
    return f"{LABELS[translation.article.source_language]} → {LABELS[translation.language]}"


def size(translation: Translation) -> str:
    """The length of the source, as translators are paid; "" where it isn't counted yet."""
    count = translation.source_size
    if not count:
        return ""
    if translation.article.source_language in UNSPACED:
        text = ngettext("%(count)d character", "%(count)d characters", count)
    else:
        text = ngettext("%(count)d word", "%(count)d words", count)
    return text % {"count": count}


def saved_by(translation: Translation) -> str:
    revision = translation.latest_revision
    return name_of(revision.user) if revision else ""


class StoryColumn(TitleColumn):
    """The headline, in its own language, and below it why the story is where it is."""

    cell_template_name = "archive/admin/queue/story_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {
            **super().get_cell_context_data(instance, parent_context),
            "article": instance.article,
            "pair": pair(instance),
            "size": size(instance),
            "reasons": shown_reasons(instance),
        }


class ProgressColumn(Column):
    cell_template_name = "archive/admin/queue/progress_cell.html"


class DueColumn(Column):
    cell_template_name = "archive/admin/queue/due_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_overdue": is_overdue(instance)}


class SavedColumn(Column):
    cell_template_name = "archive/admin/queue/saved_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "person": saved_by(instance)}


# The first column, the story, is the view's to make: it carries the row's buttons.
QUEUE_COLUMNS = [
    ProgressColumn("state", label=_("State"), accessor="shown_state", sort_key="state"),
    Column(
        "print_date",
        label=_("Print date"),
        accessor="article.display_print_date",
        sort_key="article__print_date",
        classname="archive-nowrap archive-roomy",
    ),
    Column(
        "assignee",
        label=_("Assigned to"),
        accessor=lambda translation: name_of(translation.assignee),
        sort_key="assignee",
        classname="archive-nowrap",
    ),
    DueColumn("due_date", label=_("Due"), sort_key="due_date", classname="archive-nowrap"),
    SavedColumn(
        "saved",
        label=_("Last saved"),
        accessor="latest_revision.created_at",
        sort_key="latest_revision__created_at",
        classname="archive-roomy archive-queue__saved",
    ),
]


class SafeExportMixin(GuardedExportMixin):
    """For a view with Wagtail's `SpreadsheetExportMixin`: `export_cells` names the columns."""

    export_cells: Any = {}

    @property
    def list_export(self) -> list[str]:
        return list(self.export_cells)

    @property
    def export_headings(self) -> dict[str, str]:
        return {name: str(label) for name, (label, _value) in self.export_cells.items()}

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        cells = self.export_cells.items()
        return OrderedDict((name, value(item)) for name, (_label, value) in cells)

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        # Excel takes a file without this mark for one in the machine's old code page.
        yield BOM
        yield from super().stream_csv(queryset)  # type: ignore[misc]

    def write_csv_response(self, queryset: Any) -> HttpResponseBase:
        # Written now: later, the request's language is no longer active.
        response: StreamingHttpResponse = super().write_csv_response(queryset)  # type: ignore[misc]
        response.streaming_content = list(response.streaming_content)  # type: ignore[arg-type]
        return response


def _naive(moment: Any) -> Any:
    """A spreadsheet's times have no zone: these are the newsroom's."""
    return timezone.make_naive(moment) if moment else ""


def queue_cells() -> Cells:
    """The queue's cells in the active language: what many rows say is translated only once."""
    urgencies = {value: str(label) for value, label in Urgency.choices}
    words, characters = str(_("words")), str(_("characters"))
    units = {code: characters if code in UNSPACED else words for code in LANGUAGES}
    # To look up an address takes longer than all else in a row.
    before, _zero, after = Translation(pk=0).get_edit_url().rpartition("0")
    return {
        "story": (_("Story"), lambda t: t.article.title),
        "from": (pgettext_lazy("a language", "From"), lambda t: LABELS[t.article.source_language]),
        "into": (_("Into"), lambda t: LABELS[t.language]),
        "state": (_("State"), lambda t: t.shown_state),
        "segments": (_("Segments"), lambda t: t.segment_count),
        "drafts": (_("Drafts"), lambda t: t.draft_count),
        "done": (_("Done"), lambda t: t.done_count),
        "reviewed": (_("Reviewed"), lambda t: t.reviewed_count),
        "percent": (_("Done, in %"), lambda t: t.done_count * 100 // max(1, t.segment_count)),
        "stale": (_("Source changed since"), lambda t: t.stale_count),
        "length": (_("Length of the source"), lambda t: t.source_size),
        "unit": (pgettext_lazy("of length", "Unit"), lambda t: units[t.article.source_language]),
        "publication": (_("Publication"), lambda t: str(t.article.publication or "")),
        "section": (_("Section"), lambda t: str(t.article.section or "")),
        "print_date": (_("Print date"), lambda t: t.article.print_date or ""),
        "page": (pgettext_lazy("of a newspaper", "Page"), lambda t: t.article.print_page),
        "assignee": (_("Assigned to"), lambda t: name_of(t.assignee)),
        "urgency": (_("Priority"), lambda t: urgencies[t.urgency]),
        "due_date": (_("Due date"), lambda t: t.due_date or ""),
        "correction": (_("Correction missing since"), lambda t: _naive(t.correction_since)),
        "reads": (_("Reads"), lambda t: t.reads),
        "related": (_("Related stories"), lambda t: t.related_count),
        "related_done": (_("Related stories in both languages"), lambda t: t.related_done_count),
        "reasons": (_("Why this rank"), lambda t: " · ".join(r.text() for r in shown_reasons(t))),
        "saved_at": (
            _("Last saved"),
            lambda t: _naive(t.latest_revision and t.latest_revision.created_at),
        ),
        "saved_by": (_("Last saved by"), saved_by),
        "address": (_("Address"), lambda t: f"{before}{t.pk}{after}"),
    }
