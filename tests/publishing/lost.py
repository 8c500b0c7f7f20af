"""Kills a process that publishes, after each of its commits, and starts a server.

`main` is the other process: see `test_lost_followers`.
"""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory

from archive.integrity.areas import areas
from archive.models import ArticleEntity, ArticlePage, FollowersDue, Translation
from archive.publishing import due, followers
from tests.factories import make_article, make_entity, make_publication, tag, translate
from tests.safety.killed import KILLED, in_a_fork, killed_after

DERIVED = ("search", "memory", "related", "reprints", "queue")
_LONGEST_S = 30


def lay_ground() -> None:
    paper, city = make_publication("open"), make_entity()
    event = make_entity("fair", "Fair", "博览会", kind="event")
    for slug in ("first", "second"):
        story = make_article(slug.title(), slug=slug, publication=paper)
        tag(story, city)
        story.entity_tags.add(ArticleEntity(entity=event, role="about"))
        story.save_revision().publish()
    translate(ArticlePage.objects.get(slug="first"))
    due.retry_all()


def publish_story() -> None:
    story = ArticlePage.objects.get(slug="second")
    story.headline_en = "Another"
    story.save_revision().publish()


def _translation() -> Any:
    return Translation.objects.get(article__slug="first")


def publish_translation() -> None:
    translation = _translation()
    segment = translation.segments.get(key="headline")
    segment.target = "新题"
    translation.segments.add(segment)
    translation.save_revision().publish()


def publish_new_story() -> None:
    publication = ArticlePage.objects.get(slug="first").publication
    make_article("Third", slug="third", publication=publication)


CHANGES: dict[str, Callable[[], object]] = {
    "story": publish_story,
    "new story": publish_new_story,
    "translation": publish_translation,
    "translation unpublished": lambda: _translation().unpublish(),
    "story unpublished": lambda: ArticlePage.objects.get(slug="first").unpublish(),
    "story deleted": lambda: ArticlePage.objects.get(slug="first").delete(),
}


def wrong() -> list[str]:
    """What doesn't agree, by area. What belongs with a story that is gone is ordered at night."""
    is_whole = ArticlePage.objects.filter(slug="first").exists()
    names, every = [name for name in DERIVED if is_whole or name != "queue"], areas()
    return [f"{name}: {one.text}" for name in names for one in every[name].find()]


def serve() -> None:
    """As a server's process: it answers a request, and goes on living."""
    environ = RequestFactory().generic("GET", "/robots.txt").environ
    handler: Any = WSGIHandler()
    answer = handler(environ, lambda *head: None)
    list(answer)
    answer.close()


def _wait() -> None:
    until = time.monotonic() + _LONGEST_S
    while FollowersDue.objects.exists() and time.monotonic() < until:
        time.sleep(0.05)


def main(folder: Path) -> None:
    """Prints a line for each thing that is wrong in the end, and one that begins with # for each
    kill, with the number of things that were wrong before a server was started."""
    due.PATIENCE = timedelta(seconds=0.2)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    stored, kept = Path(settings.DATABASES["default"]["NAME"]), folder / "kept"
    lay_ground()
    sys.stdout.writelines(f"to begin with, {one}\n" for one in wrong())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(stored, kept)

    def restore() -> None:
        for log in ("-wal", "-shm"):
            Path(f"{stored}{log}").unlink(missing_ok=True)
        shutil.copy(kept, stored)

    for name, change in CHANGES.items():
        commit, outcome = 0, KILLED
        while outcome == KILLED:
            commit += 1
            restore()
            outcome = in_a_fork(killed_after, commit, change)
            in_a_fork(_start_and_report, f"{name}, commit {commit}, exit {outcome}")
    for name in ("MEMORY", "SEARCH", "QUEUE"):
        restore()
        in_a_fork(_fail_once_and_report, name)


def _start_and_report(where: str) -> None:
    lost = len(wrong())
    serve()
    _wait()
    _report(where, lost)


def _fail_once_and_report(name: str) -> None:
    """In a server that goes on: nobody starts anything."""

    def fail(*what: object) -> None:
        raise ValueError("odd")

    serve()
    setattr(followers, name, replace(getattr(followers, name), follow=fail))
    publish_new_story()
    publish_translation()
    lost = len(wrong())
    _wait()
    _report(f"{name} failed, exit 0", lost)


def _report(where: str, lost: int) -> None:
    sys.stdout.writelines(f"{where}: {one}\n" for one in wrong())
    if FollowersDue.objects.exists():
        sys.stdout.write(f"{where}: something is due\n")
    sys.stdout.write(f"# {where}: {lost} lost\n")
