"""The assessment of translations, as an app of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "archive.contrib.assessment"
    label = "archive_assessment"
    verbose_name = _("Assessment of translations")
    default_auto_field = "django.db.models.BigAutoField"
