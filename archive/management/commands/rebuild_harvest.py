"""Brings what harvesters, crawlers and feed readers are told in step with the stories."""

from typing import Any

from django.utils.translation import ngettext

from archive.management.base import ArchiveCommand
from archive.site.harvest_records.actions import rebuild


class Command(ArchiveCommand):
    help = (
        "Compare the harvesters' records with the stories and mend them: once for an archive "
        "that is older than they are, and after stories were loaded past Wagtail's publishing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        written = rebuild(progress=self.tell_progress if self.verbosity > 1 else None)
        message = ngettext("%(count)s record written.", "%(count)s records written.", written)
        self.tell(message % {"count": written})
