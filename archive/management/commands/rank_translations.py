"""Ranks all translations by editorial value. Due dates come nearer by the day: run it daily."""

from typing import Any

from django.utils.translation import ngettext

from archive.desk.queue.rank_updates import rank_translations
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = "Bring the order of the translators' queue up to date; run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = rank_translations()
        message = ngettext(
            "%(count)d translation has a new rank.",
            "%(count)d translations have a new rank.",
            changed,
        )
        self.tell(message % {"count": changed})
