"""Writes the translation memory as a TMX file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.desk.memory.tmx import write_tmx
from archive.desk.models import MemoryUnit


class Command(BaseCommand):
    help = "Write the translation memory as TMX 1.4b, for any translation tool."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="- is standard output, the default"
        )
        parser.add_argument(
            "--own", action="store_true", help="only what was published here, nothing from files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        units = MemoryUnit.objects.published_here() if options["own"] else MemoryUnit.objects.all()
        target = options["file"]
        pieces = write_tmx(units.order_by("pk").iterator(1000))
        if target == "-":
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        try:
            with Path(target).open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(pieces)
        except OSError as error:
            reason = _("%(file)s can't be written: %(error)s.")
            raise CommandError(reason % {"file": target, "error": error.strerror}) from error
        if options["verbosity"]:
            told = _("%(count)d units written to %(file)s.")
            self.stdout.write(told % {"count": units.count(), "file": target})
