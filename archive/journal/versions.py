"""What readers had of a story or a translation comes back: its version, and its columns."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from archive.journal.plan import JournalError
from archive.journal.rows import Values, read_values, write_values


def check_versions(thing: Any, row: Values) -> None:
    """Raises JournalError where a version that these columns name was deleted."""
    wanted = {row.get(name) for name in ("latest_revision_id", "live_revision_id")} - {None}
    if Revision.objects.filter(pk__in=wanted).count() < len(wanted):
        raise JournalError(_("its former version was deleted"))


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
