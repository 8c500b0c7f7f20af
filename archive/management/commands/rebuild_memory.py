"""Fills the translation memory from all stories that are published in both languages."""

from typing import Any

from django.utils.translation import gettext as _

from archive.desk.memory.units import rebuild_memory
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Bring the translation memory in step with all stories that are published in both "
        "languages. Publishing does that by itself; run this once for an archive that is older "
        "than its memory. Translators can go on working meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = rebuild_memory(self.tell_progress)
        told = _(
            "%(stories)d stories read; the memory holds %(units)d units of them and "
            "%(from_files)d from files; %(removed)d withdrawn units removed."
        )
        self.tell(told % vars(report))
