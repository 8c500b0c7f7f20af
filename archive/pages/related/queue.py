"""Stories whose lists are due: written down with the change, worked off after it.

Publishing writes one row in its own transaction, so no change is forgotten, whatever becomes of
the process. Once that is committed, a task works off what is due: with Django's tasks as they are
set up (TASKS), so by default at once and in the same process, a few stories at most; with a
worker of its own where the site has one. What fails stays due; `update_related` works it off.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from archive.pages.related.models import RelatedDue

logger = logging.getLogger(__name__)

# What a task takes on where no worker runs it: an editor's request waits for it.
AT_ONCE = 10
# A story that can't be done this often waits for `update_related`.
MOST_ATTEMPTS = 5


@dataclass(frozen=True)
class Worked:
    done: int
    failed: int


def mark_due(pks: Collection[int]) -> None:
    """Write down that these stories' lists are due, and see to them once that is committed."""
    if pks:
        write_down(pks)
        transaction.on_commit(_begin, robust=True)


def write_down(pks: Collection[int]) -> None:
    """For whoever is working off what is due already."""
    due = [RelatedDue(article_id=pk) for pk in sorted(pks)]
    RelatedDue.objects.bulk_create(due, ignore_conflicts=True, batch_size=500)


def _begin() -> None:
    from archive.pages.related.tasks import update_related_task

    update_related_task.enqueue()


def work_off(limit: int | None = AT_ONCE) -> Worked:
    """Bring up to date what is due, each story in a transaction of its own.

    Also what becomes due meanwhile: lists that got short by a story's leaving them.
    """
    waiting = RelatedDue.objects.filter(attempts__lt=MOST_ATTEMPTS).order_by("attempts", "since")
    done, failed = 0, set[int]()
    while limit is None or done + len(failed) < limit:
        pk = waiting.exclude(pk__in=failed).values_list("pk", flat=True).first()
        if pk is None:
            break
        if _work_on(pk):
            done += 1
        else:
            failed.add(pk)
    return Worked(done, len(failed))


def retry_all() -> None:
    """Take on again what has failed too often."""
    RelatedDue.objects.filter(attempts__gt=0).update(attempts=0)


def _work_on(pk: int) -> bool:
    from archive.pages.related.updating import update_story

    try:
        with transaction.atomic():
            # Deleting comes first: on SQLite it waits its turn to write, on PostgreSQL it keeps
            # others from the same story.
            if RelatedDue.objects.filter(pk=pk).delete()[0]:
                update_story(pk)
    except Exception:  # whatever is wrong with one story, the others are done
        logger.exception("Related stories of page %s couldn't be brought up to date", pk)
        RelatedDue.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
        return False
    return True
