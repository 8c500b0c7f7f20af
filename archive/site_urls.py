"""The archive's addresses that are in no language; mount at the site's root, before the pages."""

from typing import Any

from django.urls import URLPattern, URLResolver, path, re_path

from archive.registry import registered
from archive.site import crawlers
from archive.site.modes import choose
from archive.site.offline import service_worker
from archive.site.permalinks import permalink
from archive.site.sitemaps import views as sitemaps
from archive.site.sitemaps.kinds import KINDS
from archive.text.language import LANGUAGES

urlpatterns: list[Any] = [
    path("robots.txt", sitemaps.robots_txt, name="archive_robots"),
    path("llms.txt", crawlers.llms_txt, name="archive_llms"),
    path(".well-known/tdmrep.json", crawlers.tdmrep, name="archive_tdmrep"),
    path("sitemap.xml", sitemaps.sitemap_index, name="archive_sitemap"),
    path("sitemap-news.xml", sitemaps.sitemap_news, name="archive_sitemap_news"),
    # At the root, because a sitemap may list what lies beside and below it. No database refuses
    # a number of twelve digits.
    re_path(
        rf"^sitemap-(?P<language>{'|'.join(LANGUAGES)})-(?P<kind>{'|'.join(KINDS)})"
        r"-(?P<number>0|[1-9][0-9]{0,11})\.xml$",
        sitemaps.sitemap_file,
        name="archive_sitemap_file",
    ),
    path("s/<slug:short>/", permalink, name="archive_permalink"),
    path("s/<slug:short>/<slug:suffix>/", permalink, name="archive_permalink_in"),
    path("service-worker.js", service_worker, name="archive_service_worker"),
    path("view/<slug:mode>/", choose, name="archive_view"),
    *registered("site_urls", URLPattern, URLResolver),
]
