"""Suggested names in Wagtail's admin: addresses, a report, the audit log. Wiring only."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.stories.name_suggestions.decisions import ACTIONS, OPEN, Verdict
from archive.stories.name_suggestions.views import REPORT, admin_urls
from archive.stories.policies import may_change_pages
from archive.wagtail_admin import PermittedMenuItem, register_messages


@hooks.register("register_admin_urls")
def suggestion_urls() -> list[Any]:
    return admin_urls


@hooks.register("register_reports_menu_item")
def report_of_stories_that_wait() -> MenuItem:
    return PermittedMenuItem(
        _("Suggested names"),
        reverse(REPORT),
        name="suggested-names",
        icon_name="tag",
        order=750,
        may_see=may_change_pages,
    )


@hooks.register("register_log_actions")
def answers(actions: Any) -> None:
    messages = {
        ACTIONS[Verdict.ACCEPTED]: (_("Accept a suggestion"), _("Accepted: %(name)s")),
        ACTIONS[Verdict.REJECTED]: (_("Reject a suggestion"), _("Rejected: %(name)s")),
        ACTIONS[OPEN]: (_("Reopen a suggestion"), _("Reopened: %(name)s")),
    }
    register_messages(actions, messages)
