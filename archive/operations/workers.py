"""Tasks of a worker's table (django-tasks-db), where the site has one: those that failed, and those
whose worker is gone.

A task may run twice, if rarely: each of the archive's looks first at what is left to do.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Min, Q
from django.utils import timezone

# A worker tells nobody that it is alive. What runs longer is taken for dead.
LONGEST_TASK = timedelta(hours=1)
# A task that has ended so many workers is set aside.
MOST_WORKERS = 3
MOST_FAILURES = 20
_APP, _LABEL = "django_tasks_db", "django_tasks_database"


@dataclass(frozen=True)
class TaskCounts:
    waiting: int
    running: int
    failed: int
    since: datetime | None


def _tasks() -> Any:
    model: Any = apps.get_model(_LABEL, "DBTaskResult")
    return model.objects.order_by()


def has_table() -> bool:
    return apps.is_installed(_APP)


def bring_back() -> int:
    """Have those whose workers are gone done again; how many there are. The database lets one of
    several callers have each."""
    if not has_table():
        return 0
    lost = _tasks().filter(status="RUNNING", started_at__lt=timezone.now() - LONGEST_TASK)
    brought = 0
    for pk, started_at, workers in list(lost.values_list("pk", "started_at", "worker_ids")):
        mine = _tasks().filter(pk=pk, status="RUNNING", started_at=started_at)
        if len(workers) < MOST_WORKERS:
            brought += mine.update(status="READY")
        else:
            mine.update(
                status="FAILED",
                finished_at=timezone.now(),
                traceback=f"It has ended {len(workers)} workers.",
            )
    return brought


def task_counts() -> TaskCounts:
    """In one query; `since` is when the oldest that waits was asked for."""
    waiting = Q(status="READY", run_after__lte=timezone.now()) | Q(
        status="READY", run_after__year=9999
    )
    counted = _tasks().aggregate(
        waiting=Count("pk", filter=waiting),
        running=Count("pk", filter=Q(status="RUNNING")),
        failed=Count("pk", filter=Q(status="FAILED")),
        since=Min("enqueued_at", filter=waiting),
    )
    return TaskCounts(**counted)


def failed_tasks() -> list[Any]:
    """The newest first."""
    return list(_tasks().filter(status="FAILED").order_by("-finished_at")[:MOST_FAILURES])


def last_line(task: Any) -> str:
    """Of its traceback: what went wrong."""
    lines = [line for line in task.traceback.splitlines() if line.strip()]
    return lines[-1] if lines else task.exception_class_path


def retry_tasks(pks: Collection[str] | None = None) -> int:
    """Have failed ones done again, all or these; how many there are."""
    failed = _tasks().filter(status="FAILED")
    if pks is not None:
        failed = failed.filter(pk__in=pks)
    count: int = failed.update(status="READY", worker_ids=[], finished_at=None, traceback="")
    return count
