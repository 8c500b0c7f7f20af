"""Stamps: short words that are different once something has changed. One query reads them."""

import random
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha256
from typing import Any, TypeVar

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from archive.conf import settings
from archive.site.caching.models import Change

# What every page shows: the masthead, names of papers and sections; who may read what.
SITE = "site"
# Which stories there are, and their texts: for pages that list or count them in ways of their own.
STORIES = "stories"
# Names and ties, likewise.
NAMES = "names"

# Rows that newer ones replace go after this time, looked for in one touch of so many.
KEPT = timedelta(minutes=10)
ONE_IN = 50
MOST_FORGOTTEN = 2000


@dataclass(frozen=True)
class Stamp:
    """`word` changes with every change; `at` is None if there has been none."""

    word: str = "0"
    at: datetime | None = None


NEVER = Stamp()


def address_key(path: str) -> str:
    """The key of a page's own content: its path below the language, such as "/china-daily/"."""
    return md5(path.strip("/").encode(), usedforsecurity=False).hexdigest()


def read(keys: Iterable[str]) -> dict[str, Stamp]:
    """Every key's stamp, in one query.

    All rows count, not only the newest: a transaction that began earlier may end later. So does
    the time: after a restored backup the same numbers stand for other changes.
    """
    wanted = list(dict.fromkeys(keys))
    table = connection.ops.quote_name(Change._meta.db_table)
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT key, SUM(id), MAX(id), MAX(at) FROM {table} WHERE key IN ({marks}) GROUP BY key"
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        rows = cursor.fetchall()
    found = {key: _stamp(total, newest, _moment(at)) for key, total, newest, at in rows}
    return {key: found.get(key, NEVER) for key in wanted}


def _stamp(total: int, newest: int, at: datetime) -> Stamp:
    return Stamp(f"{newest}.{total}.{at.timestamp()}", at)


def touch(keys: Collection[str]) -> None:
    """Note that these have changed, with the transaction that changes them."""
    now = timezone.now()
    Change.objects.bulk_create([Change(key=key, at=now) for key in sorted(set(keys))])
    if random.randrange(ONE_IN) == 0:  # noqa: S311 - housekeeping
        transaction.on_commit(forget, robust=True)


def forget() -> None:
    """Delete rows that newer ones have replaced for some time."""
    newer = Change.objects.filter(key=OuterRef("key"), pk__gt=OuterRef("pk"))
    old = Change.objects.filter(Exists(newer), at__lt=timezone.now() - KEPT)
    with transaction.atomic():
        locked = old.select_for_update(skip_locked=True).values_list("pk", flat=True)
        Change.objects.filter(pk__in=list(locked[:MOST_FORGOTTEN])).delete()


def _moment(at: Any) -> datetime:
    # SQLite gives text for what a function made of a column.
    moment: Any = parse_datetime(at) if isinstance(at, str) else at
    found: datetime = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return found


Counted = TypeVar("Counted")
_KEYS = (SITE, STORIES, NAMES)


def counted(request: HttpRequest, name: str, count: Callable[[], Counted]) -> Counted:
    """What `count` gave when stories, names and the site's frame were as they are now.

    `name` says of what it is. It is kept in the cache of pages, also where no pages are kept.
    """
    known = getattr(request, "archive_stamps", {})
    # Asked before it is counted: what changes meanwhile has another stamp.
    found = known if known.keys() >= set(_KEYS) else read(_KEYS)
    text = " ".join([name, *(found[key].word for key in _KEYS)])
    key = f"archive.count.{sha256(text.encode()).hexdigest()[:32]}"
    cache = caches[settings.CACHE_ALIAS]
    if (kept := cache.get(key)) is not None:
        value: Counted = kept
        return value
    value = count()
    cache.set(key, value, settings.CACHE_SECONDS)
    return value
