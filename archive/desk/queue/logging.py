"""What the queue's entries in Wagtail's audit log say."""

from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from archive.desk.models import Urgency
from archive.desk.queue.actions import ASSIGN, DUE_DATE, RELEASE, URGENCY


class AssignFormatter(LogFormatter):
    label = gettext_lazy("Assign")

    def format_message(self, log_entry: Any) -> str:
        return _("Assigned to %(person)s") % {"person": log_entry.data.get("person", "")}


class ReleaseFormatter(LogFormatter):
    label = gettext_lazy("Release")
    message = gettext_lazy("Given back to the queue")


class UrgencyFormatter(LogFormatter):
    label = gettext_lazy("Set urgency")

    def format_message(self, log_entry: Any) -> str:
        urgency = Urgency(log_entry.data.get("urgency", Urgency.NORMAL))
        return _("Urgency: %(urgency)s") % {"urgency": urgency.label}


class DueDateFormatter(LogFormatter):
    label = gettext_lazy("Set due date")

    def format_message(self, log_entry: Any) -> str:
        day: date | None = parse_date(log_entry.data.get("due_date") or "")
        if day is None:
            return _("Due date taken away")
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
