"""What only merges and splits of names change, and how it is taken back.

Beside the journal's own changes these are "redirect" (`before`, `after`: where a name leads) and
"split" (a name that was made of another, `source`). Texts and revisions are never among them: what
names a merged entry is resolved when it is read.
"""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail.log_actions import log

from archive.entities.models import Entity
from archive.journal.kinds import JournalKind
from archive.journal.models import JournalEntry
from archive.journal.recording import Change, Recording
from archive.journal.rows import write_values

MAY_MERGE = "archive.merge_entity"
UNDONE = "archive.undo_names"
# Sent after names were merged, split or put back, within the transaction. `entities` are the ids of
# those names, `record` is the Recording to write through, or None when an undo is on its way.
identity_changed = Signal()


def notify_names(entities: Collection[int], record: Recording | None) -> None:
    """Brings what is derived in step: search, related stories, ties, glossary, caches."""
    identity_changed.send(Entity, entities=entities, record=record)
    for entity in Entity.objects.filter(pk__in=entities).order_by("pk"):
        entity.save()


def redirect(record: Recording, name: Entity, kept: Entity) -> None:
    """The name leads to another from now on, and so do those that were merged into it."""
    for one in [*Entity.with_merged.filter(merged_into=name.pk).order_by("pk"), name]:
        record.note("redirect", one, before=one.merged_into_id, after=kept.pk)
        write_values(one, {"merged_into_id": kept.pk})


def _revert_redirect(stored: Any, change: Change) -> bool:
    """A later merge may have led the name on: a name that was its own is so again."""
    if stored is None or (change["before"] and stored.merged_into_id != change["after"]):
        return False
    before = Entity.with_merged.filter(pk=change["before"]).first()
    if before and before.canonical.pk == stored.pk:
        return False
    write_values(stored, {"merged_into_id": before.canonical.pk if before else None})
    return True


def _revert_split(stored: Any, change: Change) -> bool:
    """The name that was made leads back, whatever names it by now; it keeps what it has."""
    source = Entity.with_merged.filter(pk=change["source"]).first()
    if stored is None or source is None:
        return stored is None
    if stored.merged_into_id or source.canonical.pk == stored.pk:
        return False
    redirect(Recording(), stored, source.canonical)
    return True


_REVERT = {"redirect": _revert_redirect, "split": _revert_split}


class NamesKind(JournalKind):
    """Names that became one, or two."""

    in_parts = True

    def may_undo(self, user: Any, entry: JournalEntry) -> bool:
        return bool(user.has_perm(MAY_MERGE))

    def revert(self, change: Change) -> bool:
        if (revert := _REVERT.get(change["op"])) is None:
            return super().revert(change)
        stored = Entity.with_merged.filter(pk=change["pk"]).first()
        try:
            with transaction.atomic():
                return revert(stored, change)
        except IntegrityError:
            return False

    def after_undo(self, entry: JournalEntry, user: Any) -> None:
        label = Entity._meta.label_lower
        changed = {one["pk"] for one in entry.changes if one["model"] == label}
        entities = changed | {int(entry.object_id)}
        for entity in Entity.objects.filter(pk__in=entities):
            log(entity, UNDONE, user=user, data={"names": entry.label})
        notify_names(entities, None)

    def get_url(self, entry: JournalEntry) -> str:
        names = "wagtailsnippets_archive_entity"
        return (
            reverse(f"{names}:history", args=[entry.object_id])
            if entry.about
            else reverse(f"{names}:list")
        )


class MergeKind(NamesKind):
    name, label = "merge_names", pgettext_lazy("names", "Merge")


class SplitKind(NamesKind):
    name, label = "split_name", pgettext_lazy("names", "Split")
