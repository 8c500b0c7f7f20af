"""Content Credentials: verified when a picture's file is new, shown below the picture."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentCredentialsConfig(AppConfig):
    name = "archive.contrib.content_credentials"
    label = "archive_content_credentials"
    verbose_name = _("Content Credentials")
    default_auto_field = "django.db.models.BigAutoField"
    packages: ClassVar = {"c2pa": "c2pa"}

    def ready(self) -> None:
        # They import models, and the settings of every app.
        from archive.contrib.content_credentials import checks  # noqa: F401
        from archive.contrib.content_credentials.signals import connect

        connect()
