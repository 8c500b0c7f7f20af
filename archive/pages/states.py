"""How far a story's other language is: kept on the story's row for lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TranslationState(models.TextChoices):
    NOT_STARTED = "not_started", pgettext_lazy("a translation", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("a translation", "In progress")
    IN_REVIEW = "in_review", _("In review")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    SOURCE_CHANGED = "source_changed", _("Source changed")
