"""Which fields of the models speak both languages; modeltranslation looks for this module."""

from django.apps import apps
from modeltranslation.translator import TranslationOptions, register

from archive.entities import translation as entities
from archive.photos.models import ArchiveImageMixin
from archive.stories.models import ArticlePage, Author, HomePage, PublicationPage, SectionPage
from archive.ties.models import Tie, TieEvidence

__all__ = ["entities"]


@register(ArticlePage)
class ArticleTranslation(TranslationOptions):
    fields = ArticlePage.translated_fields
    empty_values = {"body": None, "headline": "", "standfirst": "", "dateline": ""}


@register([HomePage, PublicationPage, SectionPage])
class NamedPageTranslation(TranslationOptions):
    fields = ("name", "intro")


@register(Author)
class AuthorTranslation(TranslationOptions):
    fields = ("name", "about")


# The archive's image model, and a site's own.
for _model in apps.get_models():
    if issubclass(_model, ArchiveImageMixin):
        register(_model, fields=_model.translated_fields)(TranslationOptions)


@register(Tie)
class TieTranslation(TranslationOptions):
    fields = ("description",)


@register(TieEvidence)
class TieEvidenceTranslation(TranslationOptions):
    fields = ("sentence",)
