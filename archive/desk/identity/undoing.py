"""Takes a merge or a split back, row by row, and says what was changed since and stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.desk.identity.errors import IdentityError
from archive.desk.identity.following import is_used, referrers, stories_naming
from archive.desk.identity.ledger import changed_rows, take_back
from archive.desk.identity.merging import after_change
from archive.entities.models import Entity, IdentityChange

UNDONE = "archive.undo_names"
_ENTITY = "archive.entity"


@dataclass
class Undone:
    """How many changes were taken back; `stay` counts by kind of row those that couldn't be."""

    restored: int = 0
    stay: Counter[str] = field(default_factory=Counter)

    @property
    def stays(self) -> list[tuple[str, int]]:
        """For a template, which would count the Counter's own `items`."""
        return list(self.stay.items())


def undo_change(change: IdentityChange, *, user: Any) -> Undone:
    """Restores what the change changed, as far as nobody changed it since.

    Raises IdentityError, and changes nothing, where an entry itself can't be brought back.
    """
    with transaction.atomic():
        row = IdentityChange.objects.select_for_update().get(pk=change.pk)
        if row.undone_at:
            raise IdentityError(_("This was undone already."))
        entities = changed_rows(row.entries, _ENTITY) | {row.entity_id}
        named = {pk for one in entities if one for pk in stories_naming(one)}
        found = {referrer for one in entities if one for referrer in referrers(one)}
        undone = _take_back_all(row)
        row.undone_at, row.undone_by = timezone.now(), user
        row.save(update_fields=["undone_at", "undone_by"])
        alive = list(Entity.objects.filter(pk__in=entities))
        for entity in alive:
            log(entity, UNDONE, user=user, data={"names": row.label})
        after_change([entity.pk for entity in alive], named, found)
    return undone


def preview_undo(change: IdentityChange) -> Undone:
    """What an undo would do: it is done, and taken back at once."""
    with transaction.atomic():
        undone = _take_back_all(change)
        transaction.set_rollback(True)
    return undone


def _take_back_all(change: IdentityChange) -> Undone:
    undone = Undone()
    for entry in reversed(change.entries):
        is_made = entry["model"] == _ENTITY and entry["op"] == "create"
        if not (is_made and is_used(entry["pk"])) and take_back(entry):
            undone.restored += 1
        elif entry["model"] == _ENTITY and entry["op"] != "update":
            raise IdentityError(
                _("“%(names)s”: this can’t be undone, as an entry was changed or its key taken.")
                % {"names": change.label}
            )
        else:
            model = apps.get_model(entry["model"])
            undone.stay[str(model._meta.verbose_name_plural)] += 1
    return undone
