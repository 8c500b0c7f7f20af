"""Translations, each looked up once: pages ask for the same dozens of times.

Who asks for many passes the language along, since asking for the active one takes longer.
"""

from collections.abc import Callable
from functools import lru_cache

from django.utils import translation


def gettext(message: str, language: str | None = None) -> str:
    """In `language`, or else in the active one."""
    return _cached(language or translation.get_language(), translation.gettext, message)


def pgettext(context: str, message: str, language: str | None = None) -> str:
    return _cached(language or translation.get_language(), translation.pgettext, context, message)


def ngettext(singular: str, plural: str, count: int, language: str | None = None) -> str:
    language = language or translation.get_language()
    return _cached(language, translation.ngettext, singular, plural, count)


@lru_cache(maxsize=4000)
def _cached(language: str | None, look_up: Callable[..., str], *words: str | int) -> str:
    with translation.override(language):
        return look_up(*words)
