"""Keeps whole pages for readers whom the site doesn't know, and tells caches how long to.

An answer is kept with the stamps of what it shows. It is given again as long as the database
has the same stamps: so a change is seen by the next reader, whichever process serves him.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings as django_settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

import archive
from archive.conf import settings
from archive.site.caching import requests, versions
from archive.site.caching.purge import UNPURGED, is_purged
from archive.site.caching.site_chrome import find_site
from archive.site.caching.versions import SITE

# What is worked out anew for each answer. All other headers belong to the page: among them those
# of middleware that isn't asked again, such as X-Frame-Options.
_MADE_ANEW = {"date", "expires", "last-modified"}
_VARIES_ON = {"cookie", "accept-encoding", "accept-language"}
_OWN, _ALL = "o", "a"


@dataclass(frozen=True)
class KeptPage:
    """`word` holds the stamps that it was made with; `is_own`: of its own address only."""

    word: str
    is_own: bool
    content: bytes
    headers: dict[str, str]


class ReaderCacheMiddleware:
    """Place it before the middleware that compresses, and before sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if django_settings.DEBUG or not _may_be_asked(request):
            return _kept_private(request, self.get_response(request))
        requests.drop_ignored_parameters(request)
        # One query: what this page may depend on, and whether the site's frame is the same.
        found = versions.read(requests.all_keys(request))
        request.archive_stamps = found  # type: ignore[attr-defined]
        name = requests.variant(request)
        if (scope := _known_scope(request, found, name)) is not None:
            return _headed(request, HttpResponseNotModified(), scope == _OWN, name)
        kept = _kept(name)
        if kept is None:
            return self._answer(request, name)
        if _is_right(kept, request, found):
            return _given(request, kept, name)
        return self._renewed(request, name)

    def _renewed(self, request: HttpRequest, name: str) -> HttpResponse:
        """A page that was kept and has changed: its readers may all come at once."""
        found, key = request.archive_stamps, _cache_key(name)  # type: ignore[attr-defined]

        def look() -> KeptPage | None:
            kept = _kept(name)
            return kept if kept and _is_right(kept, request, found) else None

        with claimed(key) as is_mine:
            if not is_mine and (kept := awaited(key, look)) is not None:
                return _given(request, kept, name)
            return self._answer(request, name)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        if match and (match.url_name == "wagtail_serve" or "archive" in match.app_names):
            # Wagtail looks for the site at the request before it asks the database.
            find_site(request)
            request.archive_is_public = not str(match.url_name).startswith("search")  # type: ignore[attr-defined]

    def _answer(self, request: HttpRequest, name: str) -> HttpResponse:
        response = self.get_response(request)
        if not _may_be_kept(request, response):
            return response
        is_own = getattr(request, "archive_is_own", False)
        if settings.CACHE_PAGES and request.method == "GET":
            _keep(name, request, response, is_own)
        return _headed(request, response, is_own, name)


def _given(request: HttpRequest, kept: KeptPage, name: str) -> HttpResponse:
    response = HttpResponse(kept.content, headers=kept.headers)
    return _headed(request, response, kept.is_own, name)


def _may_be_asked(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and requests.is_anonymous(request)


def _kept_private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What a known reader sees is nobody else's."""
    # Templates that are being worked on change without a stamp.
    if (
        not django_settings.DEBUG
        and getattr(request, "archive_is_public", False)
        and "Cache-Control" not in response
    ):
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
    return response


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        getattr(request, "archive_is_public", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(name in response for name in ("Cache-Control", "ETag"))
        and not getattr(request, "is_preview", False)
        # A word that lets scripts run once is for one answer only.
        and not getattr(request, "_csp_nonce", None)
        and vary <= _VARIES_ON
        and len(request.META.get("QUERY_STRING", "")) <= requests.LONGEST_QUERY
    )


def _kept(name: str) -> KeptPage | None:
    """The page as it was kept, right or not."""
    if not settings.CACHE_PAGES:
        return None
    kept: KeptPage | None = caches[settings.CACHE_ALIAS].get(_cache_key(name))
    return kept


def _is_right(kept: KeptPage, request: HttpRequest, found: dict[str, versions.Stamp]) -> bool:
    return kept.word == _word(request, found, kept.is_own)


def _keep(name: str, request: HttpRequest, response: HttpResponse, is_own: bool) -> None:
    headers = {name: value for name, value in response.items() if name.lower() not in _MADE_ANEW}
    word = _word(request, request.archive_stamps, is_own)  # type: ignore[attr-defined]
    page = KeptPage(word, is_own, response.content, headers)
    caches[settings.CACHE_ALIAS].set(_cache_key(name), page, settings.CACHE_SECONDS)


def _cache_key(name: str) -> str:
    return f"archive.page.{program_version()}.{name}"


def _word(request: HttpRequest, found: dict[str, versions.Stamp], is_own: bool) -> str:
    return requests.word_of(found, requests.keys_of(request, is_own))


def _headed(request: HttpRequest, response: HttpResponse, is_own: bool, name: str) -> HttpResponse:
    found = request.archive_stamps  # type: ignore[attr-defined]
    response["ETag"] = _etag(request, found, name, _OWN if is_own else _ALL)
    moment = _changed_at(request, found, is_own)
    # A second that isn't over may bring another change.
    if timezone.now() >= moment + timedelta(seconds=1):
        response["Last-Modified"] = http_date(moment.timestamp())
    is_told = is_purged(request, is_own=is_own)
    response["Cache-Control"] = settings.CACHE_CONTROL if is_told else UNPURGED
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    changed = _timestamp(response.get("Last-Modified"))
    return get_conditional_response(request, response["ETag"], changed, response) or response


def _timestamp(date: str | None) -> int | None:
    return parse_http_date_safe(date) if date else None


def _etag(request: HttpRequest, found: dict[str, versions.Stamp], name: str, scope: str) -> str:
    """Weak, since compression changes the bytes. Its first letter says what it was made of."""
    word = _word(request, found, scope == _OWN)
    return f'W/"{scope}-{versions.address_key(f"{program_version()} {name} {word}")}"'


def _changed_at(request: HttpRequest, found: dict[str, versions.Stamp], is_own: bool) -> datetime:
    moments = [found[key].at for key in requests.keys_of(request, is_own)]
    return (
        max([program_changed_at(), *filter(None, moments)]).astimezone(UTC).replace(microsecond=0)
    )


def _known_scope(request: HttpRequest, found: dict[str, versions.Stamp], name: str) -> str | None:
    """Of a copy that the reader has and that is still right: told without making the page."""
    for tag in parse_etags(request.headers.get("If-None-Match", "")):
        scope = tag.removeprefix('W/"')[:1]
        if scope in (_OWN, _ALL) and tag == _etag(request, found, name, scope):
            return scope
    return None


# After this time whoever makes it is taken for dead.
MAKING_SECONDS = 10
# Who has waited so long makes the page as well.
WAITING_SECONDS = 1.0
_PAUSE = 0.02

Kept = TypeVar("Kept")


def awaited(key: str, kept: Callable[[], Kept | None]) -> Kept | None:
    """What another process is making right now, as `kept` finds it; None: make it yourself.

    Never an old page: what `kept` gives is right by the stamps of this request.
    """
    cache, until = caches[settings.CACHE_ALIAS], time.monotonic() + WAITING_SECONDS
    while cache.get(_name(key)) is not None and time.monotonic() < until:
        time.sleep(_PAUSE)
        if (found := kept()) is not None:
            return found
    # It may have been kept and its mark taken away between two looks.
    return kept()


@contextmanager
def claimed(key: str) -> Iterator[bool]:
    """Mark the page as being made; gives False where another process has done so."""
    cache = caches[settings.CACHE_ALIAS]
    is_mine = cache.add(_name(key), 1, MAKING_SECONDS)
    try:
        yield is_mine
    finally:
        if is_mine:
            cache.delete(_name(key))


def _name(key: str) -> str:
    return f"{key}.making"


_SETTINGS = ("LANGUAGES", "TIME_ZONE", "STATIC_URL", "MEDIA_URL", "INSTALLED_APPS", "STORAGES")


@cache
def program_version() -> str:
    """Another word after an upgrade, another setting or another template."""
    own = {
        name: getattr(django_settings, name)
        for name in dir(django_settings)
        if name.startswith("ARCHIVE_") or name in _SETTINGS
    }
    text = f"{archive.__version__} {sorted(own.items())} {program_changed_at()} {SITE}"
    return sha256(text.encode()).hexdigest()[:12]


@cache
def program_changed_at() -> datetime:
    """When a file that pages are made with was last written."""
    files = [path for folder in _folders() for path in folder.rglob("*") if path.is_file()]
    newest = max((path.stat().st_mtime for path in files), default=0)
    return datetime.fromtimestamp(newest, UTC)


def _folders() -> set[Path]:
    folders = {Path(archive.__file__).parent}
    folders.update(Path(folder) for folder in django_settings.LOCALE_PATHS)
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            folders.update(Path(folder) for folder in engine.template_dirs)
    if django_settings.STATIC_ROOT:
        folders.add(Path(django_settings.STATIC_ROOT))
    return {folder for folder in folders if folder.is_dir()}
