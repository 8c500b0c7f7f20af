"""Log records are lines of JSON that name their request and their stories."""

import json
import logging
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from archive.operations.logs import JsonFormatter, RequestFilter, RequestIdMiddleware
from archive.publishing import followers
from tests.factories import make_article

logger = logging.getLogger("tests.logs")


def told(record: logging.LogRecord) -> dict[str, Any]:
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


def answered(caplog: pytest.LogCaptureFixture, given: str) -> tuple[HttpResponse, Any]:
    """The answer to a request that logs something, and what it logged."""

    def view(request: HttpRequest) -> HttpResponse:
        logger.warning("Story %s: “%s”", 7, "湛江\n", extra={"stories": [7]})
        return HttpResponse("ok")

    request = RequestFactory().get("/en/", headers={"x-request-id": given})
    caplog.handler.addFilter(RequestFilter())
    caplog.handler.setFormatter(JsonFormatter())
    response = RequestIdMiddleware(view)(request)
    return response, json.loads(caplog.text)


def test_a_record_has_its_request_and_its_stories(caplog: pytest.LogCaptureFixture) -> None:
    response, said = answered(caplog, "edge-42")
    assert response["X-Request-ID"] == said["request_id"] == "edge-42"
    assert said["message"] == "Story 7: “湛江\n”"
    assert (said["method"], said["path"], said["stories"]) == ("GET", "/en/", [7])
    assert (said["level"], said["logger"]) == ("WARNING", "tests.logs")
    assert said["time"].endswith("+00:00")


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "湛江"])
def test_an_id_that_could_forge_a_log_is_replaced(
    given: str, caplog: pytest.LogCaptureFixture
) -> None:
    response, said = answered(caplog, given)
    assert response["X-Request-ID"] == said["request_id"] != given
    assert len(said["request_id"]) == 32


def test_an_answer_with_an_error_is_logged_with_its_request(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    response = Client().get("/en/nowhere/")
    (record,) = (one for one in caplog.records if one.name == "django.request")
    assert RequestFilter().filter(record)
    assert record.__dict__["request_id"] == told(record)["request_id"] == response["X-Request-ID"]
    assert told(record)["status_code"] == 404


def test_outside_a_request_there_is_none(caplog: pytest.LogCaptureFixture) -> None:
    logger.warning("Alone")
    (record,) = caplog.records
    assert RequestFilter().filter(record)
    assert record.__dict__["request_id"] == "-"
    assert "request_id" not in told(record)


def test_what_fails_after_a_publication_names_its_story(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(pks: object) -> None:
        raise ValueError("odd")

    story = make_article("Port opens")
    monkeypatch.setattr(followers, "SEARCH", followers.Follower("search index", fail))
    with followers.gathered():
        followers.follow_later([story.pk], followers.SEARCH)
    (record,) = (one for one in caplog.records if one.name == followers.__name__)
    assert told(record)["stories"] == [story.pk]
    assert "ValueError: odd" in told(record)["traceback"]
