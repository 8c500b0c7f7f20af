"""Two stories that are the same report."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.entities.fields import user_key
from archive.prepared import Given
from archive.stories.models import ArticlePage


class StoryReuse(models.Model):
    """A report in two stories: `later` prints what `earlier` printed.

    `kind` is what became of the earlier text; `share` is how much of it the later one has, and
    `later_share` how much of the later one comes from it, 0–1. A story without a date is the later.
    """

    class Kind(models.TextChoices):
        IDENTICAL = "identical", pgettext_lazy("of a reprint", "Word for word")
        SHORTENED = "shortened", pgettext_lazy("of a reprint", "Shortened")
        EXTENDED = "extended", pgettext_lazy("of a reprint", "Extended")
        REWRITTEN = "rewritten", pgettext_lazy("of a reprint", "Rewritten")
        TRANSLATION = "translation", pgettext_lazy("of a reprint", "Translated")

    class State(models.TextChoices):
        FOUND = "found", pgettext_lazy("reprint", "Found")
        CONFIRMED = "confirmed", pgettext_lazy("reprint", "Confirmed")
        REFUSED = "refused", pgettext_lazy("reprint", "Refused")

    earlier = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    later = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    share = models.FloatField(default=0)
    later_share = models.FloatField(default=0)
    # Between the two print dates; None where one is missing.
    days = models.IntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FOUND)
    decided_by = user_key(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True
    work_of_people = ~Q(state=State.FOUND)

    class Meta:
        verbose_name = _("reprint")
        verbose_name_plural = _("reprints")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="archive_reuse_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="archive_one_row_per_reuse")
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"

    @property
    def percent(self) -> int:
        """How much of the earlier text the later one has, in words or aligned."""
        return round(100 * self.share)

    @property
    def later_percent(self) -> int:
        return round(100 * self.later_share)

    def other_than(self, pk: int) -> int:
        """The id of the story at the other end."""
        return self.later_id if self.earlier_id == pk else self.earlier_id


def reuse_of(pk: int | Given) -> QuerySet[StoryReuse]:
    """The rows of a story, whichever of the two it is."""
    return StoryReuse.objects.filter(Q(earlier=pk) | Q(later=pk))
