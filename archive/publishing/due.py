"""Marks stories whose followers are due, so that none is forgotten, whatever becomes of a process.

A row's moment says who has it: a process that dies keeps others from it for `PATIENCE` only.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from archive.publishing.models import FollowersDue

# As long as the followers of a publication may take.
PATIENCE = timedelta(minutes=1)
# A story that failed this often waits for `check_archive --repair`.
MOST_ATTEMPTS = 5
_BATCH = 500


def mark_due(pks: Collection[int], *, attempts: int = 0) -> datetime:
    """In the transaction of a publication; gives what `clear_due` takes."""
    mine = timezone.now() + PATIENCE
    FollowersDue.objects.bulk_create(
        [FollowersDue(story=pk, due_at=mine, attempts=attempts) for pk in sorted(pks)],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["story"],
        update_fields=["due_at", "attempts"],
    )
    return mine


def clear_due(pks: Iterable[int], mine: datetime) -> None:
    """All followers have run; a story that was published meanwhile stays due."""
    every = sorted(pks)
    for start in range(0, len(every), _BATCH):
        some = every[start : start + _BATCH]
        FollowersDue.objects.filter(story__in=some, due_at=mine).delete()


def due_stories() -> list[tuple[int, datetime]]:
    """The stories that nobody is at, each with what `claim_due` takes."""
    rows = FollowersDue.objects.filter(due_at__lte=timezone.now(), attempts__lt=MOST_ATTEMPTS)
    return list(rows.order_by("due_at").values_list("story", "due_at"))


def claim_due(pk: int, due_at: datetime) -> datetime | None:
    """For this caller alone, longer after each attempt; None if somebody else has it by now."""
    row = FollowersDue.objects.filter(story=pk, due_at=due_at)
    attempts = row.values_list("attempts", flat=True).first() or 0
    mine = timezone.now() + PATIENCE * 2**attempts
    return mine if row.update(due_at=mine, attempts=attempts + 1) else None


def seconds_to_next() -> float | None:
    """Until something is due; None if nothing will be."""
    rows = FollowersDue.objects.filter(attempts__lt=MOST_ATTEMPTS).order_by("due_at")
    next_at = rows.values_list("due_at", flat=True).first()
    return None if next_at is None else max(0.0, (next_at - timezone.now()).total_seconds())


def lost_stories() -> list[int]:
    """Those that are due, and those that have failed."""
    rows = FollowersDue.objects.filter(Q(due_at__lte=timezone.now()) | Q(attempts__gt=0))
    return list(rows.order_by("story").values_list("story", flat=True))


def retry_all() -> None:
    """Take on again at once what has failed."""
    FollowersDue.objects.filter(attempts__gt=0).update(attempts=0, due_at=timezone.now())
