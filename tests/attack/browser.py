"""Requests as a client writes them, through what stands for the site's proxy."""

import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage, HTTPResponse
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import quote, urlencode

# Nobody waits longer for one answer, nor for all attacks together.
PATIENCE_S, LONGEST_S = 20, 300
EVIL = "evil.example"
FILE = tuple[str, str, bytes]
_ASCII = "".join(map(chr, range(33, 127)))
_hosts = count(1)


@dataclass(frozen=True)
class Answer:
    """`status` is 0 if the server hung up; `url` is where it leads on to, if anywhere."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def status_code(self) -> int:
        """Django's name for it."""
        return self.status

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def url(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Site:
    """Where it listens, and until when it is attacked, by `time.monotonic()`."""

    port: int
    until: float = float("inf")

    def speak(self, request: bytes) -> Answer:
        """Whatever is sent, sent as it is. Raises TimeoutError."""
        patience = min(PATIENCE_S, self.until - time.monotonic())
        if patience <= 0:
            raise TimeoutError("no time is left for the attacks")
        with socket.create_connection(("127.0.0.1", self.port), patience) as line:
            response = HTTPResponse(line)
            # It may have read enough, and answered.
            with suppress(ConnectionError):
                line.sendall(request)
            try:
                response.begin()
                return Answer(response.status, response.headers, response.read())
            except (ConnectionError, HTTPException):
                return Answer(0, HTTPMessage(), b"")


@dataclass
class Browser:
    """Keeps cookies; the proxy adds the address and says that the reader came by https."""

    site: Site
    address: str = ""
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": "a" * 32})

    def __post_init__(self) -> None:
        number = next(_hosts)
        self.address = self.address or f"198.18.{number // 250}.{number % 250 + 1}"

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, headers, b"")

    def post(
        self, path: str, data: object = None, files: tuple[FILE, ...] = (), **headers: str
    ) -> Answer:
        """`data` as a form's fields, or bytes as they are; files as (field, name, content)."""
        kind, body = "application/x-www-form-urlencoded", data
        if files:
            assert isinstance(data, dict)
            kind, body = "multipart/form-data; boundary=cut", _multipart(data, files)
        elif not isinstance(body, bytes):
            body = urlencode(body or {}, doseq=True).encode()  # type: ignore[arg-type]
        return self._ask("POST", path, {"Content_Type": kind, **headers}, body)

    def request(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
        """As the proxy sends it on. What the client says of addresses stands before the proxy's."""
        # But for SCRIPT_NAME, which a server may know with an underscore only.
        own = {
            name if name.isupper() else name.replace("_", "-").lower(): text
            for name, text in headers.items()
        }
        address = ", ".join(filter(None, [own.pop("x-forwarded-for", ""), self.address]))
        origin = f"127.0.0.1:{self.site.port}"
        sent = {
            "host": origin,
            "referer": f"https://{origin}/",
            "cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items()),
            "x-csrftoken": self.cookies["csrftoken"],
            "x-forwarded-proto": "https",
            "x-forwarded-for": address,
            "connection": "close",
            "content-length": str(len(body)),
            **own,
        }
        head = "".join(f"{name}: {text}\r\n" for name, text in sent.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode(errors="surrogateescape") + body

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        path = quote(path, safe=_ASCII)
        answer = self.site.speak(self.request(method, path, headers, body))
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer

    def log_in(self, name: str, password: str = "password", **more: str) -> Answer:
        return self.post("/admin/login/", {"username": name, "password": password, **more})


def _multipart(data: dict[str, object], files: tuple[FILE, ...]) -> bytes:
    parts = [
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in data.items()
    ]
    for name, file, content in files:
        head = f'--cut\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join([*parts, b"--cut--\r\n"])
