"""Which fields of the models speak both languages; modeltranslation looks for this module."""

from modeltranslation.translator import TranslationOptions, register

from archive.entities import translation as entities
from archive.photos.models import ArchiveImage
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


@register(ArchiveImage)
class ArchiveImageTranslation(TranslationOptions):
    fields = ArchiveImage.translated_fields


@register(Tie)
class TieTranslation(TranslationOptions):
    fields = ("description",)


@register(TieEvidence)
class TieEvidenceTranslation(TranslationOptions):
    fields = ("sentence",)
