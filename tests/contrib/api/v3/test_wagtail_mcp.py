"""Wagtail's own server for agents lists and reads our pages, by the API as the site serves it."""

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from mcp import Client
from wagtail.models import APIToken
from wagtail_mcp import auth, dispatch
from wagtail_mcp.server import get_server

from tests.factories import make_article, make_user, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`call(tool, **arguments)`, without a token unless the context has one."""

    async def here(run: Any) -> Any:
        return await sync_to_async(run)()

    # In the thread that has the test's transaction.
    monkeypatch.setattr("anyio.to_thread.run_sync", here)
    dispatch.clear_caches()

    def ask(tool: str, **arguments: Any) -> Any:
        async def talk() -> Any:
            async with Client(get_server()) as client:
                return await client.call_tool(tool, arguments)

        result = async_to_sync(talk)()
        text = result.content[0].text
        return text if result.is_error else json.loads(text)

    return ask


def test_pages_are_listed_and_read(call: Any) -> None:
    story = make_article("Harbour opens")
    translate(story, headline="港口开放")
    make_article("A draft", slug="draft", live=False)
    listed = call("pages_list", descendant_of=story.publication_id)
    assert story.pk in [one["id"] for one in listed["items"]]
    assert "A draft" not in str(listed)
    told = call("pages_detail", page_id=story.pk)["story"]
    assert [one["headline"] for one in told["texts"]] == ["Harbour opens", "港口开放"]
    found = call("api_call", operation_id="stories_list", query={"language": "zh-hans"})
    assert [one["id"] for one in found["items"]] == [story.pk]


def test_its_search_knows_headlines_of_the_page_alone(call: Any) -> None:
    """Why the archive has a server of its own: that one has the readers' search."""
    story = make_article("Harbour opens")
    translate(story, headline="港口开放")
    assert [one["id"] for one in call("pages_list", search="Harbour")["items"]] == [story.pk]
    assert call("pages_list", search="港口")["items"] == []


def test_it_writes_nothing(call: Any) -> None:
    story = make_article("Harbour opens")
    _token, plain = APIToken.create_token(
        user=make_user("boss", is_superuser=True), name="An agent"
    )
    kept = auth.current_token.set(plain)
    try:
        assert "405" in call("pages_update", page_id=story.pk, fields={"slug": "other"})
    finally:
        auth.current_token.reset(kept)
