"""Undoes an entry of the journal, and says before what stands against it.

Readers get back what they had of a story or a translation: its version, and its columns.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from archive.journal.kinds import JournalKind, kinds
from archive.journal.models import JournalEntry
from archive.journal.plan import JournalError, OthersWork, UndoPlan
from archive.journal.rows import Values, read_values, write_values


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
            # It may be done, and is taken back at once.
            kind.foresee(stored, plan, user)
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


def check_versions(thing: Any, row: Values) -> None:
    """Raises JournalError where a version that these columns name was deleted."""
    wanted = {row.get(name) for name in ("latest_revision_id", "live_revision_id")} - {None}
    if Revision.objects.filter(pk__in=wanted).count() < len(wanted):
        raise JournalError(gettext_lazy("its former version was deleted"))


def give_readers_back(thing: Any, row: Values, user: Any) -> None:
    """Readers have what they had when the columns were so: that version, or nothing.

    Raises JournalError where it was deleted.
    """
    check_versions(thing, row)
    if row.get("live"):
        pk = row["live_revision_id"] or row["latest_revision_id"]
        Revision.objects.get(pk=pk).publish(user=user, skip_permission_checks=True)
    elif thing.live:
        thing.unpublish(user=user)


def write_columns_back(thing: Any, row: Values, names: Collection[str]) -> None:
    """The named columns as `row` says, or as a new row has them where it is empty."""
    former = type(thing)(**read_values(type(thing), {name: row[name] for name in names if row}))
    write_values(thing, {name: getattr(former, name) for name in names})
