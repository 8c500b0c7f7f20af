"""Counts anew what waits for each story's editor: after changes of the list of names."""

from typing import Any

from django.utils.translation import ngettext

from archive.contrib.name_suggestions.counts import recount
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Look through every story for names that are neither tagged nor answered, and count "
        "them for the report. Saving a story counts its own; run this when names were added."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counted = recount(self.tell_progress)
        message = ngettext("%(count)d story counted.", "%(count)d stories counted.", counted)
        self.tell(message % {"count": counted})
