"""Writes all public stories as JSON Lines for the public address of the dump; run it nightly."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.contrib.harvesting.dump_signature import SigningError
from archive.contrib.harvesting.dumps import are_current, dumps_folder, make_dumps
from archive.management.base import FileCommand
from archive.operations.routines import recorded


class Command(FileCommand):
    help = (
        "Write all public stories as gzipped JSON Lines, with SHA-256 checksums, and what has "
        "changed since the file before. The file takes the place of that one, which is no longer "
        "given once a story is withdrawn."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--texts", action="store_true", help="with the running text of each story"
        )
        parser.add_argument(
            "--if-withdrawn",
            action="store_true",
            help="only where there is none yet, or a story in it was withdrawn: every few minutes",
        )

    @recorded("make_dump")
    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_withdrawn"] and are_current():
            return
        try:
            with self.writing(dumps_folder()):
                made = make_dumps(with_bodies=options["texts"])
        except SigningError as error:
            raise CommandError(str(error)) from error
        words = _("%(site)s: %(stories)d stories, %(lines)d texts, %(size)d bytes")
        for site, dump in made:
            counts = {"stories": dump.stories, "lines": dump.lines, "size": dump.size}
            self.tell(words % {"site": site, **counts})
