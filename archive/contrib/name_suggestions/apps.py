"""Suggested names, as an app of their own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NameSuggestionsConfig(AppConfig):
    name = "archive.contrib.name_suggestions"
    label = "archive_name_suggestions"
    verbose_name = _("Suggested names")
    default_auto_field = "django.db.models.BigAutoField"
