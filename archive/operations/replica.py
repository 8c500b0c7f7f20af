"""A replica of the database, which readers' pages are read from.

A site that has one names it "replica" in DATABASES, has `ReplicaRouter` in DATABASE_ROUTERS and
`ReplicaMiddleware` at the end of MIDDLEWARE: docs/server.md.

A replica is behind, by moments or by hours. So each request asks both databases which changes
there were of what its page may show (`archive.site.caching.versions`): only where the replica has
them all is the page read from it. What was withdrawn or restricted is so at once, and a cached page
is never older than the version that it has.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings as django_settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.http import HttpRequest, HttpResponse

from archive.site.caching import versions

logger = logging.getLogger(__name__)

ALIAS = "replica"
ROUTER = "archive.operations.replica.ReplicaRouter"
MIDDLEWARE = "archive.operations.replica.ReplicaMiddleware"
# One that fails isn't asked for so long: nobody waits for it meanwhile.
PAUSE_SECONDS = 10.0

_is_chosen: ContextVar[bool] = ContextVar("reads go to the replica", default=False)
_paused_until = 0.0


class ReplicaRouter:
    """Reads go to the replica where the middleware has chosen it, and all else to the primary.

    A transaction is read where it is. Who has written something reads it where it was written.
    """

    def db_for_read(self, model: Any, **hints: Any) -> str:
        if _is_chosen.get() and not connection.in_atomic_block:
            return ALIAS
        return DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        _is_chosen.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both are the same database's."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == ALIAS else None


class ReplicaMiddleware:
    """Chooses the replica for an archive's page, for a reader whom the site doesn't know.

    Place it last, so that it is around the view alone. If the replica fails while the page is made,
    the page is made again from the primary: it was only read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _is_chosen.set(False)
        try:
            response = self.get_response(request)
            if hasattr(request, "archive_replica_failed"):
                response = self.get_response(request)
        finally:
            _is_chosen.reset(token)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        known = getattr(request, "archive_versions", {})
        # Of somebody who is known, nobody has asked for the versions of the page itself.
        is_reader = (
            match and "archive" in match.app_names and set(known) >= {*versions.keys_of(request)}
        )
        if is_reader and not hasattr(request, "archive_replica_failed") and _has_all(known):
            _is_chosen.set(True)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not _is_chosen.get() or not isinstance(exception, DatabaseError):
            return None
        _give_up(exception)
        _is_chosen.set(False)
        request.archive_replica_failed = True  # type: ignore[attr-defined]
        # Nobody sees it: the page is made again.
        return HttpResponse(status=503)


def _has_all(known: dict[str, versions.Version]) -> bool:
    """Whether the replica has every change that the primary had a moment ago."""
    if time.monotonic() < _paused_until:
        return False
    try:
        return versions.read(known, using=ALIAS) == known
    except DatabaseError as error:
        _give_up(error)
        return False


def _give_up(error: Exception) -> None:
    global _paused_until
    _paused_until = time.monotonic() + PAUSE_SECONDS
    logger.warning(
        "The replica fails and isn't asked for %d seconds: %s: %.200s",
        PAUSE_SECONDS,
        type(error).__name__,
        error,
    )
    with suppress(DatabaseError):
        connections[ALIAS].close()


def has_replica() -> bool:
    return ALIAS in django_settings.DATABASES


def find_lag() -> timedelta | None:
    """How long ago what the replica has last was written, if there is more; None if it is no
    replica, or none any more. Raises DatabaseError if it doesn't answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()")
        written = cursor.fetchone()[0]
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT pg_is_in_recovery(), pg_wal_lsn_diff(%s, pg_last_wal_replay_lsn()) > 0,"
            " now() - COALESCE(pg_last_xact_replay_timestamp(), pg_postmaster_start_time())",
            [written],
        )
        is_replica, is_behind, since = cursor.fetchone()
    if not is_replica:
        return None
    return since if is_behind else timedelta()
