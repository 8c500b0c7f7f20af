"""The table of what is due after publications, so that nothing is forgotten, whatever becomes of a
process: which followers have to run for which stories.

Whoever takes rows has them alone for `LEASE`: a process that dies keeps others from them no longer.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from archive.publishing.models import FollowerDue

# As long as a batch may take.
LEASE = timedelta(minutes=1)
# What failed this often waits for `check_archive followers --repair`.
MOST_ATTEMPTS = 5
_ROWS = 150


def mark_due(pks: Collection[int], followers: Collection[str]) -> None:
    """In the transaction of the change that they follow: one statement."""
    now = timezone.now()
    FollowerDue.objects.bulk_create(
        [
            FollowerDue(story=pk, follower=name, due_at=now)
            for name in sorted(set(followers))
            for pk in sorted(set(pks))
        ],
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["story", "follower"],
        update_fields=["due_at", "is_taken", "attempts"],
    )


def take_due(followers: Collection[str], most: int) -> list[FollowerDue]:
    """Some of the rows that nobody is at, the oldest first; they are the caller's alone."""
    now = timezone.now()
    free = FollowerDue.objects.filter(
        follower__in=followers, due_at__lte=now, attempts__lt=MOST_ATTEMPTS
    )
    found = list(free.order_by("due_at", "story")[:most])
    if not found:
        return []
    # The moment tells the caller's rows from those of somebody who looked at the same time.
    until = now + LEASE + timedelta(microseconds=random.randrange(10**6))  # noqa: S311
    mine = FollowerDue.objects.filter(pk__in=[row.pk for row in found])
    free_still = mine.filter(due_at__lte=now)
    count = free_still.update(due_at=until, is_taken=True, attempts=F("attempts") + 1)
    if count < len(found):
        return list(mine.filter(due_at=until))
    for row in found:
        row.due_at, row.attempts = until, row.attempts + 1
    return found


def clear_due(rows: Collection[FollowerDue]) -> None:
    """These have run; what was published meanwhile stays due."""
    for until, some in _by_moment(rows).items():
        FollowerDue.objects.filter(pk__in=[row.pk for row in some], due_at=until).delete()


def put_off(rows: Collection[FollowerDue]) -> None:
    """These have failed: they are tried again, each time later."""
    for until, some in _by_moment(rows).items():
        for row in some:
            later = timezone.now() + LEASE * 2 ** (row.attempts - 1)
            failed = FollowerDue.objects.filter(pk=row.pk, due_at=until)
            failed.update(due_at=later, is_taken=False)


def _by_moment(rows: Iterable[FollowerDue]) -> dict[datetime, list[FollowerDue]]:
    found: dict[datetime, list[FollowerDue]] = defaultdict(list)
    for row in rows:
        found[row.due_at].append(row)
    return found


def seconds_to_next(followers: Collection[str]) -> float | None:
    """Until something is due; None if nothing will be.

    What is due to a follower of an app that the site has left out waits until it is back.
    """
    rows = FollowerDue.objects.filter(follower__in=followers, attempts__lt=MOST_ATTEMPTS)
    next_at = rows.order_by("due_at").values_list("due_at", flat=True).first()
    return None if next_at is None else max(0.0, (next_at - timezone.now()).total_seconds())


def lost_stories(followers: Collection[str]) -> list[int]:
    """Those with something that has failed, or to which nobody came."""
    failed = Q(attempts__gt=0) & (Q(is_taken=False) | Q(due_at__lte=timezone.now()))
    lost = failed | Q(due_at__lte=timezone.now() - LEASE)
    rows = FollowerDue.objects.filter(lost, follower__in=followers)
    return list(rows.order_by("story").values_list("story", flat=True).distinct())


def retry_all() -> None:
    """Take on again at once what has failed."""
    failed = FollowerDue.objects.filter(attempts__gt=0)
    failed.update(attempts=1, is_taken=False, due_at=timezone.now())


def stories_due(follower: str) -> set[int]:
    """Those for which it has yet to run."""
    rows = FollowerDue.objects.filter(follower=follower)
    return set(rows.values_list("story", flat=True))


def is_due(follower: str, pk: int | None = None) -> bool:
    """Whether it has yet to run for any story, or for this one."""
    rows = FollowerDue.objects.filter(follower=follower)
    return (rows if pk is None else rows.filter(story=pk)).exists()
