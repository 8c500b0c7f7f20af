"""The kinds of what is recorded: who may undo it, what stands against it, and what else it takes.

An app adds one through the hook `register_archive_journal_kind`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from django.apps import apps
from django.utils.functional import Promise

from archive.journal.models import JournalEntry
from archive.journal.plan import OthersWork, UndoPlan
from archive.journal.recording import Change, revert
from archive.registry import registered


class JournalKind(ABC):
    """What was done, of one kind; `name` is stored with each entry."""

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    # Its changes come back one by one, and what somebody has changed since stays; else all come
    # back, or none.
    in_parts: ClassVar[bool] = False
    # What a person can do where others' work stands against it; "" for nothing but asking them.
    way_out: ClassVar[str | Promise] = ""

    @abstractmethod
    def may_undo(self, user: Any, entry: JournalEntry) -> bool:
        """Whether the person is shown the way."""

    def works_since(self, entry: JournalEntry) -> Iterable[OthersWork]:
        """What people have done since that the undo would take away. Locks what it undoes; raises
        JournalError where that can't be undone for another reason."""
        return ()

    def before_undo(self, entry: JournalEntry, user: Any) -> None:
        """What must be done before the rows are as they were."""
        return

    def revert(self, change: Change) -> bool:
        """Takes one change back; False where it must stay."""
        return revert(change)

    def revert_all(self, entry: JournalEntry, plan: UndoPlan, user: Any) -> None:
        """Takes the changes back, the last first, and counts in the plan what became of them."""
        for change in reversed(entry.changes):
            if self.revert(change):
                plan.restored += 1
            else:
                plan.stay[str(apps.get_model(change["model"])._meta.verbose_name_plural)] += 1

    def foresee(self, entry: JournalEntry, plan: UndoPlan, user: Any) -> None:
        """Counts in the plan what would become of them; what it does for that is rolled back."""
        self.revert_all(entry, plan, user)

    def after_undo(self, entry: JournalEntry, user: Any) -> None:
        """What follows: the audit log, and whatever is derived from those rows."""
        return

    @abstractmethod
    def get_url(self, entry: JournalEntry) -> str:
        """The screen from which one comes to the undo."""


def kinds() -> dict[str, JournalKind]:
    """By name; of the apps that the site has."""
    return {kind.name: kind for kind in registered("journal_kind", JournalKind)}
