"""Suggested names: their panel in a story's form, their report, and what follows each version."""

from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.contrib.name_suggestions.counts import COUNTS, REPORT, count_new, say_waiting
from archive.contrib.name_suggestions.decisions import ACTIONS, OPEN, Verdict
from archive.contrib.name_suggestions.panel import ANSWERS, SuggestionsPanel, follow_version
from archive.contrib.name_suggestions.views import urlpatterns
from archive.guide.screens import GuideScreen
from archive.publishing.followers import Follower
from archive.stories.imported_work import ImportedWork
from archive.stories.policies import may_change_pages
from archive.stories.version_followers import VersionFollower
from archive.wagtail_admin import PermittedMenuItem, register_messages


@hooks.register("register_admin_urls")
def suggestion_urls() -> list[URLResolver]:
    return [path("suggestions/", include((urlpatterns, "archive_name_suggestions")))]


@hooks.register("register_archive_story_form_panel")
def panel() -> SuggestionsPanel:
    return SuggestionsPanel(heading=_("Suggested names"))


@hooks.register("register_archive_follower")
def counts() -> Follower:
    return COUNTS


@hooks.register("register_archive_version_follower")
def follower() -> VersionFollower:
    return VersionFollower(follow_version, ANSWERS, count_new)


@hooks.register("register_archive_imported_work")
def names_of_imported_stories() -> ImportedWork:
    return ImportedWork(say_waiting)


@hooks.register("register_archive_guide_screen")
def guide_screen() -> GuideScreen:
    return GuideScreen("archive_name_suggestions:", "editor#names")


@hooks.register("register_reports_menu_item")
def report_of_suggested_names() -> MenuItem:
    return PermittedMenuItem(
        _("Suggested names"),
        reverse(REPORT),
        name="suggested-names",
        icon_name="tag",
        order=750,
        may_see=may_change_pages,
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    messages = {
        ACTIONS[Verdict.ACCEPTED]: (_("Accept a suggestion"), _("Accepted: %(name)s")),
        ACTIONS[Verdict.REJECTED]: (_("Reject a suggestion"), _("Rejected: %(name)s")),
        ACTIONS[OPEN]: (_("Reopen a suggestion"), _("Reopened: %(name)s")),
    }
    register_messages(actions, messages)
