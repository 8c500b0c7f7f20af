"""What the archive knows of a search's words, above the stories that have them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnswersConfig(AppConfig):
    name = "archive.contrib.answers"
    label = "archive_answers"
    verbose_name = _("Answers of the search")
    default_auto_field = "django.db.models.BigAutoField"
