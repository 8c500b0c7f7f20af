"""What harvesting adds to the archive: its addresses, and the ways that lead to them."""

from django.urls import URLPattern
from wagtail import hooks

from archive.contrib.harvesting.exports import DumpExport, OaiExport, ResourceSyncExport
from archive.contrib.harvesting.urls import urlpatterns
from archive.site.exports import Export


@hooks.register("register_archive_site_urls")
def add_addresses() -> list[URLPattern]:
    return urlpatterns


@hooks.register("register_archive_export")
def add_exports() -> list[Export]:
    return [DumpExport(), OaiExport(), ResourceSyncExport()]
