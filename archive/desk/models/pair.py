"""Stories that were imported apart and may be one story in two languages."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.entities.fields import user_key
from archive.journal.models import JournalEntry
from archive.stories.models import ArticlePage


class StoryPair(models.Model):
    """Two stories that are probably one; `one` is written in the archive's first language.

    A confirmed pair is one story: `kept`, with the other's text as its translation. The other
    page stays, locked and unread, and leads readers to the kept one.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("pair of stories", "To decide")
        CONFIRMED = "confirmed", pgettext_lazy("pair of stories", "Confirmed")
        REFUSED = "refused", pgettext_lazy("pair of stories", "Refused")

    one = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("story")
    )
    two = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("other story")
    )
    confidence = models.FloatField(_("confidence"), default=0)
    # See `archive.alignment.pairs.FoundPair`.
    reasons = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = user_key(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # Of a confirmed pair: the story that stays, and what it takes to undo that.
    kept = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, null=True, related_name="+")
    entry_id: int | None
    entry = models.ForeignKey(JournalEntry, on_delete=models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True
    # Two of one language were parted as one of them was imported: that goes with it.
    work_of_people = ~Q(state=State.OPEN) & ~Q(one__source_language=F("two__source_language"))

    class Meta:
        verbose_name = _("pair of stories")
        verbose_name_plural = _("pairs of stories")
        default_permissions = ()
        ordering = ["-confidence", "pk"]
        indexes = [models.Index(fields=["state", "-confidence"], name="archive_pairs_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="archive_one_row_per_pair"),
            models.CheckConstraint(
                condition=Q(state="confirmed", kept__isnull=False)
                | (~Q(state="confirmed") & Q(kept=None)),
                name="archive_pair_keeps_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} = {self.two}"

    @property
    def lost(self) -> ArticlePage:
        """The story whose text is the translation, of a confirmed pair."""
        return self.two if self.kept_id == self.one_id else self.one
