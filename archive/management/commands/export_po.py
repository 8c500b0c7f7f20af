"""Writes translations as a gettext catalogue."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from archive.desk.exchange.shell import add_export_arguments, write_export


class Command(BaseCommand):
    help = "Export translations as PO (gettext), for a translation tool."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_export_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        write_export(options, "po", self.stdout)
