"""Several processes at the same work: each reads the database on a connection of its own."""

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import TypeVar

import django
from django.db import connection, connections

# One process writes, and keeps about two others busy.
MOST = 4
# Fewer stories are read sooner than another process starts.
WORTH = 3_000
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Crew:
    """This process, and `helpers` others."""

    def __init__(self, pool: ProcessPoolExecutor | None = None, helpers: int = 0) -> None:
        self._pool = pool
        self._helpers = helpers

    def ahead(self, work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """Results in order. Helpers are a few items ahead; without any, each is done when asked.

        While the next result isn't there yet, this process does an item itself.
        """
        if self._pool is None:
            yield from map(work, items)
            return
        waiting: deque[Future[_Result]] = deque()
        left = iter(items)
        while True:
            # So many, and no more: what is done waits in memory.
            for item in islice(left, max(0, 4 + 2 * self._helpers - len(waiting))):
                waiting.append(self._pool.submit(work, item))
            if not waiting:
                return
            for item in islice(left, 0 if waiting[0].done() else 1):
                waiting.append(_done(work(item)))
            yield waiting.popleft().result()

    def beside(self, work: Callable[[], _Result]) -> Callable[[], _Result]:
        """Has a helper do it from now on; what it gives is called for the result.

        Without any helper, the work is done then.
        """
        return self._pool.submit(work).result if self._pool else work

    def together(
        self, work: Callable[[_Item], _Result], items: Iterable[_Item]
    ) -> Iterator[_Result]:
        """Results in any order; this process does its share of the items."""
        listed = list(items)
        shared = [one for number, one in enumerate(listed) if number % (self._helpers + 1)]
        waiting = [self._pool.submit(work, one) for one in shared] if self._pool else []
        yield from map(work, listed[:: self._helpers + 1])
        for future in waiting:
            yield future.result()


def _done(result: _Result) -> Future[_Result]:
    future: Future[_Result] = Future()
    future.set_result(result)
    return future


@contextmanager
def crew(processes: int) -> Iterator[Crew]:
    """A crew of as many processes, or this one alone where the database has no room for others.

    This process's connections are closed before the others start.
    """
    helpers = min(processes, MOST) - 1 if may_share() else 0
    if helpers < 1:
        yield Crew()
        return
    connections.close_all()
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(helpers, context, initializer=_start) as pool:
        # All start now, while no connection is open.
        for future in [pool.submit(os.getpid) for _ in range(helpers)]:
            future.result()
        yield Crew(pool, helpers)


def usual_number(stories: int) -> int:
    """How many processes so many stories are worth on this machine."""
    return min(MOST, os.cpu_count() or 1) if stories >= WORTH else 1


def may_share() -> bool:
    """Whether another connection sees the same database, and can read it while this one writes."""
    if connection.in_atomic_block:
        return False
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        return bool(cursor.fetchone()[0] == "wal")


def _start() -> None:
    django.setup()
    # What is loaded by now stays: no use in looking through it again and again.
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that was killed can't tell its helpers."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
