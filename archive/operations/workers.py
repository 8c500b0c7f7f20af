"""Tasks of a worker's table (django-tasks-db), where the site has one: those that failed, that run
for long, or whose worker is gone.

A task may run twice, if rarely: each of the archive's looks first at what is left to do.
"""

import logging
import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connections
from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend

from archive.operations.models import WorkerBeat

logger = logging.getLogger(__name__)

# A worker at a task says so this often. Who hasn't for the length of a lease is taken for dead.
BEAT = timedelta(seconds=15)
LEASE = timedelta(minutes=1)
# What runs longer, administrators are told of.
LONG = timedelta(minutes=10)
_FORGOTTEN = timedelta(days=1)
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
    now, brought = timezone.now(), 0
    WorkerBeat.objects.filter(seen_at__lt=now - _FORGOTTEN).delete()
    running = _tasks().filter(status="RUNNING", started_at__lt=now - LEASE)
    found = list(running.values_list("pk", "started_at", "worker_ids"))
    alive = _alive(now) if found else set()
    for pk, started_at, workers in found:
        if not alive.isdisjoint(workers[-1:]):
            continue
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


def _alive(now: datetime) -> set[str]:
    """The workers that were heard of within a lease."""
    seen = WorkerBeat.objects.filter(seen_at__gte=now - LEASE)
    return set(seen.values_list("worker", flat=True))


class _Beat(threading.Thread):
    """Says that a worker is alive while it is at a task, and looks for those that aren't."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="worker's beat", daemon=True)
        self._worker = worker
        self.ended = threading.Event()

    def run(self) -> None:
        # Most tasks end before the first beat, and cost nothing here.
        while not self.ended.wait(BEAT.total_seconds()):
            try:
                seen = {"seen_at": timezone.now()}
                WorkerBeat.objects.update_or_create(worker=self._worker, defaults=seen)
                bring_back()
            except DatabaseError:  # locked, or gone: the next beat may find it
                logger.warning("A worker's beat wasn't written.", exc_info=True)
            finally:
                connections.close_all()


_beats: dict[str, _Beat] = {}


def on_task_started(sender: Any, task_result: Any, **kwargs: Any) -> None:
    is_workers = not isinstance(task_backends[task_result.backend], ImmediateBackend)
    if has_table() and is_workers and task_result.worker_ids:
        beat = _beats[task_result.id] = _Beat(task_result.worker_ids[-1])
        beat.start()


def on_task_finished(sender: Any, task_result: Any, **kwargs: Any) -> None:
    if beat := _beats.pop(task_result.id, None):
        beat.ended.set()


def long_tasks() -> list[tuple[Any, bool]]:
    """Those that have run for long, the longest first, and whether their worker is alive."""
    now = timezone.now()
    running = _tasks().filter(status="RUNNING", started_at__lt=now - LONG).order_by("started_at")
    alive = _alive(now)
    return [(one, not alive.isdisjoint(one.worker_ids[-1:])) for one in running[:MOST_FAILURES]]


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
