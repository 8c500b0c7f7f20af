"""What harvesting adds to the archive: its addresses, and the ways that lead to them."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from archive.contrib.harvesting.exports import DumpExport, OaiExport, ResourceSyncExport
from archive.contrib.harvesting.urls import urlpatterns
from archive.operations.routines import Routine
from archive.site.exports import Export


@hooks.register("register_archive_site_urls")
def add_addresses() -> list[URLPattern]:
    return urlpatterns


@hooks.register("register_archive_export")
def add_exports() -> list[Export]:
    return [DumpExport(), OaiExport(), ResourceSyncExport()]


@hooks.register("register_archive_routine")
def dumps() -> Routine:
    return Routine("make_dump", _("Dump of all public stories"))
