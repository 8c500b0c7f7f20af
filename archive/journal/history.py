"""What was done and can be undone, as lists of the admin show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from archive.journal.kinds import kinds
from archive.journal.models import JournalEntry, JournalQuerySet

# So many of a list, the newest.
MOST_LISTED = 50


@dataclass(frozen=True)
class JournalLine:
    """An entry in a list; `undo_url` is empty for whoever may not undo it, and once it is."""

    entry: JournalEntry
    label: str
    undo_url: str


def lines_of(entries: JournalQuerySet, user: Any) -> list[JournalLine]:
    """The newest of them."""
    found = entries.select_related("made_by", "undone_by").defer("changes")
    return list(_lines(found[:MOST_LISTED], user))


def _lines(entries: Iterable[JournalEntry], user: Any) -> Iterable[JournalLine]:
    known = kinds()
    for entry in entries:
        kind = known.get(entry.kind)
        may_undo = kind and not entry.undone_at and kind.may_undo(user, entry)
        url = reverse("archive_journal:undo", args=[entry.pk]) if may_undo else ""
        yield JournalLine(entry, str(kind.label) if kind else entry.kind, url)


class JournalHistoryMixin:
    """A HistoryView that says above the log what was done to the object and can be undone."""

    request: Any
    object: Any

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)  # type: ignore[misc]
        entries = JournalEntry.objects.about(self.object)
        return {**context, "journal": lines_of(entries, self.request.user)}
