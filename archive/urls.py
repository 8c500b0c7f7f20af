"""The archive's public addresses that aren't pages; mount inside i18n_patterns."""

from django.urls import include, path

app_name = "archive"

urlpatterns = [
    path("", include("archive.search.urls")),
    path("", include("archive.pages.browsing.urls")),
    path("", include("archive.ties.urls")),
    path("", include("archive.feeds.urls")),
    path("", include("archive.feeds.citing.urls")),
    path("", include("archive.site.reports.urls")),
    path("", include("archive.pages.offline.urls")),
]
