"""What of a request decides the answer: its address, its parameters, the reader's chosen view."""

from fnmatch import fnmatch
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.utils import translation

from archive.conf import settings
from archive.site.caching.versions import NAMES, SITE, STORIES, Stamp, address_key
from archive.site.modes import chosen_mode

LONGEST_QUERY = 400


def is_anonymous(request: HttpRequest) -> bool:
    """Nobody is logged in, and nothing is remembered of the reader but the view."""
    is_known = "Authorization" in request.headers or "REMOTE_USER" in request.META
    return not is_known and django_settings.SESSION_COOKIE_NAME not in request.COOKIES


def shows_its_own(request: HttpRequest) -> None:
    """Say that a page changes only when its own address or the site's frame is touched."""
    request.archive_is_own = True  # type: ignore[attr-defined]


def neutral_path(path: str) -> str:
    """The path below the language: /en/china-daily/ -> /china-daily/."""
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{rest}" if first in _language_codes() else path


def _language_codes() -> set[str]:
    return {code for code, _name in django_settings.LANGUAGES}


def own_key(request: HttpRequest) -> str:
    """The key of this page's own content, the same in both languages."""
    return address_key(neutral_path(request.path_info))


def all_keys(request: HttpRequest) -> list[str]:
    """What any page may depend on, whatever it shows."""
    return [SITE, own_key(request), STORIES, NAMES]


def keys_of(request: HttpRequest, is_own: bool) -> list[str]:
    """What this page depends on: with `is_own`, its own content and the frame of the site."""
    return [SITE, own_key(request)] if is_own else all_keys(request)


def drop_ignored_parameters(request: HttpRequest) -> None:
    """Takes out what only counts visits, so that it is neither looked at nor passed on."""
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _is_ignored(pair[0])]
    if len(kept) < len(pairs):
        request.META["QUERY_STRING"] = urlencode(kept)


def _is_ignored(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in settings.CACHE_IGNORED_PARAMETERS)


def variant(request: HttpRequest) -> str:
    """Everything about the request that the answer may depend on, as a digest."""
    parts = [
        request.scheme or "",
        request.get_host(),
        request.get_full_path(),
        chosen_mode(request),
        "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "",
        "" if _names_language(request) else translation.get_language_from_request(request),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _names_language(request: HttpRequest) -> bool:
    return neutral_path(request.path_info) != request.path_info


def word_of(stamps: dict[str, Stamp], keys: list[str]) -> str:
    return " ".join(stamps[key].word for key in keys)
