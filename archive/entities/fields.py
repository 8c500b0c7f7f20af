"""Columns that several rooms' models share, and the text of a field in two languages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.utils.translation import gettext_lazy as _

from archive.text.dates import validate_partial
from archive.text.language import FIRST, LANGUAGES, column, other

PARTIAL_DATE_HELP = _("1980, 1980-01 or 1980-01-28.")


def partial_date(verbose_name: Any, help_text: Any = PARTIAL_DATE_HELP) -> models.CharField:
    """A column for a date that is known to the year, the month or the day."""
    return models.CharField(
        verbose_name, max_length=10, blank=True, validators=[validate_partial], help_text=help_text
    )


def user_key(**options: Any) -> models.ForeignKey:
    """A column for somebody at the admin; the row outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", **options
    )


class EntityDescriptor(ForwardManyToOneDescriptor):
    def __get__(self, instance: Any, cls: Any = None) -> Any:
        found: Any = super().__get__(instance, cls)
        return found if instance is None or found is None else found.canonical


class EntityForeignKey(models.ForeignKey):
    """A reference to a name. Read as an object, it gives the name that is kept after a merge.
    The column itself (`entity_id`) is never rewritten. Queries that join, group or count by it use
    `canonical_id("entity")`. To avoid one query for each merged name, select `entity__merged_into`
    along with `entity`."""

    forward_related_accessor_class = EntityDescriptor

    def deconstruct(self) -> Any:
        """As a plain foreign key: the database knows no difference."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


@dataclass(frozen=True)
class Text:
    """A text and the language it is in, for the `lang` attribute; falsy when there is none."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def text_in(instance: models.Model, field: str, language: str) -> Text:
    """The field in the reader's language, or else in the other one."""
    if text := getattr(instance, column(field, language)):
        return Text(text, language)
    elsewhere = other(language)
    if text := getattr(instance, column(field, elsewhere)):
        return Text(text, elsewhere)
    return Text("", language)


_UNNAMED = {
    "name": _("Give the name in at least one language."),
    "title": _("Give the title in at least one language."),
}


def lacking_name(instance: models.Model, field: str = "name") -> dict[str, Any]:
    """The error of a thing that nobody can call by a name, by its column; {} for none."""
    if any((getattr(instance, column(field, one)) or "").strip() for one in LANGUAGES):
        return {}
    return {column(field, FIRST): _UNNAMED[field]}


def check_named(instance: models.Model, field: str = "name") -> None:
    """Raises ValidationError where it has no name in either language."""
    if errors := lacking_name(instance, field):
        raise ValidationError(errors)
