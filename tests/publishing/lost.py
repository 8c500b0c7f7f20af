"""Kills a process that publishes, after each of its commits, and starts a server.

`main` is the other process: see `test_lost_followers`.
"""

import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory

from archive.integrity.areas import areas
from archive.models import ArticleEntity, ArticlePage, FollowerDue, Translation
from archive.publishing import due, followers
from tests.factories import (
    block,
    make_article,
    make_body,
    make_entity,
    make_image,
    make_publication,
    tag,
    translate,
)
from tests.safety.killed import KILLED, in_a_fork, killed_after

DERIVED = ("search", "memory", "related", "reprints", "queue")
_LONGEST_S = 30


def lay_ground() -> None:
    paper, city = make_publication("open"), make_entity()
    event = make_entity("fair", "Fair", "博览会", kind="event")
    image = make_image(credit="Li Ming", rights="© China Daily")
    picture = {"image": image.pk, "caption": "The port", "alt_text": "", "credit": ""}
    for slug in ("first", "second"):
        body = [*make_body("First paragraph."), block("image", picture)]
        story = make_article(slug.title(), slug=slug, publication=paper, body=body)
        tag(story, city)
        story.entity_tags.add(ArticleEntity(entity=event, role="about"))
        story.save_revision().publish()
    translate(ArticlePage.objects.get(slug="first"))


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


def change_picture() -> None:
    """Of a story that shows it."""
    image = ArticlePage.objects.get(slug="first").lead_image
    image.alt_text_en = "Ships"
    image.save()


CHANGES: dict[str, Callable[[], object]] = {
    "story": publish_story,
    "new story": publish_new_story,
    "translation": publish_translation,
    "translation unpublished": lambda: _translation().unpublish(),
    "story unpublished": lambda: ArticlePage.objects.get(slug="first").unpublish(),
    "story deleted": lambda: ArticlePage.objects.get(slug="first").delete(),
}
# A site without a worker has no such tasks; a mail isn't sent twice.
_UNNEEDED = (followers.PICTURES, followers.MAIL)


def chosen(has_all: bool) -> dict[str, Callable[[], object]]:
    """All changes, or one of each kind: something appears, something goes."""
    quick = ("new story", "translation", "story unpublished")
    return {name: change for name, change in CHANGES.items() if has_all or name in quick}


def needed() -> list[followers.Follower]:
    return [one for one in followers.every_follower() if one not in _UNNEEDED]


def wrong() -> list[str]:
    """What doesn't agree, by area. What belongs with a story that is gone is ordered at night."""
    is_whole = ArticlePage.objects.filter(slug="first").exists()
    names, every = [name for name in DERIVED if is_whole or name != "queue"], areas()
    return [f"{name}: {one.text}" for name in names for one in every[name].find()]


def answer(path: str) -> bytes:
    """As a server's process answers."""
    address = urlsplit(path)
    request = RequestFactory().get(address.path, QUERY_STRING=address.query)
    handler: Any = WSGIHandler()
    response = handler(request.environ, lambda *head: None)
    content = b"".join(response)
    response.close()
    return content


def serve() -> None:
    """Be a server's process: answer a request, and go on living."""
    answer("/robots.txt")


def _wait() -> None:
    until = time.monotonic() + _LONGEST_S
    while FollowerDue.objects.exists() and time.monotonic() < until:
        time.sleep(0.02)


def main(folder: Path, has_all: bool) -> None:
    """Prints a line for each thing that is wrong in the end, and one that begins with # for each
    kill, with the number of things that were wrong before a server was started."""
    due.LEASE = timedelta(seconds=0.2)
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

    for name, change in chosen(has_all).items():
        commit, outcome = 0, KILLED
        while outcome == KILLED:
            commit += 1
            restore()
            outcome = in_a_fork(killed_after, commit, change)
            in_a_fork(_start_and_report, f"{name}, commit {commit}, exit {outcome}")
    restore()
    in_a_fork(_fail_once_and_report)
    restore()
    in_a_fork(_publish_and_find)


def _start_and_report(where: str) -> None:
    lost = len(wrong())
    serve()
    _wait()
    _report(where, lost)


def _fail_once_and_report() -> None:
    """Each follower, in a server that goes on: nobody starts anything."""
    every, lost = needed(), defaultdict[str, list[int]](list)

    def fail_once(pks: Collection[int], follower: followers.Follower) -> None:
        if not lost[follower.name]:
            lost[follower.name].extend(pks)
            raise ValueError("odd")
        follower.follow(pks)

    fragile = {one.name: replace(one, follow=partial(fail_once, follower=one)) for one in every}
    all_of_them = [fragile.get(one.name, one) for one in followers.every_follower()]
    followers.every_follower = lambda: all_of_them
    serve()
    publish_new_story()
    publish_translation()
    change_picture()
    _wait()
    sys.stdout.writelines(f"# {one.name} failed: {len(lost[one.name])} lost\n" for one in every)
    _report("after failures", 0)


def _publish_and_find() -> None:
    """How long a reader of a server looks for a story in vain."""
    serve()
    publish_new_story()
    published_at = time.monotonic()
    while not answer("/en/search/?q=Third").count(b"/third/"):
        if time.monotonic() - published_at > _LONGEST_S:
            break
        time.sleep(0.02)
    sys.stdout.write(f"# found after {time.monotonic() - published_at:.2f} s\n")


def _report(where: str, lost: int) -> None:
    sys.stdout.writelines(f"{where}: {one}\n" for one in wrong())
    if FollowerDue.objects.exists():
        sys.stdout.write(f"{where}: something is due\n")
    sys.stdout.write(f"# {where}: {lost} lost\n")
