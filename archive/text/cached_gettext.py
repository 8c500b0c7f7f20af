"""Django's translations, looked up once for each language: pages ask for the same each time.

Who asks for many passes the language along, since asking for the active one takes longer.
"""

from functools import lru_cache

from django.utils import translation

MOST_KEPT = 2000


def gettext(message: str, language: str | None = None) -> str:
    """In `language`, or else in the active one."""
    return _kept(language or translation.get_language(), "", message)


def pgettext(context: str, message: str, language: str | None = None) -> str:
    return _kept(language or translation.get_language(), context, message)


def ngettext(singular: str, plural: str, count: int, language: str | None = None) -> str:
    return _kept_plural(language or translation.get_language(), singular, plural, count)


@lru_cache(maxsize=MOST_KEPT)
def _kept(language: str | None, context: str, message: str) -> str:
    with translation.override(language):
        if context:
            return translation.pgettext(context, message)
        return translation.gettext(message)


@lru_cache(maxsize=MOST_KEPT)
def _kept_plural(language: str | None, singular: str, plural: str, count: int) -> str:
    with translation.override(language):
        return translation.ngettext(singular, plural, count)
