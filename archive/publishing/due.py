"""The table of what is due after publications, so that nothing is forgotten, whatever becomes of a
process: which followers have to run for which stories.

Whoever takes rows has them alone for `LEASE`, and longer with `keep`: a process that dies keeps
others from them no longer. What it had is taken story by story from then on, so that a story that
ends processes is the only one to be set aside.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from archive.publishing.models import FollowerDue

# As long as a batch may take.
LEASE = timedelta(minutes=1)
# What failed this often is set aside: it waits for a person, or `check_archive followers --repair`.
MOST_ATTEMPTS = 5
_ROWS = 150


def mark_due(pks: Collection[int], followers: Collection[str]) -> None:
    """In the transaction of the change that they follow: one statement."""
    now = timezone.now()
    FollowerDue.objects.bulk_create(
        [
            FollowerDue(story=pk, follower=name, noted_at=now, due_at=now)
            for name in sorted(set(followers))
            for pk in sorted(set(pks))
        ],
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["story", "follower"],
        update_fields=["due_at", "is_taken", "attempts", "error"],
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
    # Taken and due again: whoever had them is gone.
    is_lost, story = found[0].is_taken, found[0].story
    found = [
        row for row in found if row.is_taken == is_lost and (row.story == story or not is_lost)
    ]
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


def keep(rows: Collection[FollowerDue]) -> None:
    """Have the caller's rows for another `LEASE`, where half of it is over."""
    now = timezone.now()
    for until, some in _by_moment(rows).items():
        if until - now < LEASE / 2:
            mine = FollowerDue.objects.filter(pk__in=[row.pk for row in some], due_at=until)
            mine.update(due_at=now + LEASE)
            for row in some:
                row.due_at = now + LEASE


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
            failed.update(due_at=later, is_taken=False, error=row.error)


def _by_moment(rows: Iterable[FollowerDue]) -> dict[datetime, list[FollowerDue]]:
    found: dict[datetime, list[FollowerDue]] = defaultdict(list)
    for row in rows:
        found[row.due_at].append(row)
    return found


def seconds_to_next(followers: Collection[str]) -> float | None:
    """Until something is due; None if nothing will be.

    What is due to a follower of an app that the site has left out waits until it is back.
    """
    seconds = _seconds_to_next(followers)
    return None if seconds is None else max(0.0, seconds)


def _seconds_to_next(followers: Collection[str]) -> float | None:
    rows = FollowerDue.objects.filter(follower__in=followers, attempts__lt=MOST_ATTEMPTS)
    next_at = rows.order_by("due_at").values_list("due_at", flat=True).first()
    return None if next_at is None else (next_at - timezone.now()).total_seconds()


def lost_stories(followers: Collection[str]) -> list[int]:
    """Those with something that has failed, or to which nobody came."""
    lost = _failed() | Q(due_at__lte=timezone.now() - LEASE)
    rows = FollowerDue.objects.filter(lost, follower__in=followers)
    return list(rows.order_by("story").values_list("story", flat=True).distinct())


def _failed() -> Q:
    """Those that were tried, and at which nobody is."""
    return Q(attempts__gt=0) & (Q(is_taken=False) | Q(due_at__lte=timezone.now()))


def failed_rows() -> QuerySet[FollowerDue]:
    """Those that were tried in vain, the oldest first."""
    return FollowerDue.objects.filter(_failed()).order_by("noted_at", "story", "follower")


def retry(pks: Collection[int] | None = None) -> int:
    """Take on again at once what has failed, all of it or these rows; how many there are."""
    failed = FollowerDue.objects.filter(attempts__gt=0)
    if pks is not None:
        failed = failed.filter(_failed(), pk__in=pks)
    return failed.update(attempts=1, is_taken=False, due_at=timezone.now())


@dataclass(frozen=True)
class DueWork:
    """What is due to one follower: how many stories, how many of them failed and will be tried
    again, how many are set aside; since when the oldest of them has been due."""

    follower: str
    stories: int
    failing: int
    set_aside: int
    since: datetime


def due_work() -> list[DueWork]:
    """By follower, in one query."""
    set_aside = Q(attempts__gte=MOST_ATTEMPTS)
    rows = FollowerDue.objects.values_list("follower").order_by("follower")
    counted = rows.annotate(
        stories=Count("pk"),
        failing=Count("pk", filter=_failed() & ~set_aside),
        left=Count("pk", filter=_failed() & set_aside),
        since=Min("noted_at"),
    )
    return [DueWork(*row) for row in counted]


def longest_wait(followers: Collection[str]) -> timedelta:
    """How long the oldest row has waited that anybody may take; none where nothing waits."""
    seconds = _seconds_to_next(followers)
    return timedelta(seconds=max(0.0, -seconds)) if seconds is not None else timedelta()


def stories_due(follower: str) -> set[int]:
    """Those for which it has yet to run."""
    rows = FollowerDue.objects.filter(follower=follower)
    return set(rows.values_list("story", flat=True))


def is_due(follower: str, pk: int | None = None) -> bool:
    """Whether it has yet to run for any story, or for this one."""
    rows = FollowerDue.objects.filter(follower=follower)
    return (rows if pk is None else rows.filter(story=pk)).exists()
