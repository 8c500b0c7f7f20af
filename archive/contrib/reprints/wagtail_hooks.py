"""Reprints in Wagtail's admin, on a story's page, and among what follows it. Wiring only."""

from typing import Any

from django.urls import URLPattern, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.contrib.reprints.actions import LOG_ACTIONS
from archive.contrib.reprints.integrity import ReprintsArea
from archive.contrib.reprints.models import StoryReuse
from archive.contrib.reprints.story_panel import ReprintsPanel
from archive.contrib.reprints.updates import update_stories
from archive.contrib.reprints.views import compare, urlpatterns
from archive.desk.pairs.policies import may_pair
from archive.guide.screens import GuideScreen
from archive.publishing.followers import Follower
from archive.stories.hidden_stories import with_public_title
from archive.wagtail_admin import STORIES_MENU, PermittedMenuItem, register_messages


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


@hooks.register(STORIES_MENU)
def reprints_menu_item() -> MenuItem:
    label, url = _("Reprints"), reverse_lazy("archive_reprints:list")
    return PermittedMenuItem(
        label, url, name="reprints", icon_name="copy", order=151, may_see=may_pair
    )


@hooks.register("register_admin_urls")
def reprint_urls() -> list[Any]:
    return [path("reprints/", include((urlpatterns, "archive_reprints")))]


@hooks.register("register_archive_follower")
def follow_reprints() -> Follower:
    name, command = gettext_noop("reprints"), "check_archive reprints --repair"
    return Follower(name, update_stories, command=command)


@hooks.register("register_archive_integrity_area")
def reprints_area() -> ReprintsArea:
    return ReprintsArea()


@hooks.register("register_archive_story_panel")
def reprints_panel() -> ReprintsPanel:
    return ReprintsPanel()


@hooks.register("register_archive_reader_urls")
def comparison_url() -> URLPattern:
    return path("compare/<slug:one>/<slug:two>/", compare, name="reprint")


@hooks.register("register_archive_guide_screen")
def reprints_guide() -> GuideScreen:
    return GuideScreen("archive_reprints:", "editor#the-same-report-elsewhere")
