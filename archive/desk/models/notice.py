"""What somebody at the desk is told about a translation, and their own settings there."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.desk.models.translation import Translation
from archive.entities.fields import user_key


class Notice(models.Model):
    """One thing that one person is told; it goes with the account and with the translation."""

    work_of_people = None

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", pgettext_lazy("notice", "Assigned to you")
        DUE = "due", pgettext_lazy("notice", "Due")
        COMMENT = "comment", pgettext_lazy("notice", "Comment")
        REPLY = "reply", pgettext_lazy("notice", "Reply")
        MENTION = "mention", pgettext_lazy("notice", "You are mentioned")
        RETURNED = "returned", pgettext_lazy("notice", "Sent back")
        APPROVED = "approved", pgettext_lazy("notice", "Approved")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="+")
    # The segment that a comment is about.
    key = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    actor = user_key(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    # Sent, or never to be sent.
    is_mailed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "seen_at"], name="archive_notice_unseen"),
            models.Index(fields=["is_mailed"], name="archive_notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.translation}"

    @property
    def due_day(self) -> date | None:
        """Of a notice about a due date, which its text is, in ISO 8601."""
        return date.fromisoformat(self.text) if self.kind == self.Kind.DUE and self.text else None


class NoticeSetting(models.Model):
    """How somebody gets notices by mail; without a row, at once."""

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", pgettext_lazy("mails", "At once")
        DAILY = "daily", pgettext_lazy("mails", "Once a day")
        NEVER = "never", pgettext_lazy("mails", "Never")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    mail = models.CharField(
        _("mails about assignments, due dates and comments"),
        max_length=10,
        choices=Mail.choices,
        default=Mail.AT_ONCE,
    )

    class Meta:
        verbose_name = _("setting of notices")
        verbose_name_plural = _("settings of notices")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_mail_display()}"


class DeskSetting(models.Model):
    """One person's choices; without a row, the defaults."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # By command, as `archive.desk.editor.shortcuts` writes them.
    keys = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("setting of the desk")
        verbose_name_plural = _("settings of the desk")

    def __str__(self) -> str:
        return str(self.person)
