"""What was done and can be undone: an entry of the journal."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

# What an entry of the audit log says beside its own, of a thing that is one of many.
JOURNAL = "journal"


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    def about(self, thing: models.Model) -> Self:
        """What was done to this thing, alone or among others, the last first."""
        kind = ContentType.objects.get_for_model(thing)
        log = registry.get_logs_for_instance(thing).filter(data__has_key=JOURNAL)
        among_others = [data[JOURNAL] for data in log.values_list("data", flat=True)]
        own = models.Q(content_type=kind, object_id=str(thing.pk))
        return self.filter(own | models.Q(pk__in=among_others))


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )


class JournalEntry(models.Model):
    """Something that somebody did, with all that it changed; its kind knows how to undo it."""

    wagtail_reference_index_ignore = True

    # The name of an `archive.journal.kinds.JournalKind`.
    kind = models.CharField(_("kind"), max_length=40)
    # To what, and with what, in words.
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    about = GenericForeignKey()
    label = models.CharField(max_length=500)
    # In their order; see `archive.journal.recording`.
    changes = models.JSONField(default=list)
    # What else the kind has to know to undo it.
    facts = models.JSONField(default=dict)
    made_by = _person()
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = _person()
    undone_at = models.DateTimeField(null=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="archive_journal_by_object")
        ]

    def __str__(self) -> str:
        return self.label
