"""Columns that several rooms' models share."""

from typing import Any

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
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


class EntityDescriptor(ForwardManyToOneDescriptor):
    def __get__(self, instance: Any, cls: Any = None) -> Any:
        found: Any = super().__get__(instance, cls)
        return found if instance is None or found is None else found.canonical


class EntityForeignKey(models.ForeignKey):
    """A reference to a name. Read as an object, it gives the name that is kept after a merge.

    The column itself (`entity_id`) is never rewritten. Queries that join, group or count by it
    use `canonical_id("entity")`. To avoid one query for each merged name, select
    `entity__merged_into` along with `entity`.
    """

    forward_related_accessor_class = EntityDescriptor

    def deconstruct(self) -> Any:
        """As a plain foreign key: the database knows no difference."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs
