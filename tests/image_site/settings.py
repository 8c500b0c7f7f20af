"""The tests' settings with that app, in the folder IMAGE_SITE; without the archive at first."""

import os
from pathlib import Path

from newsroom.settings.test import *  # noqa: F403

FOLDER = Path(os.environ["IMAGE_SITE"])
HAS_ARCHIVE = "HAS_ARCHIVE" in os.environ

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "site.sqlite3"}}
MEDIA_ROOT = FOLDER / "media"
MIGRATION_MODULES = {"image_site": "image_site_migrations"}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.image_site"]  # noqa: F405
WAGTAILIMAGES_IMAGE_MODEL = "image_site.OwnImage"
if not HAS_ARCHIVE:
    INSTALLED_APPS = [
        name
        for name in INSTALLED_APPS
        if not name.startswith("archive") and name not in ("modeltranslation", "newsroom")
    ]
    ROOT_URLCONF = "wagtail.urls"
    MIDDLEWARE = []
    WAGTAILSEARCH_BACKENDS = {}
    del WAGTAILIMAGES_IMAGE_FORM_BASE  # noqa: F821
