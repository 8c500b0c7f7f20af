"""Reprints: the same report in several papers, told to readers and decided by editors."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReprintsConfig(AppConfig):
    name = "archive.contrib.reprints"
    label = "archive_reprints"
    verbose_name = _("Reprints")
    default_auto_field = "django.db.models.BigAutoField"
