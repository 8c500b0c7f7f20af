"""Checks that know English and Chinese, as an app of their own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    name = "archive.contrib.checks"
    label = "archive_checks"
    verbose_name = _("Checks of English and Chinese")
