"""Moving in: the stories of another site, taken over by command."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransferConfig(AppConfig):
    name = "archive.contrib.transfer"
    label = "archive_transfer"
    verbose_name = _("Moving from another site")
    needs = ("archive.contrib.intake",)
