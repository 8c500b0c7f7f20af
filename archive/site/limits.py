"""Limits on how often somebody may try something, and who that is.

What guards passwords and the desk is counted in the database, so that all processes and servers
count together. Light limits are counted in the cache: a query more would cost more than it saves.
"""

import ipaddress
import random
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings as django_settings
from django.db import models
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from archive.caches import forgiving
from archive.conf import settings

_SALT = "archive.throttle"
# Old rows are deleted at one count of so many.
ONE_IN = 100


_now = time.time


class Attempt(models.Model):
    """How often somebody tried something until then; `key` says nothing of who it was."""

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True)
class Limit:
    """`most` times in each stretch of so many seconds; `is_light`: counted in the cache."""

    name: str
    most: int
    seconds: int
    is_light: bool = False

    def count(self, *whose: object) -> int:
        """Counts one more; gives the seconds to wait if it's one too many, and else 0."""
        now = _now()
        end = (int(now // self.seconds) + 1) * self.seconds
        used = self._in_cache(whose, end) if self.is_light else self._in_database(whose, end)
        return max(1, round(end - now)) if used > self.most else 0

    def give_back(self, *whose: object) -> None:
        """Counts one less: it succeeded. Not for light limits."""
        end = (int(_now() // self.seconds) + 1) * self.seconds
        Attempt.objects.filter(key=self._key(whose, end), count__gt=0).update(count=F("count") - 1)

    def _key(self, whose: tuple[object, ...], end: int) -> str:
        text = "\n".join(map(str, (self.name, end, *whose)))
        return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()

    def _in_cache(self, whose: tuple[object, ...], end: int) -> int:
        key, kept = f"{_SALT}.{self._key(whose, end)}", forgiving()
        kept.add(key, 0, self.seconds)
        try:
            return kept.incr(key)
        except ValueError:  # Nothing is kept at the moment.
            return 1

    def _in_database(self, whose: tuple[object, ...], end: int) -> int:
        key, until = self._key(whose, end), datetime.fromtimestamp(end, UTC)
        if random.randrange(ONE_IN) == 0:  # noqa: S311 - housekeeping
            Attempt.objects.filter(until__lt=timezone.now()).delete()
        Attempt.objects.get_or_create(key=key, defaults={"until": until})
        Attempt.objects.filter(key=key).update(count=F("count") + 1)
        return Attempt.objects.filter(key=key).values_list("count", flat=True).first() or 1


def client_of(request: HttpRequest) -> str:
    """A name for the client that is good for a day, and says nothing of its address.

    A client is a household: an IPv4 address, or the /64 that an IPv6 one is of. "" if nobody can
    tell: the site says that it is behind a proxy, and not where that gives the address.
    """
    address = _address_of(request)
    if not address:
        return ""
    network: Any = address
    with suppress(ValueError):
        found: Any = ipaddress.ip_address(address)
        network = getattr(found, "ipv4_mapped", None) or found
        if network.version == 6:
            network = ipaddress.ip_network((network, 64), strict=False)
    day = timezone.now().date().isoformat()
    return salted_hmac(f"{_SALT}.{day}", str(network)).hexdigest()


def _address_of(request: HttpRequest) -> str:
    header = settings.CLIENT_ADDRESS_HEADER
    if not header:
        is_proxied = django_settings.SECURE_PROXY_SSL_HEADER or django_settings.USE_X_FORWARDED_HOST
        return "" if is_proxied else str(request.META.get("REMOTE_ADDR", ""))
    # Each proxy adds what it saw at the end; before it may stand whatever the client wrote.
    seen = [one.strip() for one in request.headers.get(header, "").split(",") if one.strip()]
    address = seen[-min(settings.TRUSTED_PROXIES, len(seen))] if seen else ""
    host, colon, port = address.rpartition(":")
    # "192.0.2.1:5678" and "[2001:db8::1]:5678", as some proxies write.
    if colon and port.isdecimal() and (host.endswith("]") or "." in host):
        address = host
    return address.strip("[]") or str(request.META.get("REMOTE_ADDR", ""))
