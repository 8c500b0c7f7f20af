"""Readers' reports in Wagtail's admin: list, one report, history."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from archive.desk.corrections.actions import settle
from archive.desk.corrections.panels import ReportPanel
from archive.desk.corrections.policies import policy
from archive.desk.corrections.report_list import (
    COLUMNS,
    ReportFilterSet,
    ReportListView,
    ReportsMenuItem,
)
from archive.desk.models import ReaderReport


def for_handlers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses a report about a text that isn't the person's: Wagtail asks for the verb alone."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" in kwargs:
            found = ReaderReport.objects.select_related("article")
            report = get_object_or_404(found, pk=unquote(str(kwargs["pk"])))
            if not policy.user_has_permission_for_instance(request.user, "change", report):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


class ReportEditView(EditView):
    """One report: what was said, the texts then and now, and what the desk makes of it."""

    def save_instance(self) -> ReaderReport:
        data = self.form.cleaned_data
        report: ReaderReport = ReaderReport.objects.get(pk=self.object.pk)
        settle([report], data["state"], user=self.request.user, note=data["note"])
        return report


class ReportViewSet(SnippetViewSet):
    model = ReaderReport
    icon = "comment"
    menu_label = _("Readers’ reports")
    menu_name = "readers-reports"
    menu_order = 153
    add_to_admin_menu = True
    index_view_class = ReportListView
    index_template_name = "archive/admin/reports/list.html"
    index_results_template_name = "archive/admin/queue/results.html"
    edit_view_class = ReportEditView
    filterset_class = ReportFilterSet
    permission_policy = policy
    list_per_page = 50
    copy_view_enabled = False
    list_display = ["text", *COLUMNS]
    edit_handler = ObjectList(
        [
            ReportPanel(),
            FieldPanel("state", widget=forms.RadioSelect),
            FieldPanel("note"),
        ]
    )

    @cached_property
    def menu_item_class(self) -> type:
        shown: type = super().menu_item_class
        return type(shown.__name__, (ReportsMenuItem, shown), {"is_shown": shown.is_shown})  # type: ignore[attr-defined]

    def register_chooser_viewset(self) -> None:
        """Nothing refers to a report: a chooser would only show them to who may see any page."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        return for_handlers(super().construct_view(view_class, **kwargs))
