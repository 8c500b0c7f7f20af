"""What keeps machines from filling the desk: a signed clock, and limits an hour."""

import ipaddress
import time
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from archive.conf import settings

# Nobody reads two paragraphs and says what is wrong in less; nobody takes longer than a day.
LEAST_SECONDS, MOST_SECONDS = 3, 24 * 3600
PER_CLIENT, PER_STORY, WINDOW_SECONDS = 10, 40, 3600
_SALT = "archive.report"


def opened(article_id: int, key: str) -> str:
    """Says, signed, when the form of this paragraph was given out."""
    return signing.dumps([article_id, key, time.time()], salt=_SALT)


def seconds_since(token: str, article_id: int, key: str) -> float | None:
    """How long ago that was; None for a token that is forged, too old, or another form's."""
    try:
        pk, of, at = signing.loads(token, salt=_SALT, max_age=MOST_SECONDS)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return time.time() - at if (pk, of) == (article_id, key) else None


def is_over_limit(request: HttpRequest, article_id: int) -> bool:
    """Counts one more report from this client and about this story; whether it is one too many.

    What a client sends beyond its own number doesn't use up the story's: nobody shuts it for all.
    """
    if _count(f"archive-report-client-{client_of(request)}") > PER_CLIENT:
        return True
    return _count(f"archive-report-story-{article_id}") > PER_STORY


def _count(key: str) -> int:
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # Its hour was over in between.
        return 1


def client_of(request: HttpRequest) -> str:
    """A name for the client that is good for a day, and says nothing of its address."""
    day = timezone.now().date().isoformat()
    return salted_hmac(f"{_SALT}.{day}", _network(_address(request))).hexdigest()


def _address(request: HttpRequest) -> str:
    header = settings.CLIENT_ADDRESS_HEADER
    # What the site's own proxy saw comes last; before it may stand whatever the client wrote.
    seen = request.headers.get(header, "").rpartition(",")[2].strip() if header else ""
    return seen or str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    """One household: an IPv4 address, or the /64 that an IPv6 one is of."""
    try:
        found: Any = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6 and not found.ipv4_mapped:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found.ipv4_mapped or found) if found.version == 6 else address
