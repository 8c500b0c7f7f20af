"""Wires the queue into Wagtail's admin: bulk actions, audit log, dashboard."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from archive.desk.models import Urgency
from archive.desk.queue.actions import ASSIGN, DUE_DATE, RELEASE, URGENCY
from archive.desk.queue.bulk_actions import BULK_ACTIONS
from archive.desk.queue.panels import panels_for


class AssignFormatter(LogFormatter):
    label = gettext_lazy("Assign")

    def format_message(self, log_entry: Any) -> str:
        return _("Assigned to %(person)s") % {"person": log_entry.data.get("person", "")}


class ReleaseFormatter(LogFormatter):
    label = gettext_lazy("Unassign")
    message = gettext_lazy("Returned to the queue")


class UrgencyFormatter(LogFormatter):
    label = gettext_lazy("Set priority")

    def format_message(self, log_entry: Any) -> str:
        urgency = Urgency(log_entry.data.get("urgency", Urgency.NORMAL))
        return _("Priority: %(urgency)s") % {"urgency": urgency.label}


class DueDateFormatter(LogFormatter):
    label = gettext_lazy("Set due date")

    def format_message(self, log_entry: Any) -> str:
        day: date | None = parse_date(log_entry.data.get("due_date") or "")
        if day is None:
            return _("Due date removed")
        return _("Due on %(date)s") % {"date": date_format(day, "DATE_FORMAT")}


FORMATTERS = {
    ASSIGN: AssignFormatter,
    RELEASE: ReleaseFormatter,
    URGENCY: UrgencyFormatter,
    DUE_DATE: DueDateFormatter,
}


def register_log_actions(actions: Any) -> None:
    for action, formatter in FORMATTERS.items():
        actions.register_action(action)(formatter)


def register() -> None:
    """Called once, with the desk's other hooks."""
    for action in BULK_ACTIONS:
        hooks.register("register_bulk_action", action)
    hooks.register("register_log_actions", register_log_actions)
    hooks.register("construct_homepage_panels", add_panels)
    hooks.register("insert_global_admin_css", queue_styles)


def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(panels_for(request))


def queue_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("archive/css/queue.css"))
