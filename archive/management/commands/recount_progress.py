"""Counts every translation's segments anew: after an update, or a load by other means."""

from typing import Any

from django.utils.translation import ngettext

from archive.desk.queue.actions import recount_progress
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = "Count the segments of all translations, find their states, and rank them."

    def handle(self, *args: Any, **options: Any) -> None:
        counted = recount_progress()
        message = ngettext(
            "%(count)d translation counted.", "%(count)d translations counted.", counted
        )
        self.tell(message % {"count": counted})
