"""Reprints in Wagtail's admin: menu, address, what a story's history says. Wiring only."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.desk.pairs.actions import may_pair
from archive.reuse.actions import LOG_ACTIONS
from archive.reuse.models import StoryReuse
from archive.reuse.views import urlpatterns
from archive.stories.hidden_stories import with_public_title
from archive.wagtail_admin import PermittedMenuItem, register_messages


@hooks.register("register_log_actions")
def reprint_log(actions: Any) -> None:
    states = StoryReuse.State
    messages = {
        LOG_ACTIONS[states.CONFIRMED]: (
            _("Confirm a reprint"),
            _("One report with “%(story)s”"),
        ),
        LOG_ACTIONS[states.REFUSED]: (
            _("Refuse a reprint"),
            _("Another story than “%(story)s”"),
        ),
        LOG_ACTIONS[states.FOUND]: (
            _("Ask about a reprint again"),
            _("To be decided again whether it is one report with “%(story)s”"),
        ),
    }
    register_messages(actions, messages, with_public_title)


@hooks.register("register_admin_menu_item")
def reprints_menu_item() -> MenuItem:
    label, url = _("Reprints"), reverse_lazy("archive_reprints:list")
    return PermittedMenuItem(
        label, url, name="reprints", icon_name="copy", order=151, may_see=may_pair
    )


@hooks.register("register_admin_urls")
def reprint_urls() -> list[Any]:
    return [path("reprints/", include((urlpatterns, "archive_reprints")))]
