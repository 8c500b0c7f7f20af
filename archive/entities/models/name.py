"""The other forms of an entry's name."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from archive.entities.fields import partial_date
from archive.entities.models.entity import Entity
from archive.entities.periods import check_order
from archive.text.language import LABELS


class EntityName(Orderable):
    """Another form of an entity's name: alias, romanisation, former or forbidden form."""

    class Kind(models.TextChoices):
        ALIAS = "alias", _("Alias")
        ROMANISATION = "romanisation", _("Romanisation")
        FORMER = "former", _("Former name")
        ABBREVIATION = "abbreviation", _("Abbreviation")
        TRADITIONAL = "traditional", _("Traditional characters")

    entity = ParentalKey(Entity, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("written form"), max_length=200, db_index=True)
    language = models.CharField(_("language"), max_length=10, choices=list(LABELS.items()))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ALIAS)
    forbidden = models.BooleanField(
        _("not to be used"),
        default=False,
        help_text=_("Found in searches, but translators are warned off it."),
    )
    valid_from = partial_date(_("used from"))
    valid_until = partial_date(_("used until"))

    class Meta(Orderable.Meta):
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "language", "text"],
                name="archive_one_row_per_name",
                violation_error_message=_("This form is listed twice."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        check_order(valid_from=self.valid_from, valid_until=self.valid_until)
