"""Related stories that are found by themselves: from names and ties that two stories share."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelatedConfig(AppConfig):
    name = "archive.contrib.related"
    label = "archive_related"
    verbose_name = _("Related stories")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # It imports models.
        from archive.contrib.related.signals import connect

        connect()
