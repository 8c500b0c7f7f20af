"""A client that others' program writes from our description, and curl, on a server of our own."""

import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test import Client

from archive.models import ArticlePage
from tests.factories import (
    make_article,
    make_entity,
    make_publication,
    make_section,
    tag,
    translate,
)
from tests.ties.places import place, tie

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[4] / "docs" / "api.md"


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    """The site on 127.0.0.1, one request at a time, by the test's own connection."""
    site, shared = WSGIHandler(), connections["default"]

    def answer(environ: Any, start_response: Any) -> Any:
        connections["default"] = shared
        return site(environ, start_response)

    shared.inc_thread_sharing()
    # Between requests a site closes what is in a transaction, as the test's connection is. Django's
    # own test client sees to it in the same way, so nothing may ask by that from here on.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    found = make_server("127.0.0.1", 0, answer, handler_class=_Quiet)
    thread = Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    thread.join()
    found.server_close()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    shared.dec_thread_sharing()


@pytest.fixture
def client_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """What openapi-python-client writes."""
    schema, config = tmp_path / "openapi.json", tmp_path / "config.yaml"
    schema.write_text(Client().get("/api/v3/openapi.json").text, encoding="utf-8")
    # No linter is asked to make it pretty.
    config.write_text("post_hooks: []\n", encoding="utf-8")
    words = ["generate", "--path", schema, "--output-path", tmp_path / "archive_client"]
    program = Path(sys.executable).parent / "openapi-python-client"
    subprocess.run(
        [program, *words, "--meta", "none", "--config", config], check=True, capture_output=True
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    return import_module("archive_client")


def make_stories() -> list[ArticlePage]:
    """In the order of their changes: a translated one, one of another paper, a withdrawn one."""
    story = make_article("Ports", slug="ports", section=make_section(), print_page="17")
    tag(story, place("zhanjiang"))
    tag(story, make_entity("shipping", "Shipping", "航运", kind="topic"))
    tie(article=story)
    evening = make_publication("evening-news", en="Evening News")
    other = make_article("Other", slug="other", publication=evening, day=date(2016, 1, 2))
    tag(other, place("zhanjiang"))
    gone = make_article("Gone", slug="gone")
    gone.unpublish()
    translate(story, headline="港口")
    return [story, other, gone]


def test_a_generated_client_reads_all_of_it(client_code: ModuleType, server: str) -> None:
    stories = import_module("archive_client.api.stories.stories_list").sync
    story_of = import_module("archive_client.api.stories.stories_detail").sync
    pages = import_module("archive_client.api.pages.pages_list").sync
    page_of = import_module("archive_client.api.pages.pages_detail").sync
    models = import_module("archive_client.models")
    sent: list[Any] = []
    hooks = {"event_hooks": {"request": [sent.append]}}
    client = client_code.Client(base_url=server, raise_on_unexpected_status=True, httpx_args=hooks)
    story, other, gone = make_stories()

    def ids(**asked: Any) -> list[int]:
        return sorted(one.id for one in stories(client=client, **asked).items)

    every: list[dict[str, Any]] = [
        {},
        {"name": ["zhanjiang"]},
        {"date_from": date(2015, 1, 1), "date_to": date(2016, 12, 31)},
        {"changed_since": datetime(2020, 1, 1, tzinfo=UTC)},
        {"segments": True},
    ]
    for asked in every:
        assert ids(**asked) == [story.pk, other.pk], asked
    only: list[dict[str, Any]] = [
        {"name": ["zhanjiang", "shipping"]},
        {"tie": "atlantic-city/zhanjiang"},
        {"date": date(2015, 9, 22)},
        {"page": "17"},
        {"publication": "china-daily"},
        {"section": "world"},
        {"language": "zh-hans"},
    ]
    for asked in only:
        assert ids(**asked) == [story.pk], asked
    # Page by page, with what was withdrawn.
    read, cursor = [], ""
    while cursor is not None:
        page = stories(client=client, limit=1, cursor=cursor)
        read += [(type(one).__name__, one.id) for one in (*page.items, *page.withdrawn)]
        cursor = page.next_cursor
    assert set(read) == {
        ("StoryRecord", story.pk),
        ("StoryRecord", other.pk),
        ("Tombstone", gone.pk),
    }
    told = story_of(story.pk, client=client)
    assert [one.headline for one in told.texts] == ["Ports", "港口"]
    assert told.print_date == date(2015, 9, 22)
    assert told.segments[0].text.to_dict() == {"en": "Ports", "zh-hans": "港口"}
    assert story_of(gone.pk, client=client).to_dict().keys() == {"id", "url", "changed"}
    assert isinstance(story_of(10**9, client=client), models.ProblemDetail)
    assert isinstance(stories(client=client, limit=1000), models.ProblemDetail)
    kind = models.PagesListTypeItem("archive.ArticlePage")
    listed = pages(client=client, type_=[kind])
    page_told = page_of(story.pk, client=client)
    assert {one.id for one in listed.items} == {story.pk, other.pk}
    assert page_told.story.to_dict()["id"] == story.pk
    assert len(sent) >= 20


def test_the_pages_example_runs(server: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines() if line.startswith("curl ")]
    tag(make_article("Harbour opens"), place("zhanjiang"))
    words = shlex.split(line.replace("http://127.0.0.1:8000", server))
    done = subprocess.run([*words, "--silent"], check=True, capture_output=True, text=True)
    assert '"headline": "Harbour opens"' in done.stdout
