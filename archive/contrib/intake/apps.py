"""Imports: newspapers' files read as stories."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "archive.contrib.intake"
    label = "archive_intake"
    verbose_name = _("Imports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only once every app is there; importing `checks` registers them.
        from archive.contrib.intake import checks  # noqa: F401
        from archive.stories import creations

        for model in creations.kinds():
            post_save.connect(creations.note_made, sender=model)
