"""The archive's addresses that are in no language; mount at the site's root, before the pages."""

from django.urls import URLPattern, URLResolver, include, path

from archive.feeds.permalinks import permalink
from archive.pages.modes import choose
from archive.pages.offline.views import service_worker

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("archive.feeds.site_urls")),
    path("s/<slug:short>/", permalink, name="archive_permalink"),
    path("s/<slug:short>/<slug:suffix>/", permalink, name="archive_permalink_in"),
    path("service-worker.js", service_worker, name="archive_service_worker"),
    path("view/<slug:mode>/", choose, name="archive_view"),
]
