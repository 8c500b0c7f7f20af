"""Makes every story's related list anew, while readers go on reading."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.management.base import ArchiveCommand
from archive.stories.related.updates import LISTS, Stage, rebuild


class Command(ArchiveCommand):
    help = (
        "Relate all live stories anew: once for an archive that is older than its related "
        "stories, and after many names or ties were changed at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="ID",
            help="go on with the lists after this story: the command names it when it is stopped",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.last = options["after"]
        try:
            held = rebuild(after=options["after"], progress=self._progress)
        except KeyboardInterrupt as stopped:
            words = _("Stopped. Go on with: rebuild_related --after %(pk)s")
            raise CommandError(words % {"pk": self.last}) from stopped
        message = ngettext(
            "%(count)s story stands in related lists.",
            "%(count)s stories stand in related lists.",
            held,
        )
        self.tell(message % {"count": held})

    def _progress(self, stage: Stage, done: int, total: int, last: int) -> None:
        words = _("Names and ties: %(done)s of %(total)s stories")
        if stage == LISTS:
            self.last = last
            words = _("Lists: %(done)s of %(total)s stories, up to number %(last)s")
        self.tell(words % {"done": done, "total": total, "last": last})
