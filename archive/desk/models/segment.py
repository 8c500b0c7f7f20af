"""A translation's pieces, and what colleagues say about them: comments, dismissed findings."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from archive.desk.models.translation import Translation
from archive.entities.fields import user_key
from archive.stories.models import ArticlePage
from archive.stories.parts import PartOfRevision, PartsKey
from archive.text.segmentation import PLAIN, RICH

_LABELS = {
    "subhead": _("Subhead"),
    "caption": _("Caption"),
    "alt_text": _("Alternative text"),
    "credit": _("Credit"),
    "quote": _("Quote"),
    "attribution": _("Attribution"),
    "item": _("List item"),
    "title": _("Title"),
    "cell": _("Table cell"),
    "text": _("Text"),
}


def kind_label(kind: str) -> str:
    """ "Headline", in the reader's language; "Paragraph" for all that has no name of its own."""
    if kind in ArticlePage.text_fields:
        field: Any = ArticlePage._meta.get_field(kind)
        return capfirst(str(field.verbose_name))
    return str(_LABELS.get(kind, _("Paragraph")))


class Segment(PartOfRevision):
    """One piece of a translation, beside the source text that it was made from."""

    class State(models.TextChoices):
        """How far it is: saving makes a draft, a person confirms it, a second one reviews it."""

        EMPTY = "empty", _("Empty")
        DRAFT = "draft", _("Draft")
        CONFIRMED = "confirmed", _("Confirmed")
        REVIEWED = "reviewed", _("Reviewed")

    class Origin(models.TextChoices):
        """Where the words come from; whoever changes them makes them their own."""

        HUMAN = "human", _("Translator")
        MEMORY = "memory", _("Translation memory")
        SENTENCES = "sentences", _("Put together from sentences")
        AHEAD = "ahead", _("Pretranslated")
        REPETITION = "repetition", _("Repetition")
        MACHINE = "machine", _("Machine")
        FILE = "file", _("File")
        ALIGNED = "aligned", _("Aligned text")

    # A suggestion, and what was filled in ahead of a translator.
    OF_MEMORY = (Origin.MEMORY, Origin.SENTENCES, Origin.AHEAD, Origin.REPETITION)
    # Whose words stood in the segment before anybody had seen them.
    UNSEEN = (Origin.AHEAD, Origin.REPETITION, Origin.MACHINE, Origin.FILE, Origin.ALIGNED)

    translation = PartsKey(Translation, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    markup = models.CharField(max_length=5, choices=[(PLAIN, PLAIN), (RICH, RICH)], default=PLAIN)
    target = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    source_digest = models.CharField(max_length=32, blank=True, db_index=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.EMPTY)
    left_out = models.BooleanField(default=False)
    # Its source is translated together with that of the segment before.
    joined = models.BooleanField(default=False)
    # Which one that was: the source may be put in another order. "" where it isn't known.
    joined_to = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.HUMAN)
    # How like the source of the memory's text is to this one, in per cent; its words stand for it.
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whose words it began as, whatever was changed since; "" where a person wrote it from scratch.
    suggested = models.CharField(max_length=10, choices=Origin.choices, blank=True)
    # Perhaps not the translation of its source, or with figures of another one: no text for readers
    # until a person confirms it.
    is_doubtful = models.BooleanField(default=False)
    # What differs in a text from the memory, as the desk's script marks it (JSON); until confirmed.
    doubts = models.TextField(blank=True)
    note = models.TextField(blank=True)
    translated_by = user_key(blank=True)
    translated_at = models.DateTimeField(null=True, blank=True)
    # The second person, who stands by the words too.
    reviewed_by = user_key(blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    # How it stood with the words that it had before, which get it back with them: see
    # `archive.desk.saving`.
    former = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta(PartOfRevision.Meta):
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        indexes = [
            # For statistics of a month.
            models.Index(fields=["translated_at"], name="archive_segment_translated"),
            models.Index(fields=["reviewed_at"], name="archive_segment_reviewed"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.target[:40]}"

    @property
    def is_filled(self) -> bool:
        """Whether it has words, or stands for a decision to have none."""
        return bool(self.target or self.left_out or self.joined)

    @property
    def is_unseen(self) -> bool:
        """Nobody stands by it yet: a machine's or a file's draft, or a pair to check."""
        is_draft = self.is_filled and self.state == Segment.State.DRAFT
        return is_draft and (self.is_doubtful or self.origin in Segment.UNSEEN)

    @property
    def is_pair_to_check(self) -> bool:
        """Aligned with its source, perhaps with a wrong one, whatever was typed in it since."""
        began_as = self.suggested or self.origin
        return self.is_unseen and self.is_doubtful and began_as == Segment.Origin.ALIGNED


class SegmentComment(models.Model):
    """A remark on one segment, or a reply to one; no part of any version, so reverting loses none.

    A remark and its replies are a thread, one level deep; the remark says whether it is resolved.
    """

    translation = models.ForeignKey(
        Translation,
        on_delete=models.CASCADE,
        related_name="comments",
        verbose_name=_("translation"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("reply to"),
    )
    key = models.CharField(max_length=200)
    text = models.TextField(_("comment"))
    author = user_key()
    # Whose it is where somebody, its author here, has taken it in from a file that says so.
    signed_by = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = user_key(blank=True)

    class Meta:
        verbose_name = _("comment on a segment")
        verbose_name_plural = _("comments on segments")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["translation", "key"], name="archive_comment_by_segment")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def thread(self) -> "SegmentComment":
        """The remark that it replies to, or itself."""
        return self.parent or self


class CheckWaiver(models.Model):
    """Someone looked at a finding and let it pass; it holds for these words only."""

    translation = models.ForeignKey(
        Translation, on_delete=models.CASCADE, related_name="waivers", verbose_name=_("translation")
    )
    key = models.CharField(max_length=200)
    check_id = models.CharField(max_length=40)
    # Of source and target together: once either changes, the finding is back.
    digest = models.CharField(max_length=32)
    reason = models.CharField(_("reason"), max_length=300)
    author = user_key()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("waived finding")
        verbose_name_plural = _("waived findings")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "key", "check_id", "digest"],
                name="archive_one_waiver_per_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_id}: {self.reason}"
