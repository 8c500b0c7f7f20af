"""What the server for agents adds to the archive: its address, and how llms.txt leads there."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from archive.contrib.mcp.views import mcp
from archive.site.addresses import SiteAddresses
from archive.site.exports import Export


class McpExport(Export):
    """The agents' address."""

    def links(self, request: HttpRequest) -> list[tuple[str, str]]:
        return [("MCP", SiteAddresses.of(request).of_neutral("archive_mcp"))]


@hooks.register("register_archive_site_urls")
def add_address() -> list[URLPattern]:
    return [path("mcp/", mcp, name="archive_mcp")]


@hooks.register("register_archive_export")
def add_export() -> list[Export]:
    return [McpExport()]
