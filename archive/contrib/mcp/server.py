"""The server of the Model Context Protocol, by the protocol's own package."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

import archive
from archive.contrib.mcp.tools import AgentError, AgentTools, Answer

READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
INSTRUCTIONS = """A newspaper archive in two languages. Search in either; `story` gives both texts
paired by segment. Quote by permanent addresses (`url`, with #block for a paragraph), cite as
`paragraph` says, and keep to `use`: the rights notice, the statement or licence, and whether text
and data mining is reserved. What the archive doesn't show to every reader isn't here."""


def make_server(request_of: Callable[[], HttpRequest]) -> MCPServer:
    """With the tools of `AgentTools`, each described by its docstring."""
    server: MCPServer = MCPServer(
        "archive", instructions=INSTRUCTIONS, version=archive.__version__, log_level="WARNING"
    )
    tools = AgentTools(request_of)
    for run in (tools.search, tools.story, tools.paragraph, tools.name, tools.ties):
        server.add_tool(_in_django(run), name=run.__name__, annotations=READ_ONLY)
    return server


def _in_django(run: Callable[..., Answer]) -> Callable[..., Any]:
    """In the one thread that Django's connections belong to."""

    @wraps(run)
    async def answered(*args: Any, **kwargs: Any) -> Answer:
        return await sync_to_async(_run)(run, *args, **kwargs)

    return answered


def _run(run: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    try:
        return run(*args, **kwargs)
    except AgentError as error:
        raise ToolError(str(error)) from error
