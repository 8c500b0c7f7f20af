"""The tests' settings with that site, and with wagtail-localize beside it."""

from newsroom.settings.test import *  # noqa: F403

INSTALLED_APPS = [
    "tests.moved_site",
    "wagtail_localize",
    "wagtail_localize.locales",
    *INSTALLED_APPS,  # noqa: F405
]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES  # noqa: F405
