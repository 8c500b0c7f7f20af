"""A site that serves no page but the archive's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("", include("archive.site_urls")),
    *i18n_patterns(path("", include("archive.urls")), prefix_default_language=True),
]
