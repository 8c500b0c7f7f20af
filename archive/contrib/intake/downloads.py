"""Fetches files from the web: from hosts that are allowed, within a size and a time.

An allowed name may be made to lead into the network of the server itself. So the address that a
name stands for is looked up once, refused if it isn't a public one, and then asked. No proxy is
used: it would look the name up by itself.
"""

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter

from archive.contrib.intake.records import IntakeError
from archive.text.stored_messages import message as _

_MAX_BYTES = 50 * 1024 * 1024
_SECONDS_OF_SILENCE = 30
_SECONDS = 300
_REDIRECTS = 5
# Networks whose addresses stand for others, which may be private ones.
_TRANSLATED = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "2002::/16", "2001::/32"))


class Downloads:
    """`hosts` are those that may be asked. A redirect leads to one of them, or nowhere.

    `way_out` is what to do about another host, with %(address)s and %(host)s in it.
    """

    def __init__(self, hosts: Iterable[str], way_out: str) -> None:
        self.hosts, self.way_out = frozenset(hosts), way_out

    def refusal(self, address: str) -> str:
        """Why this address is not asked; "" if it may be."""
        host = host_of(address)
        if not host:
            return _("%(address)s is no web address") % {"address": address}
        return "" if host in self.hosts else self.way_out % {"address": address, "host": host}

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

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        for scheme in ("http://", "https://"):
            self.mount(scheme, _PublicAdapter())

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _PublicAdapter(HTTPAdapter):
    """Connects as requests does, but through `_connect`."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        pools: Any = self.poolmanager.pool_classes_by_scheme.items()
        self.poolmanager.pool_classes_by_scheme = {
            scheme: type(pool.__name__, (pool,), {"ConnectionCls": _public(pool.ConnectionCls)})
            for scheme, pool in pools
        }


def _public(connection: Any) -> type:
    return type(connection.__name__, (connection,), {"_new_conn": _connect})


def _connect(connection: Any) -> socket.socket:
    """A socket to the address that was checked, and not to what the name is looked up as later."""
    host = connection.host.strip("[]")
    found = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(map(is_public, addresses)):
        reason = _("%(host)s is in a private network; save its pictures beside the file")
        raise IntakeError(reason % {"host": host})
    return socket.create_connection((addresses[0], connection.port), connection.timeout)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the Internet: not of this machine, this network or none."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast and not any(ip in one for one in _TRANSLATED)


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


def named_host(name: str) -> str:
    """The host of a setting or option: "Pictures.example" or an address there; "" if none."""
    return host_of(name if "://" in name else f"http://{name}")


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
