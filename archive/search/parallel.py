"""Several processes at the same work: each reads the database on a connection of its own."""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Protocol, TypeVar

import django
from django.db import connection, connections

# One process writes, and keeps about two others busy.
MOST = 4
# Fewer stories are read sooner than another process starts.
WORTH = 3_000
# So many items are given out at a time: what is done waits in memory.
CHUNK = 8
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Map(Protocol):
    """Python's `map`, or an executor's, which begins at once."""

    def __call__(
        self, work: Callable[[_Item], _Result], items: Iterable[_Item], /
    ) -> Iterator[_Result]: ...


@contextmanager
def process_map(processes: int) -> Iterator[Map]:
    """A `map` over so many processes beside this one; over this one alone where one is enough,
    or where the database has no room for others.

    This process's connections are closed before the others start.
    """
    processes = min(processes, MOST)
    if processes < 2 or not _may_share():
        yield map
        return
    connections.close_all()
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(processes, context, initializer=_start) as pool:
        # All start now, while no connection is open.
        for future in [pool.submit(os.getpid) for _ in range(processes)]:
            future.result()
        yield pool.map


def map_ahead(
    mapped: Map, work: Callable[[_Item], _Result], items: Iterable[_Item]
) -> Iterator[_Result]:
    """Results in order; the other processes are one or two chunks of items ahead, and no more."""
    left = iter(items)
    waiting: Iterator[_Result] = iter(())
    while chunk := list(islice(left, CHUNK)):
        following = mapped(work, chunk)
        yield from waiting
        waiting = following
    yield from waiting


def usual_number(stories: int) -> int:
    """How many processes so many stories are worth on this machine."""
    return min(MOST, os.cpu_count() or 1) if stories >= WORTH else 1


def _may_share() -> bool:
    """Whether another connection sees the same database, and can read it while this one writes."""
    if connection.in_atomic_block:
        return False
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        # Django has no name for SQLite's journal mode.
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
