"""Readers' reports in Wagtail's admin: list, form, history, all Wagtail's own."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList

from archive.contrib.reader_reports.models import ReaderReport
from archive.contrib.reader_reports.panels import ReportPanel
from archive.contrib.reader_reports.policies import report_policy
from archive.contrib.reader_reports.report_list import (
    COLUMNS,
    ReportFilterSet,
    ReportListView,
    ReportsMenuItem,
)
from archive.contrib.reader_reports.views import ReportEditView
from archive.desk.viewsets import DeskViewSet


class ReportViewSet(DeskViewSet):
    model = ReaderReport
    icon = "comment"
    menu_label = _("Readers’ reports")
    menu_name = "readers-reports"
    menu_order = 153
    counted_menu_item = ReportsMenuItem
    index_view_class = ReportListView
    index_template_name = "archive_reader_reports/admin/list.html"
    edit_view_class = ReportEditView
    filterset_class = ReportFilterSet
    permission_policy = report_policy
    list_display = ["text", *COLUMNS]
    edit_handler = ObjectList(
        [
            ReportPanel(),
            FieldPanel("state", widget=forms.RadioSelect),
            FieldPanel("note"),
        ]
    )

    def may_open(self, user: Any, pk: str) -> bool:
        report = get_object_or_404(ReaderReport.objects.select_related("article"), pk=pk)
        return report_policy.user_has_permission_for_instance(user, "change", report)
