"""Takes the archive out of a site."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.management.base import ArchiveCommand
from archive.setup.actions import SetupError
from archive.setup.removal import (
    drop_tables,
    migrations_that_depend,
    models_that_refer,
    remove_archive,
    summary,
)
from archive.text.punctuation import joined


class Command(ArchiveCommand):
    help = (
        "Delete all pages, texts, tables and rights of the archive. The site's own pages stay. "
        "Back up first: nothing brings them back."
    )
    refusals = (SetupError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--noinput", action="store_true", help="don't ask before deleting")

    def handle(self, *args: Any, **options: Any) -> None:
        if names := models_that_refer():
            reason = _("Fields of the site point to the archive: %(names)s. Remove them first.")
            raise CommandError(reason % {"names": joined(names)})
        if names := migrations_that_depend():
            reason = _(
                "Migrations of the site depend on the archive's and would be undone with their "
                "tables: %(names)s. Take the dependency out of them first."
            )
            raise CommandError(reason % {"names": joined(names)})
        self.tell("\n".join(summary()))
        if not options["noinput"] and input(_("Delete all this? [y/N] ")).strip().lower() != "y":
            raise CommandError(_("Nothing was deleted."))
        remove_archive()
        drop_tables()
        self.tell(_("Removed. Now take its lines out of the settings and the addresses."))
