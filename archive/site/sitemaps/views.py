"""What crawlers ask for: robots.txt, and the sitemaps by language and for news.

Their XML is written piece by piece, so that no file need be held whole.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from archive.conf import settings
from archive.entities.fields import text_in
from archive.entities.glossary.termbase import load_simplifier
from archive.files.xml import without_illegal
from archive.site.addresses import SiteAddresses, alternates, by_language
from archive.site.caching.site_chrome import front_page
from archive.site.feeds.documents import FRESH_SECONDS
from archive.site.responses import conditional_response, etag_of, keep_for
from archive.site.sitemaps.kinds import KINDS, SitemapUrl
from archive.stories.models import ArticlePage
from archive.text.language import CHINESE, LANGUAGES, column, columns, other

XML = "application/xml; charset=utf-8"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Addresses that are written at a time.
PIECE = 500
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# Google's own codes: ISO 639, but for Chinese.
_GOOGLE_CODES = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}
LANGUAGE_CODES = {code: _GOOGLE_CODES.get(code, code.partition("-")[0]) for code in LANGUAGES}
MOST = 1_000


def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """All files that list anything, and when what they list last changed."""
    at = SiteAddresses.of(request)
    listed = (
        f"<sitemap><loc>{escape(url)}</loc>{_changed(file.changed)}</sitemap>\n"
        for name, kind in KINDS.items()
        for file in kind.files()
        for url in [at.of_neutral("archive_sitemap_file", file.language, name, file.number)]
    )
    content = f'{HEADER}<sitemapindex xmlns="{SITEMAP}">\n{"".join(listed)}</sitemapindex>\n'
    return _whole(request, content)


def sitemap_file(request: HttpRequest, language: str, kind: str, number: str) -> HttpResponseBase:
    """One file; 404 where it would list nothing."""
    at, listing, part = SiteAddresses.of(request), KINDS[kind], int(number)
    state = listing.state(part)
    if state is None:
        return _whole(request, "".join(_urlset(listing.urls(part, language, at), language)))
    count, changed = state
    etag = etag_of(f"{at.root_url} {request.path} {count} {changed}")
    modified = int(changed.timestamp()) if changed else None
    if answer := get_conditional_response(request, etag, modified):
        return answer
    content = _urlset(listing.urls(part, language, at), language)
    response = StreamingHttpResponse(content, content_type=XML, headers={"ETag": etag})
    if modified:
        response["Last-Modified"] = http_date(modified)
    keep_for(response, FRESH_SECONDS, is_purged=False)
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
        closed = list(by_language("archive:search").values())
        with suppress(NoReverseMatch):  # The admin may be served elsewhere.
            closed.insert(0, reverse("wagtailadmin_home"))
        lines += [f"Disallow: {path}" for path in closed]
        if settings.CONTENT_SIGNALS:
            lines.append(f"Content-Signal: {', '.join(settings.CONTENT_SIGNALS)}")
        maps = map(at.of_neutral, ("archive_sitemap", "archive_sitemap_news"))
        lines += [*settings.ROBOTS_LINES, "", *(f"Sitemap: {address}" for address in maps)]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _urlset(urls: Iterator[SitemapUrl], language: str) -> Iterator[str]:
    """The pieces of a file of addresses in one language, each with its alternates.

    Raises Http404 at once where it would list nothing.
    """
    first = next(urls, None)
    if first is None:
        raise Http404
    elements = (_url(url, language) for url in chain([first], urls))
    pieces = iter(lambda: "".join(islice(elements, PIECE)), "")
    head = f'{HEADER}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n'
    return chain([head], pieces, ["</urlset>\n"])


def _url(url: SitemapUrl, language: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in alternates(url.addresses, url.default)
    )
    location = escape(url.addresses[language])
    return f"<url><loc>{location}</loc>{_changed(url.changed)}{links}</url>\n"


def _changed(when: datetime | None) -> str:
    return f"<lastmod>{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if when else ""


def sitemap_news(request: HttpRequest) -> HttpResponseBase:
    """Each language's stories of today and yesterday by the site's own clock, the latest first."""
    at, today = SiteAddresses.of(request), timezone.localdate()
    recent = ArticlePage.objects.filter(
        print_date__gt=today - timedelta(days=2),
        print_date__lte=today,
        # Google wants to know which paper it was.
        publication__isnull=False,
        is_sample=False,
    )
    names = ["translated_at", *(f"publication__{name}" for name in columns("name"))]
    stories = recent.shown_to_public().descendant_of(at.root_page).newest_first()
    rows = stories.values(
        "url_path", "source_language", "script", "print_date", *columns("headline"), *names
    )[:MOST]
    home = front_page(request)
    elements = islice((element for row in rows for element in _versions(row, at, home)), MOST)
    head = f'{HEADER}<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n'
    return _whole(request, f"{head}{''.join(elements)}</urlset>\n")


def _versions(row: dict[str, Any], at: SiteAddresses, home: Any) -> Iterator[str]:
    """In each language: the paper's own, and the translation, which the archive has published."""
    for language, code in LANGUAGE_CODES.items():
        headline = row[column("headline", language)]
        if not headline:
            continue
        is_traditional = row["script"] == ArticlePage.Script.TRADITIONAL
        if is_traditional and language == CHINESE == row["source_language"]:
            headline = load_simplifier().plain(headline)
        own, others = (
            row[f"publication__{column('name', name)}"] for name in (language, other(language))
        )
        name, day = own or others, row["print_date"]
        if language != row["source_language"]:
            name = text_in(home, "name", language).text if home else name
            day = timezone.localdate(row["translated_at"]) if row["translated_at"] else day
        yield (
            f"<url><loc>{escape(at.of_path(row['url_path'])[language])}</loc><news:news>"
            f"<news:publication><news:name>{escape(without_illegal(name))}</news:name>"
            f"<news:language>{code}</news:language></news:publication>"
            f"<news:publication_date>{day:%Y-%m-%d}</news:publication_date>"
            f"<news:title>{escape(without_illegal(headline))}</news:title></news:news></url>\n"
        )
