"""The server for agents on standard input and output, which a program starts by itself."""

from typing import Any

from django.db import close_old_connections
from django.http import HttpRequest

from archive.management.base import ArchiveCommand
from archive.site.addresses import request_of_default_site


class Command(ArchiveCommand):
    help = (
        "Serve the Model Context Protocol on standard input and output: search, stories, "
        "paragraphs with their citations, names and ties, as every reader may see them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # The package is for this alone.
        from archive.contrib.mcp.server import make_server

        make_server(_next_request).run("stdio")


def _next_request() -> HttpRequest:
    # A server that an agent talks to for days outlives its connections.
    close_old_connections()
    return request_of_default_site()
