"""Gives a site's dump and what stands beside it, unless something in it was withdrawn since."""

from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from archive.contrib.harvesting.dumps import FILE, KEY, SIGNATURE, SUMS, Dump
from archive.site.caching.site_chrome import find_site
from archive.site.responses import etag_of

# How long a client waits where the dump has to be made anew.
RETRY_SECONDS = 3600
_TYPES = {
    SUMS: "text/plain",
    SIGNATURE: "application/octet-stream",
    KEY: "application/x-pem-file",
}


def dump_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One of a dump's files: 404 where none was made, 503 where it has to be made anew."""
    site = find_site(request)
    found = Dump.latest(site) if site else None
    if found is None or not (found[0] / name).is_file():
        raise Http404
    folder, dump = found
    if not dump.is_current:
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(status=503, headers=headers)
    # The same stories give the same dump; what stands beside it tells of others, too.
    etag = etag_of(dump.sha256 if name == FILE else f"{dump.made_at} {name}")
    modified = int(datetime.fromisoformat(dump.made_at).timestamp())
    response: Any = get_conditional_response(request, etag, modified)
    if response is None:
        try:
            stream = (folder / name).open("rb")
        except FileNotFoundError:  # A new one has just taken its place.
            return dump_file(request, name)
        content_type = _TYPES.get(name, "application/gzip")
        response = FileResponse(stream, filename=name, content_type=content_type)
    response["ETag"], response["Last-Modified"] = etag, http_date(modified)
    # Whoever has a copy asks whether it is still given.
    patch_cache_control(response, public=True, no_cache=True)
    return response  # type: ignore[no-any-return]
