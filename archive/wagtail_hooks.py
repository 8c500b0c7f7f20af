"""Wagtail's hooks: wiring only. Rooms with many have a module of their own, imported here."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.snippets.models import register_snippet

import archive.desk.hooks
import archive.entities.hooks
import archive.search.viewsets
import archive.stories.hooks
from archive.guide.screens import guide_address, guide_of, guide_urls
from archive.journal.history import UndoView
from archive.operations.views import ADDRESS as STATE
from archive.operations.views import StateView
from archive.setup.first_run import has_begun, site_state
from archive.setup.first_run_views import ADDRESS, FirstRunPanel, FirstRunView
from archive.site.content_checks import StoryCheckerItem
from archive.ties.sentence_chooser import sentences
from archive.ties.viewsets import TieViewSet, add_story_evidence

register_snippet(TieViewSet)


@hooks.register("register_admin_urls")
def tie_urls() -> list[Any]:
    urls = [
        path("<int:pk>/evidence/", add_story_evidence, name="add_evidence"),
        path("sentences/<int:pk>/", sentences, name="sentences"),
    ]
    return [path("ties/", include((urls, "archive_ties")))]


class AdministratorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_admin_urls")
def first_run_urls() -> list[Any]:
    return [path("archive-setup/", FirstRunView.as_view(), name=ADDRESS)]


@hooks.register("register_settings_menu_item")
def first_run_menu_item() -> MenuItem:
    label, url = _("Set up the archive"), reverse_lazy(ADDRESS)
    return AdministratorsMenuItem(label, url, name="first-run", icon_name="cogs", order=50)


@hooks.register("register_admin_urls")
def state_urls() -> list[Any]:
    return [path("archive-state/", StateView.as_view(), name=STATE)]


@hooks.register("register_reports_menu_item")
def state_menu_item() -> MenuItem:
    label, url = _("State of the archive"), reverse_lazy(STATE)
    return AdministratorsMenuItem(label, url, name="archive-state", icon_name="tasks", order=20)


@hooks.register("construct_homepage_panels")
def greet_an_administrator(request: HttpRequest, panels: list[Any]) -> None:
    if not request.user.is_superuser or has_begun():
        return
    if (state := site_state()).is_empty:
        panels.append(FirstRunPanel(state))


@hooks.register("register_admin_urls")
def journal_urls() -> list[Any]:
    views = [path("<int:pk>/undo/", UndoView.as_view(), name="undo")]
    return [path("journal/", include((views, "archive_journal")))]


@hooks.register("construct_wagtail_userbar")
def check_stories(request: HttpRequest, items: list[Any], page: Any) -> None:
    # Also for the checks beside a form, which Wagtail asks for in the same way.
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem) and not isinstance(item, StoryCheckerItem):
            items[number] = StoryCheckerItem(in_editor=item.in_editor)


_address = lazy(guide_address, str)


@hooks.register("register_admin_urls")
def guide_addresses() -> list[Any]:
    return guide_urls


class GuideMenuItem(MenuItem):
    """Leads to the part about the screen that one is on."""

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        match = request.resolver_match
        component.url = guide_address(guide_of(match.view_name if match else ""))
        return component


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    return GuideMenuItem(
        _("Guide to this page"), _address(), name="archive-guide", icon_name="help", order=1
    )


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(request: HttpRequest, items: list[MenuItem]) -> None:
    # For developers; and its label is in the language of whoever opened the admin first.
    items[:] = [item for item in items if not item.name.startswith("whats-new-in-wagtail")]
