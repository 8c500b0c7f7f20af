"""Who is who: keys that entries had, what merging changed, and entries that look like doubles."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.entities.models.entity import Entity


class FormerKey(models.Model):
    """A key whose entry was merged into another: its address and its data files lead there."""

    wagtail_reference_index_ignore = True

    key = models.SlugField(_("former key"), max_length=80, unique=True)
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="former_keys")

    class Meta:
        verbose_name = _("former key")
        verbose_name_plural = _("former keys")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class IdentityChange(models.Model):
    """A merge or a split, with every row that it changed, so that it can be undone."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        MERGE = "merge", pgettext_lazy("names", "Merge")
        SPLIT = "split", pgettext_lazy("names", "Split")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # The entry that was kept, or that another was split from.
    entity_id: int | None
    entity = models.ForeignKey(
        Entity,
        on_delete=models.SET_NULL,
        null=True,
        related_name="identity_changes",
    )
    # What it was, in words: the names of the entries that went, or of the one that was made.
    label = models.CharField(max_length=500)
    # See archive.desk.identity.ledger.
    entries = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("merge or split")
        verbose_name_plural = _("merges and splits")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label}"


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
    score = models.PositiveSmallIntegerField(_("likeness"), default=100)
    names = models.CharField(max_length=420, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("probable double")
        verbose_name_plural = _("probable doubles")
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
