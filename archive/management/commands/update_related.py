"""Works off the related lists that are due: by hand, or every few minutes."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.management.base import ArchiveCommand
from archive.stories.related.tasks import retry_all, work_off


class Command(ArchiveCommand):
    help = "Bring up to date the related stories that are due, also those that failed before."

    def handle(self, *args: Any, **options: Any) -> None:
        retry_all()
        worked = work_off(None)
        if worked.failed:
            words = _("%(count)s stories could not be updated; the log says why.")
            raise CommandError(words % {"count": worked.failed})
        message = ngettext("%(count)s story updated.", "%(count)s stories updated.", worked.done)
        self.tell(message % {"count": worked.done})
