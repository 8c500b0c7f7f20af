"""An agent's client, and what it asks of."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from mcp import Client

from archive.contrib.mcp.server import make_server
from archive.models import ArticlePage
from archive.site.addresses import request_of_default_site
from tests.factories import block, make_article, make_entity, make_section, tag, translate
from tests.ties.places import place, tie

Call = Callable[..., Any]


@pytest.fixture
def call() -> Call:
    """`call(tool, **arguments)` gives the answer, or an error's text."""

    def ask(tool: str, **arguments: Any) -> Any:
        async def talk() -> Any:
            async with Client(make_server(request_of_default_site)) as client:
                return await client.call_tool(tool, arguments)

        result = async_to_sync(talk)()
        return result.content[0].text if result.is_error else result.structured_content

    return ask


@pytest.fixture
def story() -> ArticlePage:
    """Of a section, with a name and a tie that nothing else tells of; translated."""
    made = make_article(
        "Harbour opens to ships",
        body=[block("paragraph", "<p>The lighthouse was lit.</p>", "b1")],
        section=make_section(),
        rights="© China Daily",
        rights_statement="InC",
        contact="li@cd.cn",
    )
    aliases = {"旧码头": "zh-hans"}
    tag(made, make_entity("old-quay", "Old Quay", "老码头", kind="topic", aliases=aliases))
    tag(made, place("zhanjiang"))
    kept = tie(article=made, source_url="", since="2005-10", sentence="Both signed in the port.")
    kept.evidence.update(block_id="b1")
    translate(made, headline="港口向船只开放", b1="<p>灯塔点亮。</p>")
    return ArticlePage.objects.get(pk=made.pk)
