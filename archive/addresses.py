"""Addresses of views, each looked up once: pages ask for the same dozens of times.

Who asks for many passes the language along, since asking for the active one takes longer.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import translation
from django.utils.translation import get_language

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_PLACES = ("first-of-any-keys", "second-of-any-keys", "third-of-any-keys")

# What an address depends on beside its view and keys.
Surroundings = tuple[str, str, str | None]


def address(view: str, *keys: str, language: str | None = None) -> str:
    """Like `reverse(view, args=keys)` for keys that are slugs, in `language` or the active one.

    Raises NoReverseMatch likewise.
    """
    if len(keys) > len(_PLACES) or not all(map(_SLUG.fullmatch, keys)):
        with translation.override(language or get_language()):
            return reverse(view, args=keys)
    return pattern(view, len(keys), language) % keys


def pattern(view: str, count: int = 1, language: str | None = None) -> str:
    """The address with "%s" for each of so many keys, which must be slugs: for long lists."""
    return _pattern(view, count, surroundings(language))


def surroundings(language: str | None = None) -> Surroundings:
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    return urlconf, get_script_prefix(), language or get_language()


@lru_cache(maxsize=500)
def _pattern(view: str, count: int, around: Surroundings) -> str:
    with translation.override(around[2]):
        found = reverse(view, args=_PLACES[:count]).replace("%", "%%")
    for place in _PLACES[:count]:
        found = found.replace(place, "%s")
    return found
