"""Imports in Wagtail's admin: menu, addresses, what a story's history says. Wiring only."""

from typing import Any

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
from archive.wagtail_admin import PermittedMenuItem


@hooks.register("register_log_actions")
def imports(actions: Any) -> None:
    actions.register_action(ACTION, _("Import"), _("Imported from a source file"))
    actions.register_action(UNDO, _("Undo an import"), _("The import was undone"))


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    label, url = _("Import"), reverse_lazy(INDEX)
    return PermittedMenuItem(
        label, url, name="import", icon_name="upload", order=149, may_see=may_import
    )


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    return admin_urls


@hooks.register("register_admin_viewset")
def source_profiles() -> SourceProfileViewSet:
    return source_profile_viewset
