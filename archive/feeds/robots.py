"""robots.txt: what crawlers may fetch, and where the sitemaps are."""

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control

from archive.conf import settings
from archive.feeds.sitemaps.addresses import SiteAddresses, by_language
from archive.pages.feeding import FRESH_SECONDS


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
