"""What somebody has chosen for their own work at the desk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskSetting(models.Model):
    """One person's choices; without a row, the defaults."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # By command, as `archive.desk.editor.shortcuts` writes them.
    keys = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("setting of the desk")
        verbose_name_plural = _("settings of the desk")

    def __str__(self) -> str:
        return str(self.person)
