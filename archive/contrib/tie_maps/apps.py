"""Maps, timeline and charts of ties."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TieMapsConfig(AppConfig):
    name = "archive.contrib.tie_maps"
    label = "archive_tie_maps"
    verbose_name = _("Maps of ties")
    default_auto_field = "django.db.models.BigAutoField"
