"""Suggested names in Wagtail's admin: addresses, a report, the audit log. Wiring only."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.stories.name_suggestions.decisions import ACTIONS, OPEN, Verdict
from archive.stories.name_suggestions.views import REPORT, admin_urls


class SuggestionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return PagePermissionPolicy().user_has_any_permission(request.user, {"change"})


@hooks.register("register_admin_urls")
def suggestion_urls() -> list[Any]:
    return admin_urls


@hooks.register("register_reports_menu_item")
def report_of_stories_that_wait() -> MenuItem:
    return SuggestionsMenuItem(
        _("Suggested names"), reverse(REPORT), name="suggested-names", icon_name="tag", order=750
    )


@hooks.register("register_log_actions")
def answers(actions: Any) -> None:
    for action, label, message in (
        (ACTIONS[Verdict.ACCEPTED], _("Accept a suggestion"), _("Accepted: %(name)s")),
        (ACTIONS[Verdict.REJECTED], _("Reject a suggestion"), _("Rejected: %(name)s")),
        (ACTIONS[OPEN], _("Reopen a suggestion"), _("Reopened: %(name)s")),
    ):
        actions.register_action(action)(_formatter(label, message))


def _formatter(words: Any, sentence: Any) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = words

        def format_message(self, log_entry: Any) -> str:
            return str(sentence) % {"name": log_entry.data.get("name", "")}

    return Formatter
