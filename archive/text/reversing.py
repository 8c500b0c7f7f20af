"""Addresses of views by slugs, from a pattern that is looked for once: a page has dozens."""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_PLACES = ("first-of-any-keys", "second-of-any-keys", "third-of-any-keys")


def address(view: str, *keys: str) -> str:
    """Like `reverse(view, args=keys)` for keys that are slugs, in the active language.

    Raises NoReverseMatch likewise.
    """
    if len(keys) > len(_PLACES) or not all(map(_SLUG.fullmatch, keys)):
        return reverse(view, args=keys)
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    return _pattern(view, len(keys), urlconf, get_script_prefix(), get_language()) % keys


@lru_cache(maxsize=500)
def _pattern(view: str, count: int, urlconf: str, prefix: str, language: str | None) -> str:
    """The address with "%s" for each key."""
    found = reverse(view, args=_PLACES[:count]).replace("%", "%%")
    for place in _PLACES[:count]:
        found = found.replace(place, "%s")
    return found
