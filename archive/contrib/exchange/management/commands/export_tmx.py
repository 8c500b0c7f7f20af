"""Writes the translation memory as a TMX file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from archive.contrib.exchange.tmx import write_tmx
from archive.desk.models import MemoryUnit
from archive.management.base import STANDARD, FileCommand


class Command(FileCommand):
    help = "Write the translation memory as TMX 1.4b, for any translation tool."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="- is standard output, the default"
        )
        parser.add_argument(
            "--own", action="store_true", help="only what was published here, nothing from files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        units = MemoryUnit.objects.lasting().paragraphs()
        units = units.published_here() if options["own"] else units
        target = options["file"]
        pieces = write_tmx(units.order_by("pk").iterator(1000))
        if target == STANDARD:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        self.write_file(Path(target), (piece.encode() for piece in pieces))
        if self.verbosity:
            told = _("%(count)d units written to %(file)s.")
            self.stdout.write(told % {"count": units.count(), "file": target})
