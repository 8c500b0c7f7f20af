"""Caches that may fail: their readers then wait for what they would have kept, and nothing else."""

import logging
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

logger = logging.getLogger(__name__)

# After so many errors one after the other the cache isn't asked for some time: a server that
# doesn't answer would cost each page its timeout several times.
MOST_FAILURES = 3
PAUSE_SECONDS = 10
LOGGED_SECONDS = 60


@dataclass
class _Trouble:
    """Of one cache in this process; times are `time.monotonic()`."""

    failures: int = 0
    pause_until: float = 0
    logged_until: float = 0


_troubles: dict[str, _Trouble] = {}


class ForgivingCache(BaseCache):
    """Stands before another cache: where that one fails, nothing is kept and nobody gets an error.

    In CACHES its LOCATION is the other's name. The log has a warning once a minute, without keys
    or values. An entry that can't be read counts as none.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._alias = location

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        # As if nobody else were there.
        return bool(self._ask(True, "add", key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(default, "get", key, default, version)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._ask(None, "set", key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask(False, "touch", key, timeout, version))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(False, "delete", key, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError where nothing is kept, as each cache does."""
        value = self._ask(None, "incr", key, delta, version)
        if value is None:
            raise ValueError(f"Key '{key}' not found")
        return int(value)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(False, "has_key", key, version))

    def clear(self) -> None:
        self._ask(None, "clear")

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        found: dict[Any, Any] = self._ask({}, "get_many", keys, version)
        return found

    def set_many(
        self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[Any]:
        failed: list[Any] = self._ask(list(data), "set_many", data, timeout, version)
        return failed

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(None, "delete_many", keys, version)

    def _ask(self, otherwise: Any, method: str, *args: Any) -> Any:
        trouble = _troubles.setdefault(self._alias, _Trouble())
        now = time.monotonic()
        if now < trouble.pause_until:
            return otherwise
        try:
            answer = getattr(caches[self._alias], method)(*args)
        except Exception as error:  # of sockets, disks, pickles, clients
            if method == "incr" and isinstance(error, ValueError):
                return otherwise
            self._note(trouble, error)
            return otherwise
        trouble.failures = 0
        return answer

    def _note(self, trouble: _Trouble, error: Exception) -> None:
        now = time.monotonic()
        trouble.failures += 1
        if trouble.failures >= MOST_FAILURES:
            trouble.failures, trouble.pause_until = 0, now + PAUSE_SECONDS
        if now >= trouble.logged_until:
            trouble.logged_until = now + LOGGED_SECONDS
            kind = type(error).__name__
            logger.warning("The cache “%s” fails: %s: %.200s", self._alias, kind, error)


@cache
def forgiving(alias: str = "default") -> ForgivingCache:
    """The site's cache of that name, for code that can do without it."""
    return ForgivingCache(alias, {})
