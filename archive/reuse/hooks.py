"""Reprints in Wagtail's admin: menu, address, what a story's history says. Wiring only."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from archive.desk.pairs.actions import may_pair
from archive.reuse.actions import LOG_ACTIONS
from archive.reuse.models import StoryReuse
from archive.reuse.views import urlpatterns


class ReprintFormatter(LogFormatter):
    """Says which other story it is about."""

    said: Any = ""

    def format_message(self, log_entry: Any) -> str:
        return str(self.said) % {"story": log_entry.data.get("story", "")}


class ConfirmFormatter(ReprintFormatter):
    label = _("Confirm a reprint")
    said = _("One report with “%(story)s”")


class RefuseFormatter(ReprintFormatter):
    label = _("Refuse a reprint")
    said = _("Another story than “%(story)s”")


class ReopenFormatter(ReprintFormatter):
    label = _("Ask about a reprint again")
    said = _("To be decided again whether it is one report with “%(story)s”")


@hooks.register("register_log_actions")
def reprint_log(actions: Any) -> None:
    states = StoryReuse.State
    for state, formatter in (
        (states.CONFIRMED, ConfirmFormatter),
        (states.REFUSED, RefuseFormatter),
        (states.FOUND, ReopenFormatter),
    ):
        actions.register_action(LOG_ACTIONS[state])(formatter)


class ReprintsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_pair(request.user)


@hooks.register("register_admin_menu_item")
def reprints_menu_item() -> MenuItem:
    label, url = _("Reprints"), reverse_lazy("archive_reprints:list")
    return ReprintsMenuItem(label, url, name="reprints", icon_name="copy", order=151)


@hooks.register("register_admin_urls")
def reprint_urls() -> list[Any]:
    return [path("reprints/", include((urlpatterns, "archive_reprints")))]
