"""Writes translations as XLIFF."""

from typing import Any

from django.core.management.base import CommandParser

from archive.management.base import ExportCommand

VERSIONS = {"1.2": "xliff12", "2.1": "xliff21"}


class Command(ExportCommand):
    help = "Export translations as XLIFF, for a translation tool."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--version", dest="xliff", choices=list(VERSIONS), default="1.2")

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        # Django's own --version, which tells its release, gives way.
        return super().create_parser(*args, conflict_handler="resolve", **kwargs)

    def format_name(self, options: dict[str, Any]) -> str:
        return VERSIONS[options["xliff"]]
