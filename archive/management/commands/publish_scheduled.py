"""`manage.py publish_scheduled`: Wagtail's own, for several machines and in spite of failures.

What follows publications, and was lost or has failed, runs again, and so do tasks whose worker is
gone.
"""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from archive.operations.routines import recorded
from archive.operations.workers import bring_back
from archive.publishing.followers import gathered
from archive.publishing.schedule import follow_schedule


class Command(WagtailCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        with recorded("publish_scheduled"):
            bring_back()
            with gathered():
                failed = follow_schedule()
            if failed:
                raise CommandError(
                    _("%(count)d of what was due failed; see the log.") % {"count": failed}
                )
