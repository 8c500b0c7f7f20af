"""OAI-PMH and the dump."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HarvestingConfig(AppConfig):
    name = "archive.contrib.harvesting"
    label = "archive_harvesting"
    verbose_name = _("Harvesting")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Checks are registered by their import, which needs the settings of every app.
        from archive.contrib.harvesting import checks  # noqa: F401
