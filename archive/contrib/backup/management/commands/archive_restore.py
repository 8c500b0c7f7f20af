"""Puts a backup of `archive_backup` into this site's database and media."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.contrib.backup.manifest import BackupError, Manifest
from archive.contrib.backup.media import unfinished, unfinished_words
from archive.contrib.backup.restore import contents, rebuild_derived, restore
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Restore a backup into a migrated database, SQLite or PostgreSQL, and check it. A site "
        "that holds something already stays as it is, unless --overwrite is given."
    )
    refusals = (BackupError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="replace everything that this site holds: pages, users, files, all of it",
        )
        parser.add_argument(
            "--no-media", action="store_true", help="rows only: the files are there already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        detailed = self.tell if self.verbosity > 1 else lambda line: None
        manifest = Manifest.read(folder)
        if options["overwrite"] and (found := contents()):
            self.tell(_("Replacing %(what)s.") % {"what": found})
        for left in unfinished():
            self.tell(unfinished_words(left))
        restore(
            folder,
            manifest,
            overwrite=options["overwrite"],
            with_media=not options["no_media"],
            tell=detailed,
        )
        self.tell(_("The rows and files of %(time)s are there.") % {"time": manifest.made_at})
        try:
            rebuild_derived(detailed)
        except Exception as error:
            reason = _("%(error)s: run “manage.py check_archive --repair” once that is mended.")
            raise CommandError(reason % {"error": error}) from error
        call_command(
            "check_archive", stdout=self.stdout, stderr=self.stderr, verbosity=self.verbosity
        )
