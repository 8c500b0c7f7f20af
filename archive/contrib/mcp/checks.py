"""System checks of the server for agents."""

from importlib.util import find_spec
from typing import Any

from django.core.checks import CheckMessage, Error, register


@register()
def check_mcp(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E110: the protocol's package is there."""
    if find_spec("mcp"):
        return []
    message = "archive.contrib.mcp needs the package mcp, which isn't installed."
    hint = 'pip install "wagtail-bilingual-archive[mcp]"'
    return [Error(message, hint=hint, id="archive.E110")]
