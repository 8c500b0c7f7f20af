"""What crawlers ask for: robots.txt, and the sitemaps by language and for news."""

from collections.abc import Iterator
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from archive.conf import settings
from archive.site.feeds.documents import FRESH_SECONDS
from archive.site.responses import conditional_response, etag_of
from archive.site.sitemaps.addresses import SiteAddresses, by_language
from archive.site.sitemaps.kinds import KINDS, SitemapFile, SitemapKind
from archive.site.sitemaps.xml import news_sitemap, sitemap_index_xml, urlset

XML = "application/xml; charset=utf-8"


def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """All files that list anything."""
    at = SiteAddresses.of(request)
    files = (
        (at.of_neutral("archive_sitemap_file", file.language, name, file.number), file.changed)
        for name, kind in KINDS.items()
        for file in kind.files()
    )
    return _whole(request, sitemap_index_xml(files))


def sitemap_file(request: HttpRequest, language: str, kind: str, number: str) -> HttpResponseBase:
    """One file; 404 where it would list nothing."""
    at, listing, part = SiteAddresses.of(request), KINDS[kind], int(number)
    if state := listing.state(part):
        count, changed = state
        etag = etag_of(f"{at.root_url} {request.path} {count} {changed}")
        modified = int(changed.timestamp()) if changed else None
        if answer := get_conditional_response(request, etag, modified):
            return answer
        return _streamed(at, listing, SitemapFile(part, language, changed), etag)
    return _whole(request, "".join(_written(at, listing, SitemapFile(part, language))))


def sitemap_news(request: HttpRequest) -> HttpResponseBase:
    """What was printed yesterday and today, by the site's own clock."""
    return _whole(request, news_sitemap(SiteAddresses.of(request), timezone.localdate()))


def _written(at: SiteAddresses, kind: SitemapKind, file: SitemapFile) -> Iterator[str]:
    """The file's pieces; raises Http404 at once where it would list nothing."""
    urls = kind.urls(file.number, file.language, at)
    try:
        first = next(urls)
    except StopIteration:
        raise Http404 from None
    return urlset(chain([first], urls), file.language)


def _streamed(
    at: SiteAddresses, kind: SitemapKind, file: SitemapFile, etag: str
) -> HttpResponseBase:
    response = StreamingHttpResponse(_written(at, kind, file), content_type=XML)
    response["ETag"] = etag
    if file.changed:
        response["Last-Modified"] = http_date(file.changed.timestamp())
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _whole(request: HttpRequest, content: str) -> HttpResponseBase:
    return conditional_response(request, HttpResponse(content, content_type=XML), FRESH_SECONDS)


def robots_txt(request: HttpRequest) -> HttpResponse:
    """The admin and the search are nothing to crawl: one is closed, the other has no end."""
    lines = ["User-agent: *"]
    if settings.ROBOTS_CLOSED:
        lines.append("Disallow: /")
    else:
        at = SiteAddresses.of(request)
        closed = [*_admin(), *by_language("archive:search").values()]
        lines += [f"Disallow: {path}" for path in closed]
        lines += [*settings.ROBOTS_LINES, ""]
        for name in ("archive_sitemap", "archive_sitemap_news"):
            lines.append(f"Sitemap: {at.of_neutral(name)}")
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _admin() -> list[str]:
    try:
        return [reverse("wagtailadmin_home")]
    except NoReverseMatch:  # It is served elsewhere.
        return []
