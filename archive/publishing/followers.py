"""What is derived from stories and brought up to date once their publication is committed.

Readers see the publication even if one of these fails. What must never be missed is written with
the publication instead: the versions of cached pages, what harvesters and the dump are told, the
stories whose related lists are due; and what readers lose leaves the search index with it. That
followers are due is written with it, too: where one failed, or its process died, they run again.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import DatabaseError, connections, transaction
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from archive.desk.freshness.corrections import ask_for_correction
from archive.desk.memory import units as memory
from archive.desk.models import Translation
from archive.desk.queue.rank_updates import rank_around
from archive.desk.segments import Row
from archive.publishing import due
from archive.registry import registered
from archive.search.actions import forget_stories, index_again, index_many
from archive.search.drafts import repair_gaps
from archive.site.caching.events import stories_changed
from archive.site.harvest_records.actions import follow_stories
from archive.site.illustrations import illustrate_soon
from archive.stories.models import ArticlePage
from archive.stories.related import tasks as related
from archive.stories.related.updates import write_down

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Follower:
    """`follow` is called after the commit; `command` of manage.py does what it has failed to, and
    makes all of it anew where a backup is restored.

    `again` brings one story in step as it stands then, whatever was missed.
    """

    name: str
    follow: Callable[..., object]
    again: Callable[[int], object] | None = None
    command: str = ""


# A follower and what it is called with.
Call = tuple[Any, ...]


def _illustrate_again(pk: int) -> None:
    if ArticlePage.objects.live().filter(pk=pk).exists():
        illustrate_soon(pk)


def _repair(area: str) -> str:
    return f"check_archive {area} --repair"


MEMORY = Follower("translation memory", memory.remember, memory.refresh_story, _repair("memory"))
FORGET = Follower("translation memory", memory.forget, memory.refresh_story, _repair("memory"))
SEARCH = Follower("search index", index_many, index_again, _repair("search"))
GAPS = Follower(
    "lists of what pictures lack", repair_gaps, lambda pk: repair_gaps([pk]), _repair("search")
)
# Its stories are written down for themselves.
RELATED = Follower(
    "related stories", related.start_work, lambda pk: related.start_work(), _repair("related")
)
QUEUE = Follower("translators' queue", rank_around, rank_around, _repair("queue"))
PICTURES = Follower("picture files", illustrate_soon, _illustrate_again, "make_renditions")
# Nobody sends it again: it may have been sent. The queue shows what is urgent.
MAIL = Follower("mail about a correction", ask_for_correction)


def notify_readers(pks: Collection[int], *more: Call, related_too: bool = True) -> None:
    """The texts, facts or presence of these stories changed: all that lists or finds them.

    `more` follow as well. `related_too` is False where nothing has changed that relates stories to
    each other.
    """
    stories_changed(pks)
    follow_stories(pks)
    calls: list[Call] = [(SEARCH, pks), *more]
    if related_too:
        write_down(pks)
        calls.append((RELATED,))
    _after_commit(pks, *calls)


def withdraw_texts(pks: Collection[int], *more: Call, related_too: bool = True) -> None:
    """Readers lose these stories, or one of their texts. What is left is indexed anew."""
    forget_stories(pks)
    notify_readers(pks, *more, related_too=related_too)


def texts(pks: Collection[int]) -> list[Call]:
    """The texts of these stories changed, or whether readers have them."""
    return [(one, pks) for one in of_apps()]


def of_apps() -> list[Follower]:
    """Those of the apps around the archive."""
    return registered("follower", Follower)


def desk(translation: Translation, rows: list[Row]) -> list[Call]:
    """The translation as readers have it changed, or its story; `rows` align them."""
    calls: list[Call] = [(MEMORY, translation, rows)] if translation.live else []
    return [*calls, order_around(translation.article_id)]


def order_around(pk: int) -> Call:
    """What belongs with this story is translated sooner, or no longer."""
    return (QUEUE, pk)


def mail(translation: Translation) -> Call:
    """The story was corrected, and its translation wasn't."""
    return (MAIL, translation)


def leaving_memory(article_id: int) -> Call:
    """Readers no longer have the story in both languages."""
    return (FORGET, article_id)


def pictures(article: ArticlePage) -> Call:
    return (PICTURES, article.pk)


def notify_pictures(pks: Collection[int]) -> None:
    """The texts or the presence of pictures in these stories changed."""
    if pks:
        _after_commit(pks, (SEARCH, pks), (GAPS, pks))


def withdraw_from_memory(article_id: int) -> None:
    """Readers no longer have the story in both languages, and nothing else is to follow."""
    _after_commit([article_id], leaving_memory(article_id))


def withdraw_story(pk: int) -> None:
    """The story is gone for good."""
    forget_stories([pk])
    follow_stories([pk])
    _after_commit([pk], (RELATED,))


def _after_commit(pks: Collection[int], *calls: Call) -> None:
    mine = due.mark_due(pks)
    transaction.on_commit(partial(_follow_all, pks, mine, calls))


def _follow_all(pks: Collection[int], mine: Any, calls: Collection[Call]) -> None:
    failed = [one for one, *what in calls if not _follow(one, one.follow, *what)]
    is_due = any(one.again for one in failed)
    try:
        if is_due:
            # The same story may be marked twice in a transaction, and nothing else fail.
            due.mark_due(pks, attempts=1)
        else:
            due.clear_due(pks, mine)
    except DatabaseError:  # the publication stands, and the stories stay due
        logger.exception("It wasn't noted which followers of a publication have run.")
    if is_due and _is_serving.is_set():
        retry_soon()


def _follow(follower: Follower, work: Callable[..., object], *what: Any) -> bool:
    """Whether it worked; whatever is wrong with one, the others follow."""
    try:
        work(*what)
    except Exception:
        repair = f"; run “manage.py {follower.command}”" if follower.command else ""
        logger.exception("The %s didn't follow a publication%s.", follower.name, repair)
        return False
    return True


def catch_up() -> int:
    """Run what was lost or has failed, of each story that nobody is at; how many failed again.

    Any number of processes may: none takes a story that another has.
    """
    failed = 0
    followers = (MEMORY, QUEUE, SEARCH, GAPS, PICTURES, *of_apps())
    for pk, due_at in due.due_stories():
        if mine := due.claim_due(pk, due_at):
            worked = [_follow(one, one.again, pk) for one in followers if one.again]
            if all(worked):
                due.clear_due([pk], mine)
            else:
                failed += 1
    related.work_off(None)
    return failed


@task()
def catch_up_task() -> None:
    catch_up()


_is_serving, _is_retrying = threading.Event(), threading.Lock()


def on_first_request(sender: type, **kwargs: Any) -> None:
    """A server has started: what its forerunner has left is seen to, and nobody waits for it."""
    # Not the tests' client, which serves nobody.
    if issubclass(sender, WSGIHandler | ASGIHandler):
        request_started.disconnect(on_first_request)
        _is_serving.set()
        retry_soon()


def retry_soon() -> None:
    """In a thread, or in the site's worker where there is one."""
    if _is_retrying.acquire(blocking=False):
        threading.Thread(target=_retry, name="followers", daemon=True).start()


def _retry() -> None:
    try:
        catch_up_task.enqueue()
        while (seconds := due.seconds_to_next()) is not None:
            connections.close_all()
            time.sleep(max(seconds, 1))
            catch_up_task.enqueue()
            if not isinstance(catch_up_task.get_backend(), ImmediateBackend):
                break  # The worker's next task sees to what fails there.
    except Exception:  # the next failure, start or `publish_scheduled` tries again
        logger.exception("What follows publications wasn't tried again.")
    finally:
        connections.close_all()
        _is_retrying.release()
