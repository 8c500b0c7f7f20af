"""Counts anew what waits for each story's editor: after changes of the list of names."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.stories.name_suggestions.counts import recount


class Command(BaseCommand):
    help = (
        "Look through every story for names that are neither tagged nor answered, and count "
        "them for the report. Saving a story counts its own; run this when names were added."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        def tell(done: int, total: int) -> None:
            self.stdout.write(_("%(done)s of %(total)s stories") % {"done": done, "total": total})

        counted = recount(tell if options["verbosity"] else None)
        if options["verbosity"]:
            message = ngettext("%(count)d story counted.", "%(count)d stories counted.", counted)
            self.stdout.write(message % {"count": counted})
