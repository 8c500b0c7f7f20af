"""Commands that a server runs by the clock: which there are, and when each last ran."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.operations.models import CommandRun
from archive.registry import registered


@dataclass(frozen=True)
class Routine:
    """`command` of manage.py, which records its runs by `recorded`; `label` says what it is for.

    With `every`, administrators are told where its last run is longer ago.
    """

    command: str
    label: str | Promise
    every: timedelta | None = None


_ROUTINES = (
    Routine("check_archive", _("Check of the whole archive")),
    Routine("publish_scheduled", _("Scheduled publications"), timedelta(hours=1)),
    Routine("send_notices", _("Mails of the desk"), timedelta(days=2)),
    Routine("make_renditions", _("Picture files")),
    Routine("find_doubles", _("Possible duplicates of names")),
)


def routines() -> list[Routine]:
    """The archive's own, and those of the apps around it."""
    return [*registered("routine", Routine), *_ROUTINES]


@contextmanager
def recorded(command: str) -> Iterator[None]:
    """Around a command's work, or as the decorator of its `handle`: administrators see when it ran,
    and what went wrong."""
    CommandRun.objects.update_or_create(
        command=command, defaults={"began_at": timezone.now(), "ended_at": None, "error": ""}
    )
    try:
        yield
    except Exception as error:
        _end(command, str(error) if isinstance(error, CommandError) else f"{error!r}")
        raise
    _end(command, "")


def _end(command: str, error: str) -> None:
    # A database that is gone is what the command itself tells.
    with suppress(DatabaseError):
        runs = CommandRun.objects.filter(command=command)
        runs.update(ended_at=timezone.now(), error=error)
