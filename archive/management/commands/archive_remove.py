"""Takes the archive, or one app around it, out of a site."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.management.base import ArchiveCommand
from archive.setup.actions import SetupError
from archive.setup.removal import (
    drop_tables,
    export,
    labels_of,
    migrations_that_depend,
    models_that_refer,
    remove_rows,
    summary,
)
from archive.text.punctuation import joined


class Command(ArchiveCommand):
    help = (
        "Delete all pages, texts, tables and rights of one app around the archive, or of the "
        "archive and all of them. The site's own pages stay. Back up first: nothing brings them "
        "back."
    )
    refusals = (SetupError, OSError)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "app", nargs="?", default="", metavar="APP", help="the app alone, such as reprints"
        )
        parser.add_argument(
            "--export", type=Path, metavar="FILE", help="write the rows into this new file first"
        )
        parser.add_argument("--noinput", action="store_true", help="don't ask before deleting")

    def handle(self, *args: Any, **options: Any) -> None:
        labels = labels_of(options["app"])
        if names := models_that_refer(labels):
            reason = _("Fields of the site point to the archive: %(names)s. Remove them first.")
            raise CommandError(reason % {"names": joined(names)})
        if names := migrations_that_depend(labels):
            reason = _(
                "Migrations of the site depend on the archive's and would be undone with their "
                "tables: %(names)s. Take the dependency out of them first."
            )
            raise CommandError(reason % {"names": joined(names)})
        self.tell("\n".join(summary(labels)))
        if options["export"]:
            export(labels, options["export"])
            self.tell(_("Written to %(file)s.") % {"file": options["export"]})
        elif not options["noinput"]:
            self.tell(_("To keep these rows in a file, answer no and add --export FILE."))
        if not options["noinput"] and input(_("Delete all this? [y/N] ")).strip().lower() != "y":
            raise CommandError(_("Nothing was deleted."))
        remove_rows(labels)
        drop_tables(labels)
        self.tell(_("Removed. Now take its lines out of the settings and the addresses."))
