"""The task that works off what is due, on whatever runs the site's tasks."""

from django_tasks import task

from archive.pages.related.queue import work_off


@task()
def update_related_task() -> None:
    work_off()
