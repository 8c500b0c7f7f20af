"""The task that works off what is due, on whatever runs the site's tasks."""

from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from archive.pages.related.queue import AT_ONCE, work_off


@task()
def update_related_task() -> None:
    # In an editor's request a few stories at most; a worker has time for all.
    is_in_a_request = isinstance(update_related_task.get_backend(), ImmediateBackend)
    work_off(AT_ONCE if is_in_a_request else None)
