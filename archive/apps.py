"""The one Django app of the archive; wires signals and system checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    label = "archive"
    verbose_name = _("Archive")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from archive import checks, signals  # noqa: F401
        from archive.site import page_views

        signals.connect()
        page_views.register()
