"""Undoes an entry of the journal, and says before what stands against it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.journal.kinds import JournalKind, kinds
from archive.journal.models import JournalEntry
from archive.journal.plan import JournalError, UndoPlan
from archive.journal.work import OthersWork


def kind_of(entry: JournalEntry) -> JournalKind:
    """Raises JournalError for one whose app the site hasn't."""
    if (kind := kinds().get(entry.kind)) is None:
        raise JournalError(_("This can't be undone: its app isn't installed any more."))
    return kind


def plan_undo(entry: JournalEntry, user: Any) -> UndoPlan:
    """What `undo` would do now. Raises PermissionDenied, and JournalError where it was undone
    already."""
    with transaction.atomic():
        kind, stored = _locked(entry, user)
        plan = _divided(kind.works_since(stored), user)
        if kind.in_parts:
            # It is done, and taken back at once.
            kind.revert_all(stored, plan, user)
        transaction.set_rollback(True)
    return plan


@transaction.atomic
def undo(entry: JournalEntry, user: Any, *, gives_up_own: bool = False) -> UndoPlan:
    """Bring back what the entry changed, as it was; says what could be.

    Raises PermissionDenied, OthersWorkError, OwnWorkError unless the user gives that up, and
    JournalError where it was undone already or a row can't be as it was.
    """
    kind, stored = _locked(entry, user)
    plan = _divided(kind.works_since(stored), user)
    plan.check(gives_up_own=gives_up_own)
    kind.before_undo(stored, user)
    kind.revert_all(stored, plan, user)
    if plan.stay and not kind.in_parts:
        raise JournalError(_("Nothing was undone: what it needs was deleted since."))
    stored.undone_at, stored.undone_by = timezone.now(), user
    stored.save(update_fields=["undone_at", "undone_by"])
    kind.after_undo(stored, user)
    return plan


def _locked(entry: JournalEntry, user: Any) -> tuple[JournalKind, JournalEntry]:
    stored = JournalEntry.objects.select_for_update().get(pk=entry.pk)
    kind = kind_of(stored)
    if user is not None and not kind.may_undo(user, stored):
        raise PermissionDenied
    if stored.undone_at:
        raise JournalError(_("This was undone already."))
    return kind, stored


def _divided(works: Iterable[OthersWork], user: Any) -> UndoPlan:
    plan = UndoPlan()
    for work in works:
        if user is not None and work.by == user.pk:
            plan.own.append(replace(work, who=""))
        else:
            plan.others.append(work)
    return plan
