"""Dossiers below the front page, for readers and for reading devices."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "archive.contrib.dossiers"
    label = "archive_dossiers"
    verbose_name = _("Dossiers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only once every app is there.
        from archive.contrib.dossiers.models import DossierPage
        from archive.contrib.dossiers.views import dossier_context
        from archive.signals import on_frame_changed
        from archive.site.page_views import ShownView
        from archive.stories.archive_page import register_page_view

        register_page_view(DossierPage, ShownView(dossier_context))
        for signal in (post_save, post_delete):
            signal.connect(on_frame_changed, sender=DossierPage)
