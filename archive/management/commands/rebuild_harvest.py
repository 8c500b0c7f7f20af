"""Brings what harvesters, crawlers and feed readers are told in step with the stories."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.site.oai.actions import rebuild


class Command(BaseCommand):
    help = (
        "Compare the harvesters' records with the stories and mend them: once for an archive "
        "that is older than they are, and after stories were loaded past Wagtail's publishing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        def tell(done: int, total: int) -> None:
            self.stdout.write(_("%(done)s of %(total)s stories") % {"done": done, "total": total})

        written = rebuild(progress=tell if options["verbosity"] > 1 else None)
        if options["verbosity"]:
            message = ngettext("%(count)s record written.", "%(count)s records written.", written)
            self.stdout.write(message % {"count": written})
