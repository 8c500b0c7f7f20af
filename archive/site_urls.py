"""The archive's addresses that are in no language; mount at the site's root, before the pages."""

from django.urls import URLPattern, URLResolver, path

from archive.pages.offline.views import service_worker

urlpatterns: list[URLPattern | URLResolver] = [
    path("service-worker.js", service_worker, name="archive_service_worker"),
]
