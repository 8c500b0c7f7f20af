"""What the API adds to the archive: its addresses, and how llms.txt leads to them."""

from importlib.util import find_spec

from django.http import HttpRequest
from django.urls import URLResolver, reverse
from wagtail import hooks

from archive.contrib.api.conf import settings
from archive.site.addresses import SiteAddresses
from archive.site.exports import Export

if find_spec("wagtail.api.v3"):
    from archive.contrib.api.v3 import mounted

    LIST, SCHEMA = "wagtailapi_v3:list_stories", "wagtailapi_v3:openapi-json"
else:
    from archive.contrib.api.v2 import mounted

    LIST, SCHEMA = "wagtailapi:stories:listing", ""


class ApiExport(Export):
    """The list of stories, and what describes it."""

    def links(self, request: HttpRequest) -> list[tuple[str, str]]:
        root = SiteAddresses.of(request).root_url
        named = [("API", LIST), *([("OpenAPI", SCHEMA)] if SCHEMA else [])]
        return [(name, f"{root}{reverse(view)}") for name, view in named]


@hooks.register("register_archive_site_urls")
def add_addresses() -> list[URLResolver]:
    return [mounted()] if settings.API_MOUNTED else []


@hooks.register("register_archive_export")
def add_export() -> list[Export]:
    return [ApiExport()] if settings.API_MOUNTED else []
