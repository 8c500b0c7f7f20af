"""Which fields of the ties room speak both languages."""

from modeltranslation.translator import TranslationOptions, register

from archive.ties.models import Tie, TieEvidence


@register(Tie)
class TieTranslation(TranslationOptions):
    fields = ("description",)


@register(TieEvidence)
class TieEvidenceTranslation(TranslationOptions):
    fields = ("sentence",)
