"""Imports in Wagtail's admin: menu, addresses, what a story's history says. Wiring only."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.intake.admin.base import INDEX
from archive.intake.admin.profile_views import SourceProfileViewSet, source_profile_viewset
from archive.intake.admin.urls import admin_urls
from archive.intake.batches.policies import may_import
from archive.intake.batches.undo import UNDO
from archive.intake.plan import ACTION


@hooks.register("register_log_actions")
def imports(actions: Any) -> None:
    actions.register_action(ACTION, _("Import"), _("Imported from a source file"))
    actions.register_action(UNDO, _("Undo an import"), _("The import was undone"))


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    label, url = _("Import"), reverse_lazy(INDEX)
    return ImportMenuItem(label, url, name="import", icon_name="upload", order=149)


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    return admin_urls


@hooks.register("register_admin_viewset")
def source_profiles() -> SourceProfileViewSet:
    return source_profile_viewset
