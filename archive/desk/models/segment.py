"""A translation's pieces, beside the source text that each was made from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.desk.models.translation import Translation
from archive.pages.parts import PartOfRevision, PartsKey
from archive.text.segmentation import PLAIN, RICH


class Segment(PartOfRevision):
    """One piece of a translation, beside the source text that it was made from."""

    class State(models.TextChoices):
        """After XLIFF 2.1, `state` of a segment."""

        INITIAL = "initial", _("Not translated")
        TRANSLATED = "translated", _("Translated")
        REVIEWED = "reviewed", _("Reviewed")
        FINAL = "final", _("Final")

    class Origin(models.TextChoices):
        """Where the words come from; whoever changes them makes them their own."""

        HUMAN = "human", _("Translator")
        MEMORY = "memory", _("Translation memory")
        MACHINE = "machine", _("Machine")
        FILE = "file", _("File")

    translation = PartsKey(Translation, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    markup = models.CharField(max_length=5, choices=[(PLAIN, PLAIN), (RICH, RICH)], default=PLAIN)
    target = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    source_digest = models.CharField(max_length=32, blank=True, db_index=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.INITIAL)
    left_out = models.BooleanField(default=False)
    # Its source is translated together with that of the segment before.
    joined = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.HUMAN)
    note = models.TextField(blank=True)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    translated_at = models.DateTimeField(null=True, blank=True)

    class Meta(PartOfRevision.Meta):
        verbose_name = _("segment")
        verbose_name_plural = _("segments")

    def __str__(self) -> str:
        return f"{self.key}: {self.target[:40]}"
