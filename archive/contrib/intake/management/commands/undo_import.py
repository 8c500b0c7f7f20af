"""Undoes an import of `import_articles`, or of the admin."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.contrib.intake.batches.undo import undo_batch
from archive.contrib.intake.models import ImportBatch
from archive.contrib.intake.records import IntakeError
from archive.management.base import ArchiveCommand
from archive.publishing.followers import gathered


class Command(ArchiveCommand):
    help = (
        "Undo an import: its stories go, or get their former version again. Stories that were "
        "edited, published or translated since stay, and are listed."
    )
    refusals = (IntakeError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="as import_articles gives it")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = ImportBatch.objects.filter(pk=options["number"]).first()
        if batch is None:
            raise CommandError(_("There is no import %(number)d.") % options)
        with gathered():
            undone = undo_batch(batch, None)
        told = _(
            "deleted: %(deleted)d, former version again: %(reverted)d, "
            "without a translation again: %(untranslated)d, left: %(left)d"
        )
        counts = {name: len(found) for name, found in vars(undone).items()}
        self.tell(told % {**counts, "left": counts["excepted"]})
        for item, reason in undone.excepted:
            self.tell(f"    {item.page or item}: {reason}")
        for name in undone.kept:
            self.tell("    " + _("%(name)s stays") % {"name": name})
