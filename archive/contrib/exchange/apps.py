"""Translations as files, as an app of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "archive.contrib.exchange"
    label = "archive_exchange"
    verbose_name = _("Translations as files")
