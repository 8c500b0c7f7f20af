"""Settles reports: one on its page or at the translator's screen, many by bulk actions."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.snippets.views.snippets import EditView

from archive.contrib.reader_reports.actions import MARK, pending_reports, settle
from archive.contrib.reader_reports.models import ReaderReport
from archive.contrib.reader_reports.policies import report_policy
from archive.contrib.reader_reports.report_list import ReportFilterSet, reports_of, search
from archive.desk.models import Translation
from archive.desk.policies import refuse
from archive.desk.queue.bulk_actions import is_id
from archive.desk.segments import source_segments


class ReportEditView(EditView):
    """One report: what was said, the texts then and now, and what the desk makes of it."""

    def save_instance(self) -> ReaderReport:
        data = self.form.cleaned_data
        report: ReaderReport = ReaderReport.objects.get(pk=self.object.pk)
        settle([report], data["state"], user=self.request.user, note=data["note"])
        return report


@require_POST
def settle_report(request: HttpRequest, pk: int) -> HttpResponse:
    """POST to `?state=done`, with a `note` if there is one; the screen then updates its sidebar."""
    report = get_object_or_404(ReaderReport.objects.select_related("article"), pk=pk)
    if not report_policy.user_has_permission_for_instance(request.user, "change", report):
        return refuse(_("You do not have permission to handle this report."), 403)
    state = request.GET.get("state", "")
    if state not in ReaderReport.State.values:
        return refuse(_("A report can't have this state."), 400)
    note = request.POST.get("note", "").replace("\x00", "").strip()
    settle([report], state, user=request.user, note=note or None)
    translation = Translation(article=report.article, language=report.language)
    keys = [source.key for source in source_segments(report.article)]
    return JsonResponse({"marks": {MARK: pending_reports(translation, keys)}})


class NoteForm(forms.Form):
    note = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For colleagues; never shown to readers."),
    )


class ReportBulkAction(BulkAction):
    """A page that names the reports, takes a note, and settles them."""

    models = [ReaderReport]
    template_name = "archive_reader_reports/admin/bulk.html"
    form_class = NoteForm
    state = ""

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        ids = [pk for pk in object_ids if is_id(str(pk))]
        return list(ReaderReport.objects.select_related("article").filter(pk__in=ids))

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """“All” means all that the list shows with its filters, which come along."""
        found = reports_of(self.request.user).select_related(None).defer(None)
        filters = ReportFilterSet(self.request.GET, request=self.request, queryset=found)
        if not filters.is_valid():
            return []
        found = filters.qs.filter(search(self.request.GET.get("q", "")))
        return found.values_list("pk", flat=True)

    def check_perm(self, obj: Any) -> bool:
        return report_policy.user_has_permission_for_instance(self.request.user, "change", obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "action": self}

    def get_execution_context(self) -> dict[str, Any]:
        note = self.cleaned_form.cleaned_data["note"]
        return {"user": self.request.user, "state": self.state, "note": note or None}

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        return settle(objects, kwargs["state"], user=kwargs["user"], note=kwargs["note"]), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        if not num_parent_objects:
            return _("Nothing to change.")
        message = ngettext(
            "%(count)d report changed.", "%(count)d reports changed.", num_parent_objects
        )
        return message % {"count": num_parent_objects}


class AcceptBulkAction(ReportBulkAction):
    display_name = gettext_lazy("Accept")
    heading = gettext_lazy("Accept reports")
    aria_label = gettext_lazy("Accept the selected reports")
    action_type = "accept-reports"
    action_priority = 10
    state = ReaderReport.State.ACCEPTED


class DoneBulkAction(ReportBulkAction):
    display_name = gettext_lazy("Done")
    heading = gettext_lazy("Resolve reports")
    aria_label = gettext_lazy("Resolve the selected reports")
    action_type = "done-reports"
    action_priority = 20
    state = ReaderReport.State.DONE


class RejectBulkAction(ReportBulkAction):
    display_name = gettext_lazy("Reject")
    heading = gettext_lazy("Reject reports")
    aria_label = gettext_lazy("Reject the selected reports")
    action_type = "reject-reports"
    action_priority = 30
    state = ReaderReport.State.REJECTED


BULK_ACTIONS = (AcceptBulkAction, DoneBulkAction, RejectBulkAction)
