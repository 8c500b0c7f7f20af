"""The memory in Wagtail's admin: wiring only."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.desk.memory.views import MemoryView, download, may_search

urls = (
    [path("", MemoryView.as_view(), name="search"), path("download/", download, name="download")],
    "archive_memory",
)


class MemoryMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_search(request.user)


@hooks.register("register_admin_urls")
def memory_urls() -> list[Any]:
    return [path("translation/memory/", include(urls))]


@hooks.register("register_admin_menu_item")
def memory_menu_item() -> MenuItem:
    return MemoryMenuItem(
        _("Translation memory"),
        reverse_lazy("archive_memory:search"),
        name="translation-memory",
        icon_name="history",
        order=152,
    )


@hooks.register("register_permissions")
def right_to_import() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="archive", codename="add_memoryunit")


@hooks.register("insert_global_admin_css")
def memory_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("archive/css/memory.css"))


@hooks.register("insert_global_admin_js")
def memory_script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("archive/js/memory.js"))
