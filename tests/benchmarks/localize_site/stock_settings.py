"""Wagtail as it comes: one language, the search index in the database."""

from newsroom.settings.base import (  # noqa: F401
    ALLOWED_HOSTS,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    LANGUAGES,
    MEDIA_ROOT,
    MEDIA_URL,
    SECRET_KEY,
    STATIC_ROOT,
    STATIC_URL,
    TIME_ZONE,
    USE_TZ,
)
from newsroom.settings.base import MIDDLEWARE as OURS

# What serves the archive's own pages is nothing to a usual site.
MIDDLEWARE = [name for name in OURS if not name.startswith("archive.")]
INSTALLED_APPS = [
    "tests.benchmarks.localize_site",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
ROOT_URLCONF = "tests.benchmarks.localize_site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
LANGUAGE_CODE = "en"
USE_I18N = True
WAGTAIL_SITE_NAME = "Newspaper"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
