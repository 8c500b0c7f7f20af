"""The same site with wagtail-localize: a page for each language."""

from tests.benchmarks.localize_site.stock_settings import *  # noqa: F403
from tests.benchmarks.localize_site.stock_settings import INSTALLED_APPS, LANGUAGES

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail_localize", "wagtail_localize.locales"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
