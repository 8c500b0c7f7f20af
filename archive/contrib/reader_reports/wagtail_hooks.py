"""Readers' reports: their form for readers, their list in the admin, their part of the desk."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from archive.contrib.reader_reports import reader_form
from archive.contrib.reader_reports.actions import LOG_ACTIONS, MARK, pending_reports
from archive.contrib.reader_reports.models import ReaderReport
from archive.contrib.reader_reports.panels import ReportsPanel, reports_section
from archive.contrib.reader_reports.policies import report_policy
from archive.contrib.reader_reports.report_list import open_count
from archive.contrib.reader_reports.urls import urlpatterns
from archive.contrib.reader_reports.views import BULK_ACTIONS
from archive.contrib.reader_reports.viewsets import ReportViewSet
from archive.desk.editor.sidebar import DeskSection
from archive.desk.editor.tools import DeskTool, RowMark, ToolParts
from archive.desk.groups import EDITORS, REVIEWERS, STORY_REVIEWERS, TRANSLATORS, RolePermissions
from archive.desk.reviews import Review
from archive.desk.segments import source_segments
from archive.guide.screens import GuideScreen
from archive.operations.routines import Routine
from archive.site.story_foot import StoryFoot
from archive.wagtail_admin import register_messages, register_policy

register_policy(ReaderReport, report_policy)
register_snippet(ReportViewSet)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLResolver]:
    return [path("reports-of-readers/", include((urlpatterns, "archive_reader_reports")))]


@hooks.register("register_archive_reader_urls")
def reader_urls() -> list[URLPattern]:
    return [
        path("report/", reader_form.report, name="report"),
        path("report/thanks/", reader_form.thanks, name="report_thanks"),
    ]


@hooks.register("register_archive_story_foot")
def report_link() -> StoryFoot:
    return StoryFoot("archive_reader_reports/report_link.html")


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    if open_count(request.user):
        panels.append(ReportsPanel())


@hooks.register("register_archive_desk_section")
def desk_section() -> DeskSection:
    template = "archive_reader_reports/admin/section.html"
    return DeskSection("reports", 500, template, reports_section)


class ReportsTool(DeskTool):
    """How many reports of each segment aren't settled yet, in its row."""

    def parts_for(self, user: Any, translation: Any, review: Review | None) -> ToolParts:
        keys = [source.key for source in source_segments(translation.article)]
        counts = pending_reports(translation, keys)
        label, choice = _("Readers’ reports"), _("With readers’ reports")
        return ToolParts(marks=(RowMark(MARK, label, choice, counts),))


@hooks.register("register_archive_desk_tool")
def desk_tool() -> DeskTool:
    return ReportsTool()


@hooks.register("register_archive_role_permissions")
def permissions() -> RolePermissions:
    groups = (EDITORS, STORY_REVIEWERS, TRANSLATORS, REVIEWERS)
    return RolePermissions(groups, ("archive_reader_reports.change_readerreport",))


@hooks.register("register_archive_guide_screen")
def guide_screen() -> GuideScreen:
    views = "wagtailsnippets_archive_reader_reports_readerreport:"
    return GuideScreen(views, "reviewer#afterwards")


@hooks.register("before_delete_snippet")
def refuse_to_delete(request: HttpRequest, instances: list[Any]) -> None:
    # Wagtail 7.4 deletes in bulk without asking the policy.
    if any(isinstance(one, ReaderReport) for one in instances):
        raise PermissionDenied


_MESSAGES = {
    LOG_ACTIONS[ReaderReport.State.OPEN]: (gettext_lazy("Reopen"), gettext_lazy("Reopened")),
    LOG_ACTIONS[ReaderReport.State.ACCEPTED]: (gettext_lazy("Accept"), gettext_lazy("Accepted")),
    LOG_ACTIONS[ReaderReport.State.DONE]: (gettext_lazy("Done"), gettext_lazy("Resolved")),
    LOG_ACTIONS[ReaderReport.State.REJECTED]: (gettext_lazy("Reject"), gettext_lazy("Rejected")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_messages(actions, _MESSAGES)


@hooks.register("register_archive_routine")
def erasures() -> Routine:
    return Routine("erase_report_emails", gettext_lazy("Erasure of readers’ addresses"))
