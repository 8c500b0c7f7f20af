"""Writes translations as XLIFF."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive.desk.exchange.shell import add_export_arguments, write_export

VERSIONS = {"1.2": "xliff12", "2.1": "xliff21"}


class Command(BaseCommand):
    help = "Export translations as XLIFF, for a translation tool."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_export_arguments(parser)
        parser.add_argument("--version", dest="xliff", choices=list(VERSIONS), default="1.2")

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        # Django's own --version, which tells its release, gives way.
        return super().create_parser(*args, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        write_export(options, VERSIONS[options["xliff"]], self.stdout)
