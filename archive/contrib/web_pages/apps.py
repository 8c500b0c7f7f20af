"""Web pages: saved pages and feeds, read as stories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebPagesConfig(AppConfig):
    name = "archive.contrib.web_pages"
    label = "archive_web_pages"
    verbose_name = _("Web pages and feeds")
    needs = ("archive.contrib.intake",)
