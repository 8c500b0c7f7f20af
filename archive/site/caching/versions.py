"""Versions: short words that are different once something has changed. One query reads them."""

import random
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha256
from typing import Any, TypeVar

from django.conf import settings as django_settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import PageViewRestriction

from archive.caches import forgiving
from archive.conf import settings
from archive.inserts import insert_rows

# What every page shows: the masthead, names of papers and sections; who may read what.
SITE = "site"
# Which stories there are, and their texts: for pages that list or count them in ways of their own.
STORIES = "stories"
# Names and ties, likewise.
NAMES = "names"
# That readers can no longer see a story, or one of its texts. What gives copies of stories
# away tells by these rows whether it still may, and forgets them.
WITHDRAWN = "withdrawn"
_RESTRICTIONS = "restrictions"

# Rows that newer ones replace go after this time, looked for in one touch of so many.
KEPT = timedelta(minutes=10)
ONE_IN = 50
MOST_FORGOTTEN = 2000


class Change(models.Model):
    """The log: what stands on a page has changed if its key has another row.

    Rows are only ever added, in the transaction of the change itself: two editors never wait for
    each other, and what is rolled back wasn't changed.
    """

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="archive_change_of")]

    def __str__(self) -> str:
        return f"{self.key} {self.at:%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True)
class Version:
    """`value` is another with every change; `at` is None if there has been none."""

    value: str = "0"
    at: datetime | None = None


NEVER = Version()


def neutral_path(path: str) -> str:
    """The path below the language: /en/china-daily/ -> /china-daily/."""
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{rest}" if any(first == code for code, _name in django_settings.LANGUAGES) else path


def page_path(path: str) -> str:
    """The path below the language of the page that an address shows, also as its Markdown twin."""
    found = neutral_path(path)
    if not found.endswith(".md"):
        return found
    return "/" if found == "/index.md" else f"{found.removesuffix('.md')}/"


def address_key(path: str) -> str:
    """The key of a page's own content: its path below the language, such as "/china-daily/"."""
    return md5(path.strip("/").encode(), usedforsecurity=False).hexdigest()


def shows_its_own(request: HttpRequest) -> None:
    """Say that a page changes only when its own address or the site's frame is touched."""
    request.archive_is_own = True  # type: ignore[attr-defined]


def shows_today(request: HttpRequest) -> None:
    """Say that a page also changes with the day, at midnight in the site's time zone."""
    request.archive_is_of_today = True  # type: ignore[attr-defined]


def keys_of(request: HttpRequest, *, is_own: bool = False) -> list[str]:
    """What any page may depend on; with `is_own`, its own content and the frame of the site."""
    own = [SITE, address_key(page_path(request.path_info))]
    return own if is_own else [*own, STORIES, NAMES]


def read(keys: Iterable[str], using: str = DEFAULT_DB_ALIAS) -> dict[str, Version]:
    """Every key's version, in one query of that database.

    All rows count, not only the newest: a transaction that began earlier may end later. So does
    the time: after a restored backup the same numbers stand for other changes.
    """
    wanted = list(dict.fromkeys(keys))
    quote = connection.ops.quote_name
    table, restrictions = quote(Change._meta.db_table), quote(PageViewRestriction._meta.db_table)
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT key, SUM(id), MAX(id), MAX(at) FROM {table} WHERE key IN ({marks}) GROUP BY key"
    # Wagtail commits a restriction before anybody hears of it: the site's version tells which
    # there are, whether or not that was noted.
    sql += f" UNION ALL SELECT %s, SUM(id), COUNT(*), NULL FROM {restrictions}"
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [*wanted, _RESTRICTIONS])
        rows = cursor.fetchall()
    found = dict.fromkeys(wanted, NEVER)
    for key, total, newest, at in rows:
        if key == _RESTRICTIONS:
            places = f" {newest}.{total}" if newest else ""
            continue
        # SQLite gives text for what a function made of a column.
        moment: Any = parse_datetime(at) if isinstance(at, str) else at
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        found[key] = Version(f"{newest}.{total}.{moment.timestamp()}", moment)
    if SITE in found and places:
        found[SITE] = replace(found[SITE], value=f"{found[SITE].value}{places}")
    return found


def touch(keys: Collection[str]) -> None:
    """Note that these have changed, with the transaction that changes them."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    insert_rows(Change, ["key", "at"], [(key, now) for key in sorted(set(keys))])
    if random.randrange(ONE_IN) == 0:  # noqa: S311 - housekeeping
        transaction.on_commit(forget, robust=True)


def forget() -> None:
    """Delete rows that newer ones have replaced for some time."""
    newer = Change.objects.filter(key=OuterRef("key"), pk__gt=OuterRef("pk"))
    old = Change.objects.filter(Exists(newer), at__lt=timezone.now() - KEPT)
    old = old.exclude(key=WITHDRAWN)
    with transaction.atomic():
        locked = old.select_for_update(skip_locked=True).values_list("pk", flat=True)
        Change.objects.filter(pk__in=list(locked[:MOST_FORGOTTEN])).delete()


_KEYS = (SITE, STORIES, NAMES)


def of_request(request: HttpRequest | None) -> dict[str, Version]:
    """The versions of site, stories and names as the request found them: one query, once."""
    known = getattr(request, "archive_versions", None)
    if known is None:
        known = read(_KEYS)
        if request is not None:
            request.archive_versions = known  # type: ignore[attr-defined]
    return known  # type: ignore[no-any-return]


# What a process keeps is made anew after this time all the same: the files of pictures and their
# addresses may change without a word.
KEPT_SECONDS = 300


def version_kept(request: HttpRequest, *keys: str) -> tuple[object, ...]:
    """Under which version of these keys a process may keep something for the next requests."""
    found = of_request(request)
    return (*(found[key].value for key in keys), int(time.monotonic()) // KEPT_SECONDS)


def is_kept(request: HttpRequest | None) -> bool:
    """Not for a preview, which may show what no live page does, nor while a site is written."""
    is_preview = getattr(request, "is_preview", False)
    return request is not None and not is_preview and not django_settings.DEBUG


Counted = TypeVar("Counted")


def counted(request: HttpRequest, name: str, count: Callable[[], Counted]) -> Counted:
    """What `count` gave when stories, names and the site's frame were as they are now.

    `name` says of what it is. It is kept in the cache of pages, also where no pages are kept.
    """
    # Asked before it is counted: what changes meanwhile has another version.
    found = of_request(request)
    text = " ".join([name, *(found[key].value for key in _KEYS)])
    key = f"archive.count.{sha256(text.encode()).hexdigest()[:32]}"
    cache = forgiving(settings.CACHE_ALIAS)
    value: Counted | None = cache.get(key)
    if value is None:
        value = count()
        cache.set(key, value, settings.CACHE_SECONDS)
    return value


# So many rows of a kind are kept, about 2 kB each; then the process starts anew.
MOST = 5000


class RowCache:
    """Rows of one kind by id, which many pages show; right while the versions of `keys` stay.

    Each process keeps them for all requests: read them, and leave them as they are.

    `load` gives the rows for some ids, in one query; ids without a row it leaves out.
    """

    def __init__(
        self, load: Callable[[HttpRequest, Collection[Any]], dict[Any, Any]], *keys: str
    ) -> None:
        self._load = load
        self._keys = keys
        # One object, so that no thread sees the rows of other versions.
        self._cached: tuple[Any, dict[Any, Any]] = (None, {})

    def get(self, request: HttpRequest, ids: Collection[Any]) -> dict[Any, Any]:
        """The rows of these ids: no query for those that were asked for before."""
        if not is_kept(request):
            return self._load(request, ids)
        current = version_kept(request, *self._keys)
        known, rows = self._cached
        if current != known or len(rows) > MOST:
            # Another thread may look at the former ones meanwhile: they are left to it.
            rows = {}
            self._cached = current, rows
        if missing := {pk for pk in ids if pk not in rows}:
            loaded = self._load(request, missing)
            # Of others, it may have given a part.
            rows.update({pk: loaded.get(pk) for pk in missing})
        return {pk: row for pk in ids if (row := rows[pk]) is not None}
