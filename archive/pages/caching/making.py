"""Lets one process make a page that many ask for at once; the others wait for it a moment."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.cache import caches

from archive.conf import settings

# After this time whoever makes it is taken for dead.
MAKING_SECONDS = 10
# Who has waited so long makes the page as well.
WAITING_SECONDS = 1.0
_PAUSE = 0.02

Kept = TypeVar("Kept")


def awaited(key: str, kept: Callable[[], Kept | None]) -> Kept | None:
    """What another process is making right now, as `kept` finds it; None: make it yourself.

    Never an old page: what `kept` gives is right by the stamps of this request.
    """
    cache, until = caches[settings.CACHE_ALIAS], time.monotonic() + WAITING_SECONDS
    while cache.get(_name(key)) is not None and time.monotonic() < until:
        time.sleep(_PAUSE)
        if (found := kept()) is not None:
            return found
    # It may have been kept and its mark taken away between two looks.
    return kept()


@contextmanager
def claimed(key: str) -> Iterator[bool]:
    """Mark the page as being made; gives False where another process has done so."""
    cache = caches[settings.CACHE_ALIAS]
    is_mine = cache.add(_name(key), 1, MAKING_SECONDS)
    try:
        yield is_mine
    finally:
        if is_mine:
            cache.delete(_name(key))


def _name(key: str) -> str:
    return f"{key}.making"
