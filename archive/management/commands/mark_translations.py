"""Notes on each translated story what its readers are told of the translation's segments.

Publishing a translation does so; this is for stories that were published before it did.
"""

from typing import Any

from django.utils.translation import ngettext

from archive.desk.actions import follow_source
from archive.desk.models import Translation
from archive.desk.segments import rows
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = "Note which segments are left out, joined, a machine's, or out of date."

    def handle(self, *args: Any, **options: Any) -> None:
        published = Translation.objects.filter(live=True).select_related("article").order_by("pk")
        count = 0
        for translation in published.iterator(chunk_size=100):
            follow_source(translation, rows(translation))
            count += 1
        message = ngettext("%(count)d translation marked.", "%(count)d translations marked.", count)
        self.tell(message % {"count": count})
