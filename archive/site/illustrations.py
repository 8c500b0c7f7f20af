"""Makes the files of stories' pictures ahead of readers, in the shapes that each is shown in."""

from collections.abc import Collection, Iterable
from typing import Any

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.images import get_image_model

from archive.photos.renditions import make_renditions
from archive.site.caching.events import stories_changed
from archive.stories.body import raw, raw_pictures
from archive.stories.models import ArticlePage

_SHAPES = {"image": ["figure"], "gallery": ["gallery"]}


def shapes_shown(article: Any) -> dict[int, set[str]]:
    """By the id of each image, the shapes in which the story and lists of stories show it."""
    shown: dict[int, set[str]] = {}
    if article.lead_image_id:
        shown[article.lead_image_id] = {"lead", "card"}
    for block in raw(article.source("body")):
        for _key, item in raw_pictures([block]):
            if image_id := item.get("image"):
                shown.setdefault(image_id, set()).update(_SHAPES[block["type"]])
    return shown


def illustrate(articles: Iterable[Any]) -> int:
    """Make what the stories' pictures lack, in every format; the number of files made."""
    made = 0
    for article in articles:
        shown = shapes_shown(article)
        images = get_image_model().objects.filter(pk__in=shown).prefetch_related("renditions")
        files = sum(make_renditions(image, sorted(shown[image.pk])) for image in images)
        if files:
            # A page that was kept before offers none of them.
            stories_changed([article.pk])
        made += files
    return made


@task()
def make_renditions_task(pk: int) -> int:
    return illustrate(ArticlePage.objects.filter(pk=pk))


def has_worker() -> bool:
    """Without one, `manage.py make_renditions` makes the files."""
    return not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], ImmediateBackend)


def illustrate_soon(pks: Collection[int]) -> None:
    """Have the picture files of those that are published made by the site's worker, each story's
    by a task: they take seconds."""
    if has_worker():
        live = ArticlePage.objects.live().filter(pk__in=pks).order_by("pk")
        for pk in live.values_list("pk", flat=True):
            make_renditions_task.enqueue(pk)
