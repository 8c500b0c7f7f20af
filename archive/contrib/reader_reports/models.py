"""What readers report of a paragraph: a misalignment, a wrong translation, a slip."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.contrib.reader_reports.conf import settings
from archive.entities.fields import user_key
from archive.stories.models import ArticlePage
from archive.text.language import LABELS
from archive.text.punctuation import labelled
from archive.text.segmentation import digest


class ReaderReport(models.Model):
    """One reader's word about a paragraph, or several readers' same word.

    `language` is that of the text which is said to be wrong. The texts are kept as they were,
    so that the desk sees what has changed since.
    """

    wagtail_reference_index_ignore = True
    work_of_people = Q()

    class Kind(models.TextChoices):
        MISALIGNED = "misaligned", _("The two languages do not match")
        WRONG = "wrong", _("Wrong translation")
        MISSING = "missing", _("Something is missing from the translation")
        TYPO = "typo", _("Typo")
        OTHER = "other", pgettext_lazy("kind of error", "Something else")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("report", "Open")
        ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")
        DONE = "done", pgettext_lazy("report", "Resolved")
        REJECTED = "rejected", pgettext_lazy("report", "Rejected")

    # Those that the desk still has to do with.
    PENDING = (State.OPEN, State.ACCEPTED)

    article = models.ForeignKey(
        ArticlePage,
        on_delete=models.CASCADE,
        related_name="reader_reports",
        verbose_name=_("story"),
    )
    # A segment's, or a block's, which may have several.
    key = models.CharField(max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=list(LABELS.items()))
    is_about_source = models.BooleanField(default=False)
    view = models.CharField(_("read in"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("what the reader says"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # When it was given last: perhaps long after the first who said the same.
    email_at = models.DateTimeField(null=True)
    source_text = models.TextField(blank=True)
    target_text = models.TextField(blank=True)
    texts_digest = models.CharField(max_length=32)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    note = models.TextField(
        _("note"), blank=True, help_text=_("For colleagues; never shown to readers.")
    )
    # How often the same was said, and the fingerprint by which that is known; "" once settled.
    times = models.PositiveIntegerField(_("times"), default=1)
    fingerprint = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = user_key(verbose_name=_("handled by"))

    class Meta:
        verbose_name = _("reader's report")
        verbose_name_plural = _("readers' reports")
        default_permissions = ("change",)
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="archive_reports_by_state"),
            models.Index(fields=["article", "state"], name="archive_reports_by_story"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="archive_one_row_per_report",
            )
        ]

    def __str__(self) -> str:
        return labelled(self.get_kind_display(), self.article)

    @property
    def email_until(self) -> datetime:
        """When the reader's address is erased at the latest."""
        given = self.email_at or self.created_at
        return given + timedelta(days=settings.REPORT_EMAIL_DAYS)

    def is_of(self, key: str) -> bool:
        """Whether it is about this segment, or about the block that the segment is of."""
        return self.key in (key, key.partition("/")[0])

    def get_edit_url(self) -> str:
        return reverse("wagtailsnippets_archive_reader_reports_readerreport:edit", args=[self.pk])


def texts_digest(source: str, target: str) -> str:
    """Of both texts' words, for telling whether either has changed."""
    return digest(f"{digest(source)} {digest(target)}")
