"""Takes in translations from XLIFF files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from archive.desk.exchange.shell import add_import_arguments, run_import


class Command(BaseCommand):
    help = (
        "Import translations from XLIFF files, or ZIP files of them. What was changed at the desk "
        "since the export is kept, and both texts are shown."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_import_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        run_import(options, self.stdout, self.stderr)
