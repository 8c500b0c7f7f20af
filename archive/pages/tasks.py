"""Work that a reader or an editor needn't wait for, where the site has a worker for it."""

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
from django_tasks.backends.immediate import ImmediateBackend

from archive.pages.illustrations import illustrate
from archive.pages.models import ArticlePage


@task()
def make_renditions_task(pk: int) -> int:
    return illustrate(ArticlePage.objects.filter(pk=pk))


def illustrate_soon(pk: int) -> None:
    """Have a published story's picture files made by the site's worker.

    Without one the editor would wait for seconds; then `manage.py make_renditions` does it.
    """
    if not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], ImmediateBackend):
        make_renditions_task.enqueue(pk)
