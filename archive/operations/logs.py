"""Log records as JSON, and with the id of the request that they belong to.

A site's LOGGING names `JsonFormatter` and `RequestFilter` by their dotted paths: docs/server.md.
"""

import json
import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

# What a proxy may give; all else could forge lines of a log.
_ID = re.compile(r"[0-9A-Za-z._-]{1,64}")
_HEADER = "X-Request-ID"


@dataclass(frozen=True)
class _Request:
    id: str
    method: str
    path: str


_current: ContextVar[_Request | None] = ContextVar("the request", default=None)


class RequestIdMiddleware:
    """Gives each request an id, the proxy's or a new one; the answer names it in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(_HEADER, "")
        id_ = given if _ID.fullmatch(given) else uuid.uuid4().hex
        found = _Request(id_, request.method or "", request.path)
        # Django logs answers with errors once this middleware is left.
        request.archive_log_facts = found  # type: ignore[attr-defined]
        token = _current.set(found)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response[_HEADER] = id_
        return response


class RequestFilter(logging.Filter):
    """Lets everything pass; a record gets `request_id`, "-" outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = found.id if (found := _request_of(record)) else "-"
        return True


def _request_of(record: logging.LogRecord) -> _Request | None:
    request = getattr(record, "request", None)
    found: _Request | None = getattr(request, "archive_log_facts", None) or _current.get()
    return found


# What each record has; all else was given to it as `extra`.
_USUAL = {*vars(logging.makeLogRecord({})), "message", "asctime", "request", "request_id"}


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message; the request's id, method
    and path; what it was given as `extra`, such as `stories`, the ids of stories; the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        said = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if found := _request_of(record):
            said |= {"request_id": found.id, "method": found.method, "path": found.path}
        said |= {key: value for key, value in vars(record).items() if key not in _USUAL}
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)
