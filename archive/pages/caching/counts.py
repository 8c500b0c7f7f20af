"""What takes long to count is counted once for all readers, until a story changes."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches
from django.http import HttpRequest

from archive.conf import settings
from archive.pages.caching import stamps
from archive.pages.caching.stamps import NAMES, SITE, STORIES

Counted = TypeVar("Counted")
_KEYS = (SITE, STORIES, NAMES)


def counted(request: HttpRequest, name: str, count: Callable[[], Counted]) -> Counted:
    """What `count` gave when stories, names and the site's frame were as they are now.

    `name` says of what it is. It is kept in the cache of pages, also where no pages are kept.
    """
    known = getattr(request, "archive_stamps", {})
    # Asked before it is counted: what changes meanwhile has another stamp.
    found = known if known.keys() >= set(_KEYS) else stamps.read(_KEYS)
    text = " ".join([name, *(found[key].word for key in _KEYS)])
    key = f"archive.count.{sha256(text.encode()).hexdigest()[:32]}"
    cache = caches[settings.CACHE_ALIAS]
    if (kept := cache.get(key)) is not None:
        value: Counted = kept
        return value
    value = count()
    cache.set(key, value, settings.CACHE_SECONDS)
    return value
