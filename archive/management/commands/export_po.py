"""Writes translations as a gettext catalogue."""

from typing import Any

from archive.management.base import ExportCommand


class Command(ExportCommand):
    help = "Export translations as PO (gettext), for a translation tool."

    def format_name(self, options: dict[str, Any]) -> str:
        return "po"
