"""Readers' reports, as an app of their own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReaderReportsConfig(AppConfig):
    name = "archive.contrib.reader_reports"
    label = "archive_reader_reports"
    verbose_name = _("Readers’ reports")
    default_auto_field = "django.db.models.BigAutoField"
