"""Which fields of the entities room speak both languages."""

from modeltranslation.translator import TranslationOptions, register

from archive.entities.models import Entity, Office
from archive.entities.terms.models import GlossaryTerm


@register(Entity)
class EntityTranslation(TranslationOptions):
    fields = ("name", "description", "region", "sort_key")


@register(Office)
class OfficeTranslation(TranslationOptions):
    fields = ("title",)


@register(GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ("term", "definition", "variants", "forbidden")
