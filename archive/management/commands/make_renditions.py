"""Makes the picture files that published stories lack: after an import, or every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from archive.site.illustrations import illustrate
from archive.stories.models import ArticlePage


class Command(BaseCommand):
    help = "Make the sizes and formats (AVIF, WebP) that the pictures of published stories lack."

    def handle(self, *args: Any, **options: Any) -> None:
        made = illustrate(ArticlePage.objects.live().iterator(chunk_size=200))
        if options["verbosity"]:
            message = ngettext("%(count)s file made.", "%(count)s files made.", made)
            self.stdout.write(message % {"count": made})
