"""The first run in Wagtail's admin: wiring only."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.setup.first_run import site_state
from archive.setup.first_run_views import ADDRESS, FirstRunPanel, FirstRunView


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


@hooks.register("construct_homepage_panels")
def greet_an_administrator(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.is_superuser and (state := site_state()).is_empty:
        panels.append(FirstRunPanel(state))
