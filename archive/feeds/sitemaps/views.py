"""The sitemaps' addresses: an index, its files by language, and the news."""

import hashlib
from collections.abc import Iterator
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

from archive.feeds.sitemaps import writing
from archive.feeds.sitemaps.addresses import SiteAddresses
from archive.feeds.sitemaps.kinds import KINDS, File, Kind
from archive.feeds.sitemaps.news import news_sitemap
from archive.pages.feeding import FRESH_SECONDS

XML = "application/xml; charset=utf-8"


def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """All files that list anything."""
    at = SiteAddresses.of(request)
    files = (
        (_address(at, name, file), file.changed)
        for name, kind in KINDS.items()
        for file in kind.files()
    )
    return _whole(request, writing.index(files))


def sitemap_file(request: HttpRequest, language: str, kind: str, number: int) -> HttpResponseBase:
    """One file; 404 where it would list nothing."""
    at, listing = SiteAddresses.of(request), KINDS[kind]
    if state := listing.state(number):
        count, changed = state
        etag = _etag(f"{at.root_url} {request.path} {count} {changed}")
        modified = int(changed.timestamp()) if changed else None
        if answer := get_conditional_response(request, etag, modified):
            return answer
        return _streamed(at, listing, File(number, language, changed), etag)
    return _whole(request, "".join(_written(at, listing, File(number, language))))


def sitemap_news(request: HttpRequest) -> HttpResponseBase:
    """What was printed yesterday and today, by the site's own clock."""
    return _whole(request, news_sitemap(SiteAddresses.of(request), timezone.localdate()))


def _address(at: SiteAddresses, kind: str, file: File) -> str:
    return at.of_neutral("archive_sitemap_file", file.language, kind, file.number)


def _written(at: SiteAddresses, kind: Kind, file: File) -> Iterator[str]:
    """The file's pieces; raises Http404 at once where it would list nothing."""
    urls = kind.urls(file.number, file.language, at)
    try:
        first = next(urls)
    except StopIteration:
        raise Http404 from None
    return writing.urlset(chain([first], urls), file.language)


def _streamed(at: SiteAddresses, kind: Kind, file: File, etag: str) -> HttpResponseBase:
    response = StreamingHttpResponse(_written(at, kind, file), content_type=XML)
    response["ETag"] = etag
    if file.changed:
        response["Last-Modified"] = http_date(file.changed.timestamp())
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _whole(request: HttpRequest, content: str) -> HttpResponseBase:
    response = HttpResponse(content, content_type=XML)
    etag = response["ETag"] = _etag(content)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return get_conditional_response(request, etag, response=response) or response


def _etag(text: str) -> str:
    return quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
