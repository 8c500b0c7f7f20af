"""The archive for agents."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class McpConfig(AppConfig):
    name = "archive.contrib.mcp"
    label = "archive_mcp"
    verbose_name = _("Agents")
    default_auto_field = "django.db.models.BigAutoField"
    # What is told of a story.
    needs = ("archive.contrib.api",)
    packages: ClassVar = {"mcp": "mcp"}
