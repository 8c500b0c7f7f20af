"""The archive's addresses that are in no language; mount at the site's root, before the pages."""

from django.urls import URLPattern, URLResolver, path

from archive.pages.mode_views import choose

urlpatterns: list[URLPattern | URLResolver] = [
    path("view/<slug:mode>/", choose, name="archive_view"),
]
