"""Servers that speak JSON over HTTP, asked patiently; engines of drafts among them.

The standard library does: it is one request, and no redirect may be followed.
"""

import json
import logging
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.translation import gettext as _

from archive import __version__
from archive.contrib.machinery.engines import NO_CONTEXT, DraftContext, EngineError, MachineEngine

# Too many requests; the server's own trouble.
_BUSY = frozenset({429, 500, 502, 503, 504, 529})
# Far more than a story's text: an answer beyond it is none.
_MOST_BYTES = 4 * 1024 * 1024
_CHUNK = 64 * 1024
# What a header of HTTP can hold.
_KEY = re.compile("[!-~]*")

logger = logging.getLogger(__name__)


class NoRedirects(HTTPRedirectHandler):
    """An engine's key goes to the address that the site's settings name, and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass(frozen=True)
class EngineAnswer:
    """What came back: `data` is the JSON object, {} where there is none to read."""

    status: int
    data: Mapping[str, Any]


class JsonServer(ABC):
    """A server that is asked in JSON. Options: `timeout` and `pause` (before asking again), in s.

    `name` is shown to people; `message_key` is where an answer says what is wrong; a busy server
    is asked `attempts` times.
    """

    name: str
    options: Mapping[str, Any]
    message_key: str
    default_timeout: float = 20
    attempts = 3

    @classmethod
    def problems(cls, options: Mapping[str, Any]) -> list[str]:
        found, timeout = [], options.get("timeout", 1)
        if not isinstance(timeout, int | float) or isinstance(timeout, bool) or timeout <= 0:
            found.append("“timeout” must be a positive number of seconds.")
        if not _KEY.fullmatch(str(options.get("key") or "")):
            found.append("“key” has blanks, line ends or signs that no key has: copy it anew.")
        return found

    @property
    @abstractmethod
    def url(self) -> str:
        """Where requests go."""

    @property
    def headers(self) -> dict[str, str]:
        """What goes along with each request beside the usual."""
        return {}

    def special_error(self, answer: EngineAnswer, message: str) -> EngineError | None:
        """What an answer means that other servers don't give."""
        return None

    def ask(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a good answer holds; raises EngineError."""
        answer = self._post(encoded(payload))
        if answer.status != 200:
            raise self._error_of(answer)
        return answer.data

    def unreadable(self) -> EngineError:
        message = _("%(engine)s returned an unreadable answer. Try again later.")
        return EngineError(message % {"engine": self.name})

    def key_refused(self) -> EngineError:
        text = _("%(engine)s refuses the site's key. Ask an administrator for another.")
        return EngineError(text % {"engine": self.name})

    def _post(self, payload: bytes) -> EngineAnswer:
        for attempt in range(self.attempts - 1):
            answer = self._post_once(payload)
            if answer.status not in _BUSY:
                return answer
            time.sleep(self.options.get("pause", 1) * 2**attempt)
        return self._post_once(payload)

    def _post_once(self, payload: bytes) -> EngineAnswer:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"wagtail-bilingual-archive/{__version__}",
            **self.headers,
        }
        timeout = self.options.get("timeout", self.default_timeout)
        latest = time.monotonic() + timeout
        try:
            request = Request(self.url, data=payload, headers=headers, method="POST")  # noqa: S310
            with build_opener(NoRedirects).open(request, timeout=timeout) as response:
                return EngineAnswer(response.status, _read(response, latest))
        except HTTPError as error:
            with error:
                return EngineAnswer(error.code, _read(error, latest))
        except OSError as error:  # URLError is one.
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, TimeoutError):
                reason = _("no response in time")
            raise self._unreachable(reason) from error
        except (HTTPException, ValueError) as error:
            # What Python says here may quote the address or the headers, with the key.
            raise self._unreachable(type(error).__name__) from None

    def _unreachable(self, reason: object) -> EngineError:
        message = _("%(engine)s can't be reached (%(reason)s). Try again later.")
        return EngineError(message % {"engine": self.name, "reason": reason})

    def _error_of(self, answer: EngineAnswer) -> EngineError:
        said = answer.data.get(self.message_key, "")
        message = str(said.get("message", "") if isinstance(said, Mapping) else said)[:200]
        if special := self.special_error(answer, message):
            return special
        if answer.status in (401, 403):
            return self.key_refused()
        if answer.status == 429:
            text = _("%(engine)s is busy. Try again in a minute.")
        elif answer.status == 413:
            text = _("This is too much text for %(engine)s at once.")
        elif answer.status >= 500:
            text = _("%(engine)s is unavailable (%(status)s). Try again later.")
        else:
            text = _("%(engine)s refused (%(status)s). The server's log says why.")
        # A server may quote the key, so its words are for whoever knows the key anyway.
        logger.warning("%s answered %d: %s", self.name, answer.status, self._redacted(message))
        return EngineError(text % {"engine": self.name, "status": answer.status})

    def _redacted(self, message: str) -> str:
        for value in self.options.values():
            if isinstance(value, str) and value:
                message = message.replace(value, "…")
        return message


class HttpEngine(JsonServer, MachineEngine):
    """Sends the segments in batches; `texts_key` is where a request has its texts."""

    texts_key: str
    default_batch = 20

    @abstractmethod
    def frame(
        self, source_language: str, target_language: str, context: DraftContext
    ) -> dict[str, Any]:
        """A request without its texts."""

    def payload(self, frame: dict[str, Any], batch: list[str]) -> dict[str, Any]:
        """The request with its texts."""
        return {**frame, self.texts_key: batch}

    def batches(self, segments: Sequence[str], frame: dict[str, Any]) -> Iterable[list[str]]:
        """The segments as they fit into requests."""
        size = self.options.get("batch", self.default_batch)
        return (list(segments[start : start + size]) for start in range(0, len(segments), size))

    @abstractmethod
    def drafts_in(self, data: Mapping[str, Any]) -> Sequence[Any]:
        """The drafts of a good answer."""

    def translate(
        self,
        segments: Sequence[str],
        source_language: str,
        target_language: str,
        context: DraftContext = NO_CONTEXT,
    ) -> list[str]:
        frame = self.frame(source_language, target_language, context)
        drafts: list[str] = []
        for batch in self.batches(segments, frame):
            found = self.drafts_in(self.ask(self.payload(frame, batch)))
            if len(found) != len(batch) or not all(isinstance(one, str) for one in found):
                raise self.unreadable()
            drafts += found
        return drafts


def _read(response: Any, latest: float) -> dict[str, Any]:
    """{} for what is no JSON object, too much, or not there in time: a server may dribble."""
    read = b""
    while len(read) < _MOST_BYTES and time.monotonic() < latest:
        if not (more := response.read1(_CHUNK)):
            break
        read += more
    try:
        data = json.loads(read)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def server_problems(options: Mapping[str, Any], wanted: str) -> list[str]:
    """What is wrong with the address and the batches of a server of one's own choice."""
    url, batch = str(options.get("url", "")), options.get("batch", 1)
    found = [] if url.startswith(("http://", "https://")) else [f"“url” is missing: {wanted}."]
    if not isinstance(batch, int) or batch < 1:
        found.append("“batch” must be a positive whole number of segments.")
    return found


def encoded(payload: Mapping[str, Any]) -> bytes:
    """Chinese as three bytes a character rather than six."""
    return json.dumps(payload, ensure_ascii=False).encode()
