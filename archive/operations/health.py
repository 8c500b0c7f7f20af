"""Whether the parts of the site answer: for load balancers, for monitors, for administrators."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from archive.conf import settings
from archive.integrity.evidence import can
from archive.operations import replica
from archive.publishing import due
from archive.publishing.followers import names

logger = logging.getLogger(__name__)

# What waits longer has nobody to do it.
LONGEST_WAIT = timedelta(minutes=15)
# A replica that is further behind is of no use: readers' pages come from the primary.
LONGEST_LAG = timedelta(minutes=1)
_FORGIVING = "archive.caches.ForgivingCache"
_PROBE = "archive.health"


@dataclass(frozen=True)
class Health:
    """`waited` is how long the oldest due work has; None where the database doesn't answer.

    `lag` is how far the replica is behind; None where none answers.
    """

    cache: bool
    storage: bool
    waited: timedelta | None
    lag: timedelta | None = None

    @property
    def parts(self) -> dict[str, bool]:
        """What is asked of, and whether it is well."""
        own = {}
        if replica.has_replica():
            own["replica"] = self.lag is not None and self.lag <= LONGEST_LAG
        return {
            "database": self.waited is not None,
            **own,
            "cache": self.cache,
            "storage": self.storage,
            "due_work": self.waited is not None and self.waited <= LONGEST_WAIT,
        }

    @property
    def status(self) -> str:
        if self.waited is None:
            return "down"
        return "ok" if all(self.parts.values()) else "degraded"


def find_health() -> Health:
    """One query; one entry of the cache, and one question to the storage; of a site with a replica,
    one query more of either database."""
    return Health(
        cache=_answers(_ask_cache),
        storage=_answers(_ask_storage),
        waited=_waited(),
        lag=_lag() if replica.has_replica() else None,
    )


def _waited() -> timedelta | None:
    try:
        return due.longest_wait(names())
    except DatabaseError:
        logger.exception("The database doesn't answer.")
        return None


def _lag() -> timedelta | None:
    try:
        return replica.find_lag()
    except DatabaseError:
        logger.exception("The replica, or the database, doesn't answer.")
        return None


def _answers(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except Exception:  # of sockets, disks, clients
        logger.exception("A part of the site doesn't answer.")
        return False


def _ask_cache() -> bool:
    alias = settings.CACHE_ALIAS
    chosen = django_settings.CACHES[alias]
    # The one behind it, whose errors it hides.
    cache = caches[str(chosen["LOCATION"]) if chosen["BACKEND"] == _FORGIVING else alias]
    cache.set(_PROBE, 1, 60)
    return bool(cache.get(_PROBE))


def _ask_storage() -> bool:
    if not can(default_storage, "path"):  # it isn't of this machine
        default_storage.exists(_PROBE)
        return True
    folder = Path(default_storage.path(""))
    # The first upload makes it.
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


class HealthMiddleware:
    """Answers `/health/live` and `/health/ready`. Place it before the middleware that looks at
    hosts, HTTPS and sessions: probes come from inside, and are no readers.

    A site whose database answers serves its readers, whatever else fails: only without it is the
    answer 503.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = {"/health/live": _live, "/health/ready": _ready}.get(request.path_info.rstrip("/"))
        if answer is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        response = answer()
        response["Cache-Control"] = "no-store"
        # Django would log each 503; why it is one, the log has.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response


def _live() -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def _ready() -> HttpResponse:
    """It can serve: each part in one word, and no more than strangers may know."""
    health = find_health()
    parts = {name: "ok" if is_well else "failing" for name, is_well in health.parts.items()}
    seconds = int(health.waited.total_seconds()) if health.waited is not None else None
    said = {"status": health.status, **parts, "oldest_due_seconds": seconds}
    if replica.has_replica():
        lag = health.lag
        said["replica_lag_seconds"] = None if lag is None else int(lag.total_seconds())
    return JsonResponse(said, status=503 if health.status == "down" else 200)
