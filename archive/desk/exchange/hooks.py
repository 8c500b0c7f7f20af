"""The exchange in Wagtail's admin: wiring only."""

from typing import Any

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
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
    actions.register_action(ACTION, _("Import"), _("Imported from a CAT tool's file"))


@hooks.register("insert_editor_js")
def row_link_script() -> SafeString:
    # A report's links lead to single segments.
    return format_html('<script src="{}" defer></script>', static("archive/js/row-link.js"))
