"""Columns that several rooms' models share."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.text.dates import validate_partial

PARTIAL_DATE_HELP = _("1980, 1980-01 or 1980-01-28.")


def partial_date(verbose_name: Any, help_text: Any = PARTIAL_DATE_HELP) -> models.CharField:
    """A column for a date that is known to the year, the month or the day."""
    return models.CharField(
        verbose_name,
        max_length=10,
        blank=True,
        validators=[validate_partial],
        help_text=help_text,
    )
