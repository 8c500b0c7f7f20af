"""Brings the search index in step with the pages, while readers go on searching."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from archive.management.base import ArchiveCommand
from archive.search.engines import SearchError
from archive.search.rebuild import rebuild


class Command(ArchiveCommand):
    help = (
        "Index every live story anew where the index differs from its page. It can be stopped "
        "and begun again, and the search goes on meanwhile."
    )
    refusals = (SearchError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="write also what the index holds rightly already"
        )
        parser.add_argument(
            "--processes",
            type=int,
            help="how many processes share the work; by default as many as the machine has cores, "
            "up to four, and one for few stories",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        written = rebuild(
            anew=options["all"], processes=options["processes"], progress=self.tell_progress
        )
        message = ngettext("%(count)s document written.", "%(count)s documents written.", written)
        self.tell(message % {"count": written})
