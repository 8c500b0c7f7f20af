"""Readers' reports in Wagtail's admin: wiring only."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from archive.desk.corrections.actions import LOG_ACTIONS
from archive.desk.corrections.bulk_actions import BULK_ACTIONS
from archive.desk.corrections.panels import panels_for
from archive.desk.corrections.policies import register_policy
from archive.desk.corrections.views import settle_report
from archive.desk.corrections.viewsets import ReportViewSet
from archive.desk.models import ReaderReport

State = ReaderReport.State
_SAID = {
    State.OPEN: (_("Reopen"), _("Reopened")),
    State.ACCEPTED: (_("Accept"), _("Accepted")),
    State.DONE: (_("Done"), _("Resolved")),
    State.REJECTED: (_("Reject"), _("Rejected")),
}

register_policy()
register_snippet(ReportViewSet)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    return [
        path("reports-of-readers/<int:pk>/settle/", settle_report, name="archive_settle_report")
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for state, name in LOG_ACTIONS.items():
        actions.register_action(name, *_SAID[State(state)])


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(panels_for(request))
