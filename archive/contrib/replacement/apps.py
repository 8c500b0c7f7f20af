"""Find and replace, as an app of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReplacementConfig(AppConfig):
    name = "archive.contrib.replacement"
    label = "archive_replacement"
    verbose_name = _("Find and replace")
    default_auto_field = "django.db.models.BigAutoField"
