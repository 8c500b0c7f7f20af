"""Forget the addresses that readers left with reports, once they are old enough."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from archive.contrib.reader_reports.actions import erase_old_emails
from archive.operations.routines import recorded


class Command(BaseCommand):
    help = "Erases readers' e-mail addresses that are older than ARCHIVE_REPORT_EMAIL_DAYS."

    @recorded("erase_report_emails")
    def handle(self, *args: Any, **options: Any) -> None:
        message = _("%(count)d e-mail addresses erased.")
        self.stdout.write(message % {"count": erase_old_emails()})
