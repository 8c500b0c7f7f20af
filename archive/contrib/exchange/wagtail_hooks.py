"""Files of translations in Wagtail's admin: addresses, buttons, the audit log."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy
from wagtail import hooks

from archive.contrib.exchange.actions import ACTION
from archive.contrib.exchange.urls import urlpatterns
from archive.contrib.exchange.views import ExportAction
from archive.desk.viewsets import DeskAction
from archive.guide.screens import GuideScreen
from archive.wagtail_admin import register_messages

hooks.register("register_bulk_action", ExportAction)


@hooks.register("register_admin_urls")
def exchange_urls() -> list[URLResolver]:
    return [path("translation/", include((urlpatterns, "archive_exchange")))]


@hooks.register("register_archive_desk_action")
def import_action() -> DeskAction:
    return DeskAction(gettext_lazy("Import translations"), "archive_exchange:import", "upload")


@hooks.register("register_archive_guide_screen")
def exchange_guide() -> GuideScreen:
    return GuideScreen("archive_exchange:", "translator")


_MESSAGES = {
    ACTION: (gettext_lazy("Import"), gettext_lazy("Imported from a CAT tool's file")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_messages(actions, _MESSAGES)
