"""The one Django app of the archive; connects signals, system checks, readers' views and forms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    label = "archive"
    verbose_name = _("Archive")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only once every app is there; importing `checks` registers them.
        from archive import checks, signals  # noqa: F401
        from archive.site import page_views
        from archive.stories.panels import bind_forms

        signals.connect()
        page_views.register()
        bind_forms()
