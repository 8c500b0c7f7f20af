"""Beginnings and slips of names, and what editors look for beside them."""

from django.db import models
from django.utils.translation import pgettext_lazy

from archive.entities.models import Entity
from archive.pages.models import ArticlePage
from archive.search.hints.keys import LONGEST_KEY, LONGEST_SLIP, LONGEST_START


class NameHint(models.Model):
    """A key that a name is completed from: all that begins with what was typed is offered.

    The first one and two characters of each key have a row of their own: what so little is the
    beginning of is found in the order of `weight`, the number of stories when it was last counted.
    """

    wagtail_reference_index_ignore = True

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    weight = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["key", "weight"],
                name="archive_name_hint",
                opclasses=["varchar_pattern_ops", "int4_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.key


class NameSlip(models.Model):
    """The beginning of a name's key with one character left out, or none: two that are one slip
    apart have one of these in common."""

    wagtail_reference_index_ignore = True

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    slip = models.CharField(max_length=LONGEST_SLIP)

    class Meta:
        indexes = [models.Index(fields=["slip", "entity"], name="archive_name_slip")]

    def __str__(self) -> str:
        return self.slip


class DraftHint(models.Model):
    """A draft's headline from one of its words, or of its Chinese characters, on: for editors."""

    wagtail_reference_index_ignore = True

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_START)

    class Meta:
        indexes = [
            models.Index(
                fields=["key", "article"],
                name="archive_draft_hint",
                # A page's key is an integer of four bytes.
                opclasses=["varchar_pattern_ops", "int4_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.key


class PictureGap(models.Model):
    """Something that a picture of the story's source text lacks, for editors to fill in."""

    class Kind(models.TextChoices):
        CAPTION = "caption", pgettext_lazy("missing", "Caption")
        ALT_TEXT = "alt_text", pgettext_lazy("missing", "Alt text")
        CREDIT = "credit", pgettext_lazy("missing", "Credit")

    wagtail_reference_index_ignore = True

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "kind"], name="archive_one_gap_per_kind")
        ]
        indexes = [models.Index(fields=["kind", "article"], name="archive_picture_gap")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind}"
