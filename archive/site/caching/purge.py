"""Tells caches in front of the site what to ask for again: Wagtail's frontend_cache, in batches."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.http import HttpRequest
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Site

from archive.conf import settings
from archive.site.caching import listed
from archive.site.caching.requests import neutral_path
from archive.text.language import LANGUAGES

# The ways in which a story is read, each an address of its own.
VIEWS = ("en", "zh-hans", "both", "reveal")
# More pages and lists in one transaction, and everything is purged.
MOST = 2000
# For what nobody is told of: caches in front ask each time whether it is still right.
UNPURGED = "public, no-cache"
# The first parts of addresses below the language that hardly anything changes.
_UNTOLD = {"cite", "manifest.webmanifest", "offline", "report", "search"}
_WAITING = "archive_addresses_to_purge"
# What an address may hold besides letters and digits, as Wagtail leaves it.
_UNQUOTED = "!$&'()*+,;=/~:@%?"


@dataclass
class _Waiting:
    """`pages` by `url_path`, with their views and what lies above; `lists` below the language."""

    pages: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    everything: bool = False

    def add(self, pages: Iterable[str], lists: Iterable[str]) -> None:
        if not self.everything:
            self.pages.update(pages)
            self.lists.update(filter(None, lists))
            self.everything = len(self.pages) + len(self.lists) > MOST


def is_wanted() -> bool:
    """Whether there is a cache in front to be told."""
    names = ("WAGTAILFRONTENDCACHE", "WAGTAILFRONTENDCACHE_LOCATION")
    return any(getattr(django_settings, name, None) for name in names)


def is_purged(request: HttpRequest, *, is_own: bool) -> bool:
    """Whether caches in front are told when the answer at this address changes.

    A story is so in all its views (`is_own`). The pages of a list, and what is narrowed, can't be
    told one by one: caches in front ask for them each time. Told by the path alone: a page that
    is kept is given before anybody looks for its view.
    """
    if not set(request.GET) <= ({"view"} if is_own else set()):
        return False
    return neutral_path(request.path_info).split("/")[1] not in _UNTOLD


def purge_later(
    pages: Collection[str] = (), lists: Callable[[], Collection[str]] = frozenset
) -> None:
    """Once the change is committed. `lists` is asked now, if at all."""
    if is_wanted():
        waiting = _waiting()
        if not waiting.everything:
            waiting.add(pages, lists())
        transaction.on_commit(_purge_waiting, robust=True)


def purge_everything_later() -> None:
    """After a change of the frame, which every page shows."""
    if is_wanted():
        _waiting().everything = True
        transaction.on_commit(_purge_waiting, robust=True)


def _waiting() -> _Waiting:
    """What the transaction has collected. A roll-back leaves it to the next one, which is told
    of too much then."""
    waiting: _Waiting | None = getattr(connection, _WAITING, None)
    if waiting is None:
        waiting = _Waiting()
        setattr(connection, _WAITING, waiting)
    return waiting


def _purge_waiting() -> None:
    """All that the transaction has collected, at the first of its calls."""
    waiting: _Waiting | None = getattr(connection, _WAITING, None)
    if waiting is None:
        return
    setattr(connection, _WAITING, None)
    batch = PurgeBatch()
    batch.add_urls(sorted(_addresses(waiting)))
    batch.purge()


def _addresses(waiting: _Waiting) -> set[str]:
    """Absolute, in both languages; each page on the sites that it is part of."""
    found: set[str] = set()
    pages, lists, whole = waiting.pages, waiting.lists, []
    if waiting.everything:
        pages, lists, whole = _frame(), listed.frame_lists(), settings.CACHE_PURGED_WHOLE
    for site in Site.objects.select_related("root_page"):
        below = set(_with_views(pages, site.root_page.url_path))
        for path in {*below, *(path.lstrip("/") for path in lists)}:
            urls = (f"{site.root_url}{_prefix(language)}" for language in LANGUAGES)
            found.update(f"{url}{quote(path, safe=_UNQUOTED)}" for url in urls)
        always = (*whole, *settings.CACHE_PURGED_PATHS)
        found.update(f"{site.root_url}{path}" for path in always)
    return found


def _with_views(pages: Iterable[str], root: str) -> Iterator[str]:
    """Pages below a site's root, in all their views, and what lies above them."""
    for url_path in pages:
        if not url_path.startswith(root):
            continue
        path = url_path[len(root) :]
        yield path
        yield from (f"{path}?view={view}" for view in VIEWS)
        parts = path.strip("/").split("/")
        yield from ("".join(f"{part}/" for part in parts[:end]) for end in range(len(parts)))


def _frame() -> set[str]:
    """Front pages, papers, sections and years: where most readers come in."""
    names = ("HomePage", "PublicationPage", "SectionPage", "YearPage")
    models = [apps.get_model("archive", name).objects.order_by() for name in names]
    return {path for pages in models for path in pages.values_list("url_path", flat=True)[:MOST]}


def _prefix(language: str) -> str:
    return f"/{language}/" if django_settings.USE_I18N else "/"
