"""Files of translations in Wagtail's admin: addresses, buttons, the audit log."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy
from wagtail import hooks

from archive.contrib.exchange.actions import ACTION
from archive.contrib.exchange.list_views import MAY_IMPORT_TERMS
from archive.contrib.exchange.urls import urlpatterns
from archive.contrib.exchange.views import ExportAction
from archive.entities.views import MAY_IMPORT
from archive.guide.screens import GuideScreen
from archive.wagtail_admin import ListAction, register_messages

hooks.register("register_bulk_action", ExportAction)


@hooks.register("register_admin_urls")
def exchange_urls() -> list[URLResolver]:
    return [path("translation/", include((urlpatterns, "archive_exchange")))]


@hooks.register("register_archive_desk_action")
def import_action() -> ListAction:
    return ListAction(gettext_lazy("Import translations"), "archive_exchange:import", "upload")


@hooks.register("register_archive_memory_action")
def memory_files() -> ListAction:
    return ListAction(
        gettext_lazy("Files for translation tools"), "archive_exchange:memory", "doc-full"
    )


def _tbx(url_name: str) -> list[ListAction]:
    older = gettext_lazy("Download TBX for older tools")
    return [
        ListAction(gettext_lazy("Download TBX"), url_name, "download", 100),
        ListAction(older, url_name, "download", 100, query="?edition=2008"),
    ]


@hooks.register("register_archive_names_action")
def files_of_names() -> list[ListAction]:
    label, url = gettext_lazy("Import a glossary"), "archive_exchange:import_glossary"
    upload = ListAction(label, url, "upload", 110, permissions=MAY_IMPORT)
    return [*_tbx("archive_exchange:names_tbx"), upload]


@hooks.register("register_archive_terms_action")
def files_of_terms() -> list[ListAction]:
    label, url = gettext_lazy("Import terms"), "archive_exchange:import_terms"
    upload = ListAction(label, url, "upload", 105, permissions=MAY_IMPORT_TERMS)
    return [*_tbx("archive_exchange:terms_tbx"), upload]


@hooks.register("register_permissions")
def right_to_import_tmx() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="archive", codename="add_memoryunit")


@hooks.register("register_archive_guide_screen")
def exchange_guide() -> GuideScreen:
    return GuideScreen("archive_exchange:", "translator")


_MESSAGES = {
    ACTION: (gettext_lazy("Import"), gettext_lazy("Imported from a file")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_messages(actions, _MESSAGES)
