"""Writes the whole site, database and files, into a folder; or checks such a folder."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.contrib.backup.actions import back_up, verify
from archive.contrib.backup.manifest import BackupError, Manifest
from archive.management.base import FileCommand
from archive.operations.routines import recorded


class Command(FileCommand):
    help = (
        "Back up the whole site into a new folder, while editors go on writing. Both databases "
        "can restore it. The exit status is 1 if a file of the media couldn't be copied."
    )
    refusals = (BackupError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--verify", action="store_true", help="check the backup in DIR, and write nothing"
        )
        parser.add_argument(
            "--no-media", action="store_true", help="rows only: the files have their own backup"
        )
        parser.add_argument(
            "--renditions",
            action="store_true",
            help="with the pictures' sizes, which are otherwise made again when they are asked for",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        is_new = not options["verify"]
        with recorded("archive_backup") if is_new else nullcontext():
            with self.writing(folder):
                problems = self._save(options) if is_new else self._verify(folder)
            for problem in problems:
                self.stderr.write(problem)
            if problems:
                reason = _("Problems: %(count)d. The rest of %(folder)s is right.")
                raise CommandError(reason % {"count": len(problems), "folder": folder})

    def _save(self, options: dict[str, Any]) -> list[str]:
        manifest = back_up(
            options["folder"],
            with_media=not options["no_media"],
            renditions=options["renditions"],
            tell=self.tell if self.verbosity > 1 else lambda line: None,
        )
        self._tell_of(manifest)
        return manifest.problems

    def _verify(self, folder: Path) -> list[str]:
        manifest = Manifest.read(folder)
        problems = [*manifest.problems, *verify(folder, manifest)]
        self._tell_of(manifest)
        return problems

    def _tell_of(self, manifest: Manifest) -> None:
        words = _("%(rows)d rows of %(tables)d tables, %(files)d files of media.")
        rows = sum(one.rows for one in manifest.tables.values())
        counts = {"rows": rows, "tables": len(manifest.tables), "files": len(manifest.media)}
        self.tell(words % counts)
