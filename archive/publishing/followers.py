"""What is derived from stories and brought in step with them once a publication is committed.

Nobody waits for it. That a follower is due for a story is written with the publication, in one
statement; who does it, and when, says `start_work`. A follower takes many stories together, looks
at them as they are by then, and runs again where it failed or its process died.

What must be true at once is written with the publication instead: the versions of cached pages,
what harvesters and the dump are told; and what readers lose leaves the search index and the memory
with it.
"""

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from archive.desk.freshness.corrections import ask_for_corrections
from archive.desk.memory import units as memory
from archive.desk.queue.rank_updates import rank_around
from archive.publishing import due
from archive.publishing.models import FollowerDue
from archive.registry import registered
from archive.search.actions import forget_stories, index_again, index_many
from archive.search.drafts import follow_versions, index_for_editors, repair_gaps
from archive.site.caching.events import stories_changed
from archive.site.harvest_records.actions import follow_stories
from archive.site.illustrations import has_worker, illustrate_soon

logger = logging.getLogger(__name__)

# Stories that a follower takes together: on SQLite nobody else writes meanwhile.
BATCH = 20


@dataclass(frozen=True)
class Follower:
    """`follow` brings stories in step as they are by now, live or gone; `command` of manage.py does
    what it has failed to, and makes all of it anew where a backup is restored.

    `again` is for stories that an attempt may have left half done: `follow`, unless it says more.
    One that is `once` never runs a second time. The table of what is due knows it by its `name`,
    which `gettext_noop` marks for the administrators' screen.
    One `of_facts` looks at stories' names, dates and presence, and not at their translations.
    One `of_versions` looks at stories' latest versions, drafts or not, and not at what readers
    have: nothing but its own app makes it due.
    """

    name: str
    follow: Callable[[Collection[int]], object]
    again: Callable[[Collection[int]], object] | None = None
    command: str = ""
    once: bool = False
    of_facts: bool = False
    of_versions: bool = False


def _repair(area: str) -> str:
    return f"check_archive {area} --repair"


SEARCH = Follower(gettext_noop("search index"), index_many, index_again, _repair("search"))
MEMORY = Follower(
    gettext_noop("translation memory"), memory.follow_stories, command=_repair("memory")
)
QUEUE = Follower(gettext_noop("translators' queue"), rank_around, command=_repair("queue"))
EDITORS = Follower(gettext_noop("search in the admin"), index_for_editors, command="update_index")
VERSIONS = Follower(gettext_noop("drafts' headlines"), follow_versions, command=_repair("search"))
GAPS = Follower(gettext_noop("lists of what pictures lack"), repair_gaps, command=_repair("search"))
PICTURES = Follower(gettext_noop("picture files"), illustrate_soon, command="make_renditions")
# It may have been sent. The queue shows what is urgent.
MAIL = Follower(gettext_noop("mail about a correction"), ask_for_corrections, once=True)


def every_follower() -> list[Follower]:
    """In the order in which they run; those of apps may rest on the archive's own."""
    own = [SEARCH, EDITORS, VERSIONS, MEMORY, QUEUE, GAPS]
    return [*own, *registered("follower", Follower), PICTURES, MAIL]


def names() -> list[str]:
    """Under which the table of what is due knows them."""
    return [one.name for one in every_follower()]


def of_apps() -> list[Follower]:
    """Those of the apps around the archive; they follow where texts change, or come and go."""
    return [one for one in registered("follower", Follower) if not one.of_versions]


def of_texts() -> list[Follower]:
    """Of these, those that look at translations, too."""
    return [one for one in of_apps() if not one.of_facts]


def of_facts() -> list[Follower]:
    """Of these, those that look at stories' names, dates and presence alone."""
    return [one for one in of_apps() if one.of_facts]


def notify_readers(pks: Collection[int], *more: Follower) -> None:
    """The texts, facts or presence of these stories changed: all that lists or finds them, and
    `more`."""
    stories_changed(pks)
    follow_stories(pks)
    follow_later(pks, SEARCH, *more)


def withdraw_texts(pks: Collection[int], *more: Follower) -> None:
    """Readers lose these stories, or one of their texts, and so does the translation memory."""
    forget_stories(pks)
    memory.forget(pks)
    notify_readers(pks, MEMORY, QUEUE, *more)


def withdraw_story(pk: int) -> None:
    """The story is gone for good."""
    forget_stories([pk])
    follow_stories([pk])
    follow_later([pk], SEARCH, *of_facts())


def pictures() -> list[Follower]:
    """Without a worker nobody makes them: an editor's machine would be busy for seconds."""
    return [PICTURES] if has_worker() else []


def notify_pictures(pks: Collection[int]) -> None:
    """The texts or the presence of pictures in these stories changed."""
    follow_later(pks, SEARCH, GAPS)


def follow_later(pks: Collection[int], *followers: Follower) -> None:
    """In the transaction of a change: these run for these stories once it is committed."""
    if pks:
        due.mark_due(pks, [one.name for one in followers])
        transaction.on_commit(start_work, robust=True)


_is_gathering: ContextVar[bool] = ContextVar("what follows is gathered", default=False)


@contextmanager
def gathered() -> Iterator[None]:
    """Publish many: what follows them starts at the end of the block, for all of them together."""
    token = _is_gathering.set(True)
    try:
        yield
    finally:
        _is_gathering.reset(token)
        start_work()


def start_work() -> None:
    """`start_gathered`, unless what follows is gathered."""
    if not _is_gathering.get():
        start_gathered()


def start_gathered() -> None:
    """Have what is due done: by the site's worker where there is one, else by a server's thread,
    once the request is answered. A process that serves nobody (a command, a shell, a test) does it
    here and now."""
    if not isinstance(catch_up_task.get_backend(), ImmediateBackend):
        catch_up_task.enqueue()
    elif _is_serving.is_set():
        _is_answered.clear()
        _is_due.set()
        _start_thread()
    else:
        catch_up()


def catch_up() -> int:
    """Run what is due and nobody is at; how many have failed, of stories and followers.

    Any number of processes may: none takes what another has.
    """
    failed, known = 0, {one.name: one for one in every_follower()}
    while taken := due.take_due(known, BATCH * len(known)):
        wrong = []
        for one in known.values():
            due.keep(taken)
            wrong += _run(one, taken)
        due.put_off(wrong)
        due.clear_due([row for row in taken if row not in wrong])
        failed += len(wrong)
    return failed


def _run(follower: Follower, taken: Collection[FollowerDue]) -> list[FollowerDue]:
    """Those of its rows that have failed."""
    rows = [row for row in taken if row.follower == follower.name]
    if follower.once:
        due.clear_due(rows)
    again = [row for row in rows if row.attempts > 1]
    first = [row for row in rows if row.attempts == 1]
    wrong = [
        *_follow(follower, follower.follow, first),
        *_follow(follower, follower.again or follower.follow, again),
    ]
    return [] if follower.once else wrong


def _follow(
    follower: Follower, work: Callable[[Collection[int]], object], rows: list[FollowerDue]
) -> list[FollowerDue]:
    """Those that have failed: of many stories, only those that fail alone."""
    if not rows:
        return []
    try:
        work([row.story for row in rows])
    except Exception as error:
        if len(rows) > 1 and not follower.once:
            half = len(rows) // 2
            return [
                row for some in (rows[:half], rows[half:]) for row in _follow(follower, work, some)
            ]
        repair = f"; run “manage.py {follower.command}”" if follower.command else ""
        stories = [row.story for row in rows]
        told = "The %s didn't follow a publication%s."
        logger.exception(told, follower.name, repair, extra={"stories": stories})
        for row in rows:
            row.error = f"{type(error).__name__}: {error}"
        return rows
    return []


@task()
def catch_up_task() -> None:
    if catch_up() and catch_up_task.get_backend().supports_defer:
        later = timezone.now() + timedelta(seconds=due.seconds_to_next(names()) or 0)
        catch_up_task.using(run_after=later).enqueue()


# What a server's thread waits for: that something is due, and that whoever made it so has their
# answer, or hasn't asked for one.
_is_serving, _is_due, _is_answered = (threading.Event() for _ in range(3))
_LONGEST_ANSWER_S = 0.5
_thread, _starting = threading.Thread(), threading.Lock()


def on_first_request(sender: type, **kwargs: Any) -> None:
    """A server has started: what its forerunner has left is seen to, and nobody waits for it."""
    # Not the tests' client, which serves nobody.
    if issubclass(sender, WSGIHandler | ASGIHandler):
        request_started.disconnect(on_first_request)
        request_finished.connect(on_answer)
        _is_serving.set()
        start_work()


def on_answer(sender: type, **kwargs: Any) -> None:
    _is_answered.set()


def _start_thread() -> None:
    """One in each of a server's processes, which may have been forked from another."""
    global _thread
    with _starting:
        if not _thread.is_alive():
            _thread = threading.Thread(target=_serve, name="followers", daemon=True)
            _thread.start()


def _serve() -> None:
    while True:
        _is_answered.wait(_LONGEST_ANSWER_S)
        _is_due.clear()
        seconds: float | None = due.LEASE.total_seconds()
        try:
            catch_up()
            seconds = due.seconds_to_next(names())
        except Exception:  # a database that can't be reached, say: it may be by then
            logger.exception("What follows publications wasn't done.")
        finally:
            connections.close_all()
        _is_due.wait(seconds)
