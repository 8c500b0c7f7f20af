"""Fetches files of another site: from hosts that are allowed, within a size and a time."""

import time
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

import requests
from django.utils.translation import gettext as _

from archive.intake.records import IntakeError

_MAX_BYTES = 50 * 1024 * 1024
_SECONDS_OF_SILENCE = 30
_SECONDS = 300
_REDIRECTS = 5


class SiteDownloads:
    """`hosts` are those that may be asked. A redirect leads to one of them, or nowhere."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self.hosts = frozenset(hosts)

    def refusal(self, address: str) -> str:
        """Why this address is not asked; "" if it may be."""
        host = host_of(address)
        if not host:
            return _("%(address)s is no web address") % {"address": address}
        if host in self.hosts:
            return ""
        reason = _("%(address)s isn't on the old site; --download-from %(host)s allows it")
        return reason % {"address": address, "host": host}

    def read(self, address: str) -> bytes:
        """The file. Raises IntakeError where it can't be had or may not be asked for."""
        deadline, here = time.monotonic() + _SECONDS, address
        try:
            with _OneHopSession() as session:
                for _hop in range(_REDIRECTS + 1):
                    if refused := self.refusal(here):
                        raise IntakeError(refused)
                    with session.get(here, timeout=_SECONDS_OF_SILENCE, stream=True) as response:
                        if not response.is_redirect:
                            response.raise_for_status()
                            return _body(response, address, deadline)
                        # Servers write UTF-8 there; headers are read as Latin-1.
                        target = response.headers["location"].encode("latin-1", "replace")
                        here = urljoin(here, target.decode(errors="replace"))
        except IntakeError:
            raise
        # Of the network, of requests, and of urllib3 below it: the file can't be had.
        except Exception as error:
            raise IntakeError(f"{address}: {error}") from error
        raise IntakeError(_("%(address)s is redirected too often") % {"address": address})


class _OneHopSession(requests.Session):
    """Follows no redirect: requests' own way would also read the whole of its body."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def host_of(address: str) -> str:
    """ "https://Harbour.example/a.png" -> "harbour.example"; an unusual port stays, "" if none.

    The address is read as requests reads it, so that no other host is asked than the one checked.
    """
    try:
        parts = urlsplit(requests.Request("GET", address).prepare().url or "")
        port = parts.port
    except ValueError:  # Requests' errors of addresses are also that.
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    host = (parts.hostname or "").rstrip(".")
    return host if port in (None, 80, 443) else f"{host}:{port}"


def _body(response: requests.Response, address: str, deadline: float) -> bytes:
    data = bytearray()
    # Not iter_content: it waits for a full piece, however slowly that drips in.
    while piece := response.raw.read1(64 * 1024, decode_content=True):
        data += piece
        if len(data) > _MAX_BYTES:
            raise IntakeError(_("%(address)s is larger than 50 MB") % {"address": address})
        if time.monotonic() > deadline:
            reason = _("%(address)s took longer than %(count)d seconds")
            raise IntakeError(reason % {"address": address, "count": _SECONDS})
    return bytes(data)
