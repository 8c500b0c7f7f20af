"""Speaks JSON over HTTP to an engine, patiently: a busy server is asked again."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.translation import gettext as _

from archive import __version__
from archive.desk.machinery.engines import EngineError

# Too many requests; the server's own trouble.
_BUSY = frozenset({429, 500, 502, 503, 504, 529})
# Far more than a story's text: an answer beyond it is none.
_MOST_BYTES = 4 * 1024 * 1024


class NoRedirects(HTTPRedirectHandler):
    """An engine's key goes to the address that the site's settings name, and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass(frozen=True)
class EngineAnswer:
    """What came back: `data` is the JSON, {} where there is none to read."""

    status: int
    data: Any


@dataclass(frozen=True)
class Service:
    """An engine's address; `timeout` and `pause` (before asking again) in seconds."""

    engine: str
    url: str
    headers: Mapping[str, str]
    timeout: float = 20
    pause: float = 1
    attempts: int = 3

    def post(self, payload: bytes) -> EngineAnswer:
        """The answer, whatever its status; raises EngineError when there is none."""
        answer = self._post_once(payload)
        for attempt in range(self.attempts - 1):
            if answer.status not in _BUSY:
                break
            time.sleep(self.pause * 2**attempt)
            answer = self._post_once(payload)
        return answer

    def _post_once(self, payload: bytes) -> EngineAnswer:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"wagtail-bilingual-archive/{__version__}",
            **self.headers,
        }
        request = Request(self.url, data=payload, headers=headers, method="POST")  # noqa: S310
        try:
            with build_opener(NoRedirects).open(request, timeout=self.timeout) as response:
                return EngineAnswer(response.status, _read(response))
        except HTTPError as error:
            with error:
                return EngineAnswer(error.code, _read(error))
        except TimeoutError as error:
            raise self._unreachable(_("no answer in time")) from error
        except URLError as error:
            late = isinstance(error.reason, TimeoutError)
            raise self._unreachable(_("no answer in time") if late else error.reason) from error
        except (HTTPException, OSError) as error:
            raise self._unreachable(error) from error

    def _unreachable(self, reason: Any) -> EngineError:
        message = _("%(engine)s can't be reached (%(reason)s). Try again later.")
        return EngineError(message % {"engine": self.engine, "reason": reason})


def _read(response: Any) -> Any:
    try:
        return json.loads(response.read(_MOST_BYTES))
    except ValueError:
        return {}


def encoded(payload: Mapping[str, Any]) -> bytes:
    """Chinese as three bytes a character rather than six."""
    return json.dumps(payload, ensure_ascii=False).encode()


def said(answer: EngineAnswer, key: str) -> str:
    """The engine's own words about an error, cut short; "" if it gave none."""
    words = answer.data.get(key, "") if isinstance(answer.data, dict) else ""
    return str(words)[:200]


def error_of(engine: str, answer: EngineAnswer, message: str) -> EngineError:
    """For an answer that isn't a draft: the statuses that engines share."""
    names = {"engine": engine, "status": answer.status, "message": message}
    if answer.status == 429:
        text = _("%(engine)s has too much to do just now. Try again in a minute.")
    elif answer.status == 413:
        text = _("This is too much text for %(engine)s at once.")
    elif answer.status >= 500:
        text = _("%(engine)s is out of order (%(status)s). Try again later.")
    else:
        text = _("%(engine)s refused: %(message)s (%(status)s).")
    return EngineError(text % names)


def key_refused(engine: str) -> EngineError:
    text = _(
        "%(engine)s refuses the site's key. Whoever looks after the site can mend it in "
        "ARCHIVE_MACHINE_OPTIONS."
    )
    return EngineError(text % {"engine": engine})
