"""The exchange in Wagtail's admin: wiring only."""

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from archive.desk.exchange.actions import ACTION
from archive.desk.exchange.views import ExportAction, import_translations, take_from_file

_urls = [
    path("import/", import_translations, name="import"),
    path("<int:pk>/take-from-file/", take_from_file, name="take"),
]

hooks.register("register_bulk_action", ExportAction)


@hooks.register("register_admin_urls")
def exchange_urls() -> list[Any]:
    return [path("translation/", include((_urls, "archive_exchange")))]


@hooks.register("register_log_actions")
def imports(actions: Any) -> None:
    actions.register_action(ACTION, _("Import"), _("Imported from a translation tool's file"))
