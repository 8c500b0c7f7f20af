"""The archive's addresses that are in no language; mount at the site's root, before the pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("archive.feeds.site_urls")),
]
