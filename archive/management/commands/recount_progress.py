"""Counts every translation's segments anew: after an update, or a load by other means."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from archive.desk.queue.progress import recount_progress


class Command(BaseCommand):
    help = "Count the segments of all translations, find their states, and rank them."

    def handle(self, *args: Any, **options: Any) -> None:
        counted = recount_progress()
        if options["verbosity"]:
            message = ngettext(
                "%(count)d translation counted.", "%(count)d translations counted.", counted
            )
            self.stdout.write(message % {"count": counted})
