"""What colleagues say about a segment, and which findings of the checks they let pass."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.desk.models.translation import Translation


class SegmentComment(models.Model):
    """A remark on one segment; no part of any version, so reverting loses none."""

    translation = models.ForeignKey(
        Translation,
        on_delete=models.CASCADE,
        related_name="comments",
        verbose_name=_("translation"),
    )
    key = models.CharField(max_length=200)
    text = models.TextField(_("comment"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment on a segment")
        verbose_name_plural = _("comments on segments")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["translation", "key"], name="archive_comment_by_segment")]

    def __str__(self) -> str:
        return self.text[:40]


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
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
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
