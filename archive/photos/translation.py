"""Which fields of the photos room speak both languages."""

from modeltranslation.translator import TranslationOptions, register

from archive.photos.models import ArchiveImage


@register(ArchiveImage)
class ArchiveImageTranslation(TranslationOptions):
    fields = ArchiveImage.translated_fields
