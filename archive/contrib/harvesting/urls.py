"""The addresses of OAI-PMH, of ResourceSync and of the dump, which are in no language."""

from django.urls import path, re_path

from archive.contrib.harvesting import dump_views, dumps, resource_sync
from archive.contrib.harvesting.oai import oai

urlpatterns = [
    path("oai/", oai, name="archive_oai"),
    path(".well-known/resourcesync", resource_sync.source_description, name="archive_sync"),
    path(
        "resourcesync/capabilitylist.xml",
        resource_sync.capability_list,
        name="archive_sync_capabilities",
    ),
    path(
        "resourcesync/resourcelist.xml", resource_sync.resource_list, name="archive_sync_resources"
    ),
    # No database refuses a number of twelve digits.
    re_path(
        r"^resourcesync/resourcelist-(?P<part>0|[1-9][0-9]{0,8})\.xml$",
        resource_sync.resource_part,
        name="archive_sync_resource_part",
    ),
    path("resourcesync/changelist.xml", resource_sync.change_list, name="archive_sync_changes"),
    re_path(
        r"^resourcesync/changelist-(?P<bounds>[0-9]+\.[0-9]+(?:-[0-9]+\.[0-9]+)?)\.xml$",
        resource_sync.change_part,
        name="archive_sync_change_part",
    ),
    *(
        path(f"data/{name}", dump_views.dump_file, {"name": name}, name=url_name)
        for name, url_name in (
            (dumps.FILE, "archive_dump"),
            (dumps.SUMS, "archive_dump_checksums"),
            (dumps.SIGNATURE, "archive_dump_signature"),
            (dumps.KEY, "archive_dump_key"),
        )
    ),
    re_path(
        r"^data/(?P<name>changes-[0-9T]+\.jsonl\.gz)$",
        dump_views.dump_file,
        name="archive_dump_changes",
    ),
]
