"""Tells caches in front of the site what to ask for again: Wagtail's frontend_cache, in batches."""

from collections.abc import Collection

from django.conf import settings as django_settings
from django.db import connection, transaction
from wagtail.contrib.frontend_cache.utils import PurgeBatch, get_backends
from wagtail.models import Site

from archive.conf import settings
from archive.text.language import LANGUAGES

# The ways in which a story is read, each an address of its own.
VIEWS = ("en", "zh-hans", "both", "reveal")
# Cloudflare takes 30 addresses at a time, and Wagtail cuts a batch up.
_WAITING = "archive_addresses_to_purge"


def purge_later(paths: Collection[str]) -> None:
    """Once the change is committed: in both languages and all views, with the pages above."""
    if not get_backends():
        return
    waiting: set[str] | None = getattr(connection, _WAITING, None)
    if waiting is None:
        waiting = set()
        setattr(connection, _WAITING, waiting)
    waiting.update(paths)
    transaction.on_commit(_purge_waiting, robust=True)


def _purge_waiting() -> None:
    waiting: set[str] | None = getattr(connection, _WAITING, None)
    if not waiting:
        return
    setattr(connection, _WAITING, None)
    batch = PurgeBatch()
    batch.add_urls(sorted(addresses(waiting)))
    batch.purge()


def addresses(paths: Collection[str]) -> set[str]:
    """Absolute addresses of pages below the language, and of those that list them."""
    every = set(paths)
    for path in paths:
        parts = [part for part in path.split("/") if part]
        every.update("/".join([*parts[:end], ""]) if end else "" for end in range(len(parts)))
    found = set()
    for site in Site.objects.all():
        for language in LANGUAGES:
            root = f"{site.root_url}{_prefix(language)}"
            for path in every:
                url = f"{root}{path.lstrip('/')}"
                found.add(url)
                if path in paths:
                    found.update(f"{url}?view={view}" for view in VIEWS)
        found.update(f"{site.root_url}{path}" for path in settings.CACHE_PURGED_PATHS)
    return found


def _prefix(language: str) -> str:
    return f"/{language}/" if django_settings.USE_I18N else "/"
