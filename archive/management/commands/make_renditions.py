"""Makes the picture files that published stories lack: after an import, or every night."""

from typing import Any

from django.utils.translation import ngettext

from archive.management.base import ArchiveCommand
from archive.operations.routines import recorded
from archive.site.illustrations import illustrate
from archive.stories.models import ArticlePage


class Command(ArchiveCommand):
    help = "Make the sizes and formats (AVIF, WebP) that the pictures of published stories lack."

    @recorded("make_renditions")
    def handle(self, *args: Any, **options: Any) -> None:
        made = illustrate(ArticlePage.objects.live().iterator(chunk_size=200))
        message = ngettext("%(count)s file made.", "%(count)s files made.", made)
        self.tell(message % {"count": made})
