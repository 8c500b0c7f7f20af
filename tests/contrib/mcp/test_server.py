"""The protocol by both ways: over HTTP, and on standard input and output."""

import sys
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import Client as Browser
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from archive.models import ArticlePage

pytestmark = pytest.mark.django_db
TOOLS = ["search", "story", "paragraph", "name", "ties"]
ROOT = Path(__file__).resolve().parents[3]


def post(method: str, browser: Browser | None = None, **params: Any) -> Any:
    return (browser or Browser()).post(
        "/mcp/",
        {"jsonrpc": "2.0", "id": 1, "method": method, "params": params},
        content_type="application/json",
        headers={"Accept": "application/json, text/event-stream"},
    )


def test_the_address_lists_tools_that_only_read(story: ArticlePage) -> None:
    answer = post("tools/list")
    assert answer["Cache-Control"] == "no-store"
    tools = answer.json()["result"]["tools"]
    assert [one["name"] for one in tools] == TOOLS
    assert all(one["annotations"]["readOnlyHint"] for one in tools)
    assert "in English or Chinese" in tools[0]["description"]


def test_the_address_answers_a_call(story: ArticlePage) -> None:
    told = post("tools/call", name="search", arguments={"query": "lighthouse"}).json()["result"]
    assert told["structuredContent"]["stories"][0]["id"] == story.pk
    assert Browser().get("/mcp/").status_code == 405


def test_searches_of_one_client_are_counted(story: ArticlePage, settings: Any) -> None:
    settings.ARCHIVE_SEARCHES_PER_MINUTE = 1
    browser = Browser(REMOTE_ADDR="192.0.2.7")
    texts = [
        post("tools/call", browser, name="search", arguments={"query": "lighthouse"}).text
        for _time in range(3)
    ]
    assert "too many searches" not in texts[0]
    assert "too many searches" in texts[2]


def test_programs_are_led_to_it(story: ArticlePage) -> None:
    assert "[MCP](http://localhost/mcp/)" in Browser().get("/llms.txt").text


@pytest.mark.exhaustive
@pytest.mark.sqlite
def test_a_program_starts_it_by_itself(story: ArticlePage, tmp_path: Path) -> None:
    # As it is in the test's own transaction.
    (tmp_path / "site.sqlite3").write_bytes(connection.connection.serialize())
    server = StdioServerParameters(
        command=sys.executable,
        args=[str(ROOT / "manage.py"), "archive_mcp"],
        env={
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
            "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
            "NEWSROOM_VAR_DIR": str(tmp_path),
            "PYTHONUTF8": "1",
        },
    )

    async def talk() -> Any:
        async with Client(stdio_client(server)) as client:
            tools = await client.list_tools()
            told = await client.call_tool("search", {"query": "灯塔", "language": "zh-hans"})
            return [one.name for one in tools.tools], told.structured_content

    tools, told = async_to_sync(talk)()
    assert tools == TOOLS
    assert told["stories"][0]["id"] == story.pk
