"""Tells translators of due dates, and sends the day's notices by mail; for a timer, once a day."""

from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from archive.desk.notices.actions import send_due_notices
from archive.management.base import ArchiveCommand
from archive.operations.routines import recorded


class Command(ArchiveCommand):
    help = (
        "Tell translators of due dates that are near or over, and send the notices of those who "
        "want them once a day, or whose mail could not be sent. Run it once a day."
    )

    @recorded("send_notices")
    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_due_notices(timezone.localdate())
        text = ngettext("%(count)d mail sent.", "%(count)d mails sent.", sent)
        self.stdout.write(text % {"count": sent})
