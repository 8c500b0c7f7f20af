"""What backups add to the archive."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from archive.contrib.backup.integrity import RestoresArea
from archive.operations.routines import Routine


@hooks.register("register_archive_routine")
def backups() -> Routine:
    return Routine("archive_backup", _("Backup"), timedelta(days=2))


@hooks.register("register_archive_integrity_area")
def restores_area() -> RestoresArea:
    return RestoresArea()
