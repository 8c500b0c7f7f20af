"""Machine drafts, as an app of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MachineryConfig(AppConfig):
    name = "archive.contrib.machinery"
    label = "archive_machinery"
    verbose_name = _("Machine drafts")

    def ready(self) -> None:
        # Checks are registered by their import, which needs the settings of every app.
        from archive.contrib.machinery import checks  # noqa: F401
