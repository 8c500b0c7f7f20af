"""Looks for the same reports in all stories anew, while readers go on reading."""

from typing import Any

from django.utils.translation import ngettext

from archive.contrib.reprints.updates import rebuild
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Look for reprints of all live stories anew: once for an archive that is older than its "
        "reprints, and after many stories were moved at once. What editors decided stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = rebuild(self.tell_progress)
        message = ngettext("%(count)s reprint.", "%(count)s reprints.", found)
        self.tell(message % {"count": found})
