"""Which fields of the pages room speak both languages."""

from modeltranslation.translator import TranslationOptions, register

from archive.stories.models import ArticlePage, Author, HomePage, PublicationPage, SectionPage


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
