"""Wires: the files of news agencies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WiresConfig(AppConfig):
    name = "archive.contrib.wires"
    label = "archive_wires"
    verbose_name = _("Wires")
    needs = ("archive.contrib.intake",)
