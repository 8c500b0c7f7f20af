"""Which fields of the models speak both languages; modeltranslation looks for this module."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.functional import lazy
from modeltranslation.fields import TranslationField
from modeltranslation.translator import TranslationOptions, register, translator

from archive.entities.models import Entity, Office
from archive.entities.terms.models import GlossaryTerm
from archive.photos.models import ArchiveImageMixin
from archive.stories.models import (
    ArticlePage,
    Author,
    HomePage,
    InformationPage,
    PublicationPage,
    SectionPage,
)
from archive.text.language import in_language
from archive.ties.models import Tie, TieEvidence


@register(ArticlePage)
class ArticleTranslation(TranslationOptions):
    fields = ArticlePage.translated_fields
    empty_values = {"body": None, **dict.fromkeys(ArticlePage.text_fields, "")}


@register([HomePage, PublicationPage, SectionPage])
class NamedPageTranslation(TranslationOptions):
    fields = ("name", "intro")


@register(InformationPage)
class InformationTranslation(TranslationOptions):
    fields = ("name", "intro", "body")


@register(Author)
class AuthorTranslation(TranslationOptions):
    fields = ("name", "about")


def name_columns(model: type[Model]) -> None:
    """modeltranslation calls them "Headline [en]"; people read "headline (English)"."""
    fields: Iterable[Any] = model._meta.get_fields()
    for field in fields:
        if isinstance(field, TranslationField):
            own = field.translated_field.verbose_name
            field.verbose_name = lazy(in_language, str)(own, field.language)


# The archive's image model, and a site's own.
for _model in apps.get_models():
    if issubclass(_model, ArchiveImageMixin):
        register(_model, fields=_model.translated_fields)(TranslationOptions)


@register(Entity)
class EntityTranslation(TranslationOptions):
    fields = ("name", "description", "region", "sort_key")


@register(Office)
class OfficeTranslation(TranslationOptions):
    fields = ("title",)


@register(GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ("term", "definition", "variants", "forbidden")


@register(Tie)
class TieTranslation(TranslationOptions):
    fields = ("description",)


@register(TieEvidence)
class TieEvidenceTranslation(TranslationOptions):
    fields = ("sentence",)


for _model in translator.get_registered_models():
    if _model._meta.app_label == ArticlePage._meta.app_label:
        name_columns(_model)
