"""Caches whole pages for readers whom the site doesn't know, and tells caches how long to.

An answer is stored with the versions of what it shows. It is given again as long as the database
has the same versions: so a change is seen by the next reader, whichever process serves him.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_etags

import archive
from archive.caches import forgiving
from archive.conf import settings
from archive.site.caching import versions
from archive.site.caching.purge import UNPURGED, is_purged
from archive.site.caching.site_chrome import find_site
from archive.site.caching.versions import SITE, keys_of, neutral_path
from archive.site.modes import chosen_mode
from archive.site.twins import wants_markdown

# What is worked out anew for each answer. All other headers belong to the page: among them those
# of middleware that isn't asked again, such as X-Frame-Options.
_MADE_ANEW = {"date", "expires", "last-modified"}
_VARIES_ON = {"cookie", "accept-encoding", "accept-language"}
# What a page shows: its own address's content; whatever changes with stories and names; the same,
# and what is of this day.
_OWN, _ALL, _TODAY = "o", "a", "t"
LONGEST_QUERY = 400


@dataclass(frozen=True)
class CachedPage:
    """`version` is of all that it was made with; `scope` says of what."""

    version: str
    scope: str
    content: bytes
    headers: dict[str, str]


class ReaderCacheMiddleware:
    """Place it before the middleware that compresses, and before sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if django_settings.DEBUG or not _may_be_asked(request):
            return _kept_private(request, self.get_response(request))
        _drop_ignored_parameters(request)
        # One query: what this page may depend on, and whether the site's frame is the same.
        request.archive_versions = versions.read(keys_of(request))  # type: ignore[attr-defined]
        name = _variant(request)
        if (scope := _known_scope(request, name)) is not None:
            return _with_headers(request, HttpResponseNotModified(), scope, name)
        page = _cached(name)
        if page is None:
            return self._answer(request, name)
        if _is_current(page, request):
            return _given(request, page, name)
        # One that was cached and has changed: its readers may all come at once.
        key = _cache_key(name)

        def look() -> CachedPage | None:
            found = _cached(name)
            return found if found and _is_current(found, request) else None

        with claimed(key) as is_mine:
            if not is_mine and (found := awaited(key, look)) is not None:
                return _given(request, found, name)
            return self._answer(request, name)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        # Of a site's own pages the archive knows no versions.
        if match and "archive" in match.app_names:
            # Wagtail looks for the site at the request before it asks the database.
            find_site(request)
            request.archive_is_public = not str(match.url_name).startswith("search")  # type: ignore[attr-defined]

    def _answer(self, request: HttpRequest, name: str) -> HttpResponse:
        response = self.get_response(request)
        if not _may_be_cached(request, response):
            return _asked_anew(request, response)
        scope = _scope(request)
        if settings.CACHE_PAGES and request.method == "GET":
            headers = {key: text for key, text in response.items() if key.lower() not in _MADE_ANEW}
            page = CachedPage(_version(request, scope), scope, response.content, headers)
            forgiving(settings.CACHE_ALIAS).set(_cache_key(name), page, settings.CACHE_SECONDS)
        return _with_headers(request, response, scope, name)


def _scope(request: HttpRequest) -> str:
    if getattr(request, "archive_is_of_today", False):
        return _TODAY
    return _OWN if getattr(request, "archive_is_own", False) else _ALL


def _may_be_asked(request: HttpRequest) -> bool:
    """Nobody is logged in, and nothing is remembered of the reader but the view.

    Nor does the request say where the site is mounted: WSGI servers take a client's header
    `SCRIPT_NAME` for that, and all links of the page would begin with it.
    """
    if request.META.get("SCRIPT_NAME", "") != (django_settings.FORCE_SCRIPT_NAME or ""):
        return False
    is_known = "Authorization" in request.headers or "REMOTE_USER" in request.META
    has_session = django_settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in ("GET", "HEAD") and not is_known and not has_session


def _drop_ignored_parameters(request: HttpRequest) -> None:
    """Takes out what only counts visits, so that it is neither looked at nor passed on."""
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return
    pairs = parse_qsl(query, keep_blank_values=True)
    ignored = settings.CACHE_IGNORED_PARAMETERS
    counted = [pair for pair in pairs if not any(fnmatch(pair[0], one) for one in ignored)]
    if len(counted) < len(pairs):
        request.META["QUERY_STRING"] = urlencode(counted)


def _variant(request: HttpRequest) -> str:
    """Everything about the request that the answer may depend on, as a digest."""
    names_language = neutral_path(request.path_info) != request.path_info
    parts = [
        request.scheme or "",
        request.get_host(),
        request.get_full_path(),
        chosen_mode(request),
        "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "",
        "markdown" if wants_markdown(request) else "",
        "" if names_language else translation.get_language_from_request(request),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _given(request: HttpRequest, page: CachedPage, name: str) -> HttpResponse:
    response = HttpResponse(page.content, headers=page.headers)
    return _with_headers(request, response, page.scope, name)


def _kept_private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What a known reader sees is nobody else's."""
    # Templates that are being worked on change without a new version.
    is_public = getattr(request, "archive_is_public", False) and not django_settings.DEBUG
    if is_public and "Cache-Control" not in response:
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
    return _asked_anew(request, response)


def _asked_anew(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A search, an error: caches in front keep what says nothing for as long as they like."""
    is_redirect = 300 <= response.status_code < 400
    if hasattr(request, "archive_is_public") and not is_redirect:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _may_be_cached(request: HttpRequest, response: HttpResponse) -> bool:
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
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def _cached(name: str) -> CachedPage | None:
    if not settings.CACHE_PAGES:
        return None
    found = forgiving(settings.CACHE_ALIAS).get(_cache_key(name))
    # Somebody else's entry under this name is none.
    return found if isinstance(found, CachedPage) else None


def _is_current(page: CachedPage, request: HttpRequest) -> bool:
    return page.version == _version(request, page.scope)


def _cache_key(name: str) -> str:
    return f"archive.page.{program_version()}.{name}"


def _version(request: HttpRequest, scope: str) -> str:
    found = request.archive_versions  # type: ignore[attr-defined]
    values = [found[key].value for key in keys_of(request, is_own=scope == _OWN)]
    return " ".join([*values, *([f"{timezone.localdate()}"] if scope == _TODAY else [])])


def _midnights() -> tuple[datetime, datetime]:
    """Between which today lies, in the site's time zone."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    zone = timezone.get_current_timezone()
    # Each by itself: a day on which the clocks change hasn't 24 hours.
    return today.replace(tzinfo=zone), (today + timedelta(days=1)).replace(tzinfo=zone)


def _with_headers(
    request: HttpRequest, response: HttpResponse, scope: str, name: str
) -> HttpResponse:
    """The answer with its validators; 304 for a reader who has this very copy."""
    response["ETag"] = _etag(request, name, scope)
    found = request.archive_versions  # type: ignore[attr-defined]
    is_own, most = scope == _OWN, None
    moments = [found[key].at for key in keys_of(request, is_own=is_own)]
    if scope == _TODAY:
        began, ends = _midnights()
        moments.append(began)
        most = int((ends - timezone.now()).total_seconds())
    moment = max([program_changed_at(), *filter(None, moments)]).replace(microsecond=0)
    changed = None
    # A second that isn't over may bring another change.
    if timezone.now() >= moment + timedelta(seconds=1):
        changed = int(moment.timestamp())
        response["Last-Modified"] = http_date(changed)
    is_told = is_purged(request, is_own=is_own)
    response["Cache-Control"] = settings.cache_control(most) if is_told else UNPURGED
    varies = ["Cookie", "Accept-Encoding", *(["Accept"] if settings.MARKDOWN else [])]
    patch_vary_headers(response, varies)
    return get_conditional_response(request, response["ETag"], changed, response) or response


def _etag(request: HttpRequest, name: str, scope: str) -> str:
    """Weak, since compression changes the bytes. Its first letter says what it was made of."""
    version = _version(request, scope)
    return f'W/"{scope}-{versions.address_key(f"{program_version()} {name} {version}")}"'


def _known_scope(request: HttpRequest, name: str) -> str | None:
    """Of a copy that the reader has and that is still right: told without making the page."""
    for tag in parse_etags(request.headers.get("If-None-Match", "")):
        scope = tag.removeprefix('W/"')[:1]
        if scope in (_OWN, _ALL, _TODAY) and tag == _etag(request, name, scope):
            return scope
    return None


# After this time whoever makes it is taken for dead.
MAKING_SECONDS = 10
# Who has waited so long makes the page as well.
WAITING_SECONDS = 1.0
_PAUSE = 0.02


def awaited(key: str, look: Callable[[], CachedPage | None]) -> CachedPage | None:
    """What another process is making right now, as `look` finds it; None: make it yourself.

    Never an old page: what `look` gives is right by the versions of this request.
    """
    cache, until = forgiving(settings.CACHE_ALIAS), time.monotonic() + WAITING_SECONDS
    while cache.get(f"{key}.making") is not None and time.monotonic() < until:
        time.sleep(_PAUSE)
        if (found := look()) is not None:
            return found
    # It may have been cached and its mark taken away between two looks.
    return look()


@contextmanager
def claimed(key: str) -> Iterator[bool]:
    """Mark the page as being made; gives False where another process has done so."""
    cache, mark = forgiving(settings.CACHE_ALIAS), f"{key}.making"
    is_mine = cache.add(mark, 1, MAKING_SECONDS)
    try:
        yield is_mine
    finally:
        if is_mine:
            cache.delete(mark)


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
    folders = {Path(archive.__file__).parent, *map(Path, django_settings.LOCALE_PATHS)}
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            folders.update(map(Path, engine.template_dirs))
    if django_settings.STATIC_ROOT:
        folders.add(Path(django_settings.STATIC_ROOT))
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return datetime.fromtimestamp(max((path.stat().st_mtime for path in files), default=0), UTC)
