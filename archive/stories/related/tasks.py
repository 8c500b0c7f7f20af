"""Stories whose related lists are due: a task works them off after the change."""

import logging
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from archive.stories.related import updates
from archive.stories.related.models import RelatedDue
from archive.stories.related.updates import write_down

logger = logging.getLogger(__name__)

# What a task takes on where no worker runs it: an editor's request waits for it.
AT_ONCE = 10
# So many are looked up together.
BATCH = 100
# A story that can't be done this often waits for `check_archive related --repair`.
MOST_ATTEMPTS = 5


@dataclass(frozen=True)
class Worked:
    done: int
    failed: int


@task()
def update_related_task() -> None:
    # In an editor's request a few stories at most; a worker has time for all.
    is_in_a_request = isinstance(update_related_task.get_backend(), ImmediateBackend)
    work_off(AT_ONCE if is_in_a_request else None)


def start_work() -> None:
    update_related_task.enqueue()


def follow_stories(pks: Collection[int]) -> None:
    """Bring the lists of these stories up to date, and what is due besides."""
    write_down(pks)
    work_off(None)


def mark_due(pks: Collection[int]) -> None:
    """Write down that these stories' lists are due, and see to them once that is committed."""
    if pks:
        write_down(pks)
        transaction.on_commit(start_work, robust=True)


def work_off(limit: int | None = AT_ONCE) -> Worked:
    """Bring up to date what is due, each story in a transaction of its own.

    Also what becomes due meanwhile: lists that got short by a story's leaving them.
    """
    waiting = RelatedDue.objects.filter(attempts__lt=MOST_ATTEMPTS).order_by("attempts", "since")
    done, failed, is_more = 0, set[int](), True
    while is_more and (limit is None or done + len(failed) < limit):
        room = BATCH if limit is None else limit - done - len(failed)
        batch = list(waiting.exclude(pk__in=failed).values_list("pk", flat=True)[:room])
        is_more = len(batch) == room
        for pk in batch:
            changed = _work_on(pk)
            if changed is None:
                failed.add(pk)
            else:
                done += 1
                # A story that leaves lists may leave them too short.
                is_more |= changed
    return Worked(done, len(failed))


def retry_all() -> None:
    """Take on again what has failed too often."""
    RelatedDue.objects.filter(attempts__gt=0).update(attempts=0)


def _work_on(pk: int) -> bool | None:
    """Whether what relates the story to others has changed; None where that failed."""
    try:
        with transaction.atomic():
            # Deleting comes first: on SQLite it waits its turn to write, on PostgreSQL it keeps
            # others from the same story.
            is_due = bool(RelatedDue.objects.filter(pk=pk).delete()[0])
            return is_due and updates.update_story(pk)
    except Exception:  # whatever is wrong with one story, the others are done
        logger.exception("Related stories of page %s couldn't be brought up to date", pk)
        RelatedDue.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
        return None
