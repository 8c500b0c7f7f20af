"""The site's addresses: the admin, and each public page in both languages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from archive import site_urls as archive_site_urls
from archive import urls as archive_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(archive_site_urls)),
    *i18n_patterns(
        path("", include(archive_urls)),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]
