"""Writes the names as TBX-Basic, for CAT tools."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from archive.contrib.exchange.concepts import NAMES_TITLE, concepts
from archive.contrib.exchange.tbx import write_tbx
from archive.entities.models import Entity
from archive.management.base import STANDARD, FileCommand


class Command(FileCommand):
    help = "Write the names as TBX-Basic (ISO 30042:2019, DCA), in English and Chinese."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="or - for stdout")
        parser.add_argument(
            "--edition",
            choices=["2019", "2008"],
            default="2019",
            help="of ISO 30042; older tools read 2008 (the element <martif>) only",
        )
        parser.add_argument(
            "--kind", action="append", choices=Entity.Kind.values, help="only names of this kind"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = concepts(options["kind"] or ())
        wanted = {"title": NAMES_TITLE, "edition": options["edition"]}
        if options["file"] == STANDARD:
            # Each write would end in a line feed.
            self.stdout.ending = ""
            write_tbx(self.stdout, found, **wanted)
            return
        path = Path(options["file"])
        with self.writing(path), path.open("w", encoding="utf-8", newline="\n") as out:
            count = write_tbx(out, found, **wanted)
        self.tell(_("%(file)s: %(count)s names") % {"file": path, "count": count})
