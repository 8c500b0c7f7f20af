"""The report of stories with suggestions that wait: from their counts, nothing is worked out."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.pages.models import ArticlePage
from archive.pages.querysets import UNLISTED
from archive.pages.suggesting.names import ANCHOR

REPORT = "archive_suggestions:report"


def form_address(page: Any) -> str:
    """The story's form, opened at its suggestions."""
    return f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#{ANCHOR}"


class StoriesThatWait(ReportView):
    page_title = _("Suggested names")
    header_icon = "tag"
    model = ArticlePage
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["change"]
    index_url_name = REPORT
    index_results_url_name = "archive_suggestions:report_results"
    default_ordering = "-suggestion_count__waiting"
    is_searchable = False
    list_export = [
        "title",
        "print_date",
        "suggestion_count.waiting",
        "suggestion_count.questions",
        "suggestion_count.new",
    ]
    export_headings = {
        "title": _("Story"),
        "print_date": _("Print date"),
        "suggestion_count.waiting": _("Suggestions that wait"),
        "suggestion_count.questions": _("Ambiguous names"),
        "suggestion_count.new": _("New names"),
    }
    columns = [
        TitleColumn("title", label=_("Story"), get_url=form_address, width="50%"),
        Column(
            "print_date",
            label=_("Print date"),
            accessor="display_print_date",
            sort_key="print_date",
            classname="archive-nowrap",
        ),
        Column(
            "waiting",
            label=_("Suggestions that wait"),
            accessor="suggestion_count.waiting",
            sort_key="suggestion_count__waiting",
        ),
        Column(
            "questions",
            label=_("Ambiguous names"),
            accessor="suggestion_count.questions",
            sort_key="suggestion_count__questions",
        ),
        Column(
            "new",
            label=_("New names"),
            accessor="suggestion_count.new",
            sort_key="suggestion_count__new",
        ),
    ]

    def get_queryset(self) -> Any:
        # The policy of all pages: that of one model finds no right of a group on Wagtail 7.
        editable = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        self.queryset = (
            ArticlePage.objects.filter(pk__in=editable.order_by().values("pk"))
            .filter(suggestion_count__waiting__gt=0)
            .select_related("suggestion_count")
            .defer(*UNLISTED)
        )
        return super().get_queryset()
