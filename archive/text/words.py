"""Django's translations, looked up once for each language: pages ask for the same each time."""

from functools import lru_cache

from django.utils import translation

MOST_KEPT = 2000


def gettext(message: str) -> str:
    return _kept(translation.get_language(), "", message)


def pgettext(context: str, message: str) -> str:
    return _kept(translation.get_language(), context, message)


@lru_cache(maxsize=MOST_KEPT)
def _kept(language: str | None, context: str, message: str) -> str:
    """In `language`, which is the active one."""
    if context:
        return translation.pgettext(context, message)
    return translation.gettext(message)
