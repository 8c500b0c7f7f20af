"""What the house calls a thing in both languages, where it is no name of the archive."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.entities.csv_files import SUFFIXES, listed
from archive.entities.fields import user_key
from archive.text.language import LANGUAGES, column, columns

_SEVERAL = _("Separate several forms by semicolons.")

WORDS = {column("term", language): suffix for suffix, language in SUFFIXES.items()}
FORMS = {
    column(field, language): f"{heading}_{suffix}"
    for field, heading in (("variants", "aliases"), ("forbidden", "forbidden"))
    for suffix, language in SUFFIXES.items()
}
FACTS = {
    "part_of_speech": "part_of_speech",
    **{column("definition", lang): f"definition_{suffix}" for suffix, lang in SUFFIXES.items()},
    "note": "note",
}
# Model column -> heading in files, in the order of an export.
COLUMNS = {**WORDS, **FORMS, **FACTS}


class GlossaryTerm(models.Model):
    """A term: “ecological footprint”, 生态足迹. One row, both languages."""

    class PartOfSpeech(models.TextChoices):
        """As TBX-Basic names them."""

        NOUN = "noun", _("Noun")
        VERB = "verb", _("Verb")
        ADJECTIVE = "adjective", _("Adjective")
        ADVERB = "adverb", _("Adverb")
        OTHER = "other", pgettext_lazy("part of speech", "Other")

    term = models.CharField(pgettext_lazy("glossary", "term"), max_length=200)
    part_of_speech = models.CharField(
        _("part of speech"),
        max_length=10,
        choices=PartOfSpeech.choices,
        default=PartOfSpeech.NOUN,
        help_text=_("The desk also finds an English noun’s plural, and an English verb’s forms."),
    )
    definition = models.TextField(_("definition"), blank=True)
    variants = models.TextField(_("other allowed forms"), blank=True, help_text=_SEVERAL)
    forbidden = models.TextField(
        _("forbidden forms"),
        blank=True,
        help_text=_("What a translator must not write. Separate several forms by semicolons."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For translators."))
    author = user_key(editable=False, verbose_name=_("added by"))
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = pgettext_lazy("glossary", "term")
        verbose_name_plural = pgettext_lazy("glossary", "terms")
        ordering = [*columns("term"), "pk"]

    def __str__(self) -> str:
        return " · ".join(filter(None, map(self.term_in, LANGUAGES)))

    def term_in(self, language: str) -> str:
        """The term in one language: no fallback."""
        return getattr(self, column("term", language)) or ""

    def definition_in(self, language: str) -> str:
        return getattr(self, column("definition", language)) or ""

    def variants_in(self, language: str) -> list[str]:
        return listed(getattr(self, column("variants", language)) or "")

    def forbidden_in(self, language: str) -> list[str]:
        return listed(getattr(self, column("forbidden", language)) or "")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        for language in LANGUAGES:
            if not self.term_in(language).strip():
                errors[column("term", language)] = _("Give the term in both languages.")
            allowed = {self.term_in(language), *self.variants_in(language)}
            for form in allowed.intersection(self.forbidden_in(language)):
                message = _("%(form)s is also listed as allowed: remove one of the two.")
                errors[column("forbidden", language)] = message % {"form": form}
        if not errors and self.same().exists():
            errors[column("term", LANGUAGES[0])] = _("This term is in the list already.")
        if errors:
            raise ValidationError(errors)

    def same(self) -> models.QuerySet:
        """The other rows with this term in both languages."""
        terms = {f"{name}__iexact": getattr(self, name) for name in columns("term")}
        return GlossaryTerm.objects.filter(**terms).exclude(pk=self.pk)
