"""Wires the queue into Wagtail's admin: bulk actions, log, dashboard."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from archive.desk.queue.bulk import BULK_ACTIONS
from archive.desk.queue.logging import register_log_actions
from archive.desk.queue.panels import panels_for


def register() -> None:
    """Called once, with the desk's other hooks."""
    for action in BULK_ACTIONS:
        hooks.register("register_bulk_action", action)
    hooks.register("register_log_actions", register_log_actions)
    hooks.register("construct_homepage_panels", add_panels)
    hooks.register("insert_global_admin_css", queue_styles)


def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(panels_for(request))


def queue_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("archive/css/queue.css"))
