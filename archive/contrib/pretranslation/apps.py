"""Pretranslation, as an app of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PretranslationConfig(AppConfig):
    name = "archive.contrib.pretranslation"
    label = "archive_pretranslation"
    verbose_name = _("Pretranslation")
    default_auto_field = "django.db.models.BigAutoField"
