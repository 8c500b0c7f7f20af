"""Possible duplicates among names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.entities.fields import user_key
from archive.entities.models import Entity


class Double(models.Model):
    """Two entries that may be the same; `one` has the lower id. Dismissed ones are remembered."""

    wagtail_reference_index_ignore = True

    class Reason(models.TextChoices):
        WIKIDATA = "wikidata", _("the same Wikidata id")
        GEONAMES = "geonames", _("the same GeoNames id")
        SAME_NAME = "same_name", _("the same name")
        LIKE_NAME = "like_name", _("nearly the same name")

    one = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    two = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    # How like the names are, in per cent, and the names themselves.
    score = models.PositiveSmallIntegerField(_("similarity"), default=100)
    names = models.CharField(max_length=420, blank=True)
    dismissed_by = user_key()
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        default_permissions = ()
        indexes = [models.Index(fields=["dismissed_at", "-score"], name="archive_doubles_by_score")]
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="archive_one_row_per_double"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("two")), name="archive_double_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} = {self.two}?"
