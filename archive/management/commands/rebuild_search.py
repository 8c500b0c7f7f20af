"""Brings the search index in step with the pages, while readers go on searching."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.search.engines import SearchError
from archive.search.rebuild import rebuild


class Command(BaseCommand):
    help = (
        "Index every live story anew where the index differs from its page. It can be stopped "
        "and begun again, and the search goes on meanwhile."
    )

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
        def tell(done: int, total: int) -> None:
            self.stdout.write(_("%(done)s of %(total)s stories") % {"done": done, "total": total})

        try:
            written = rebuild(
                anew=options["all"],
                processes=options["processes"],
                progress=tell if options["verbosity"] else None,
            )
        except SearchError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            message = ngettext(
                "%(count)s document written.", "%(count)s documents written.", written
            )
            self.stdout.write(message % {"count": written})
