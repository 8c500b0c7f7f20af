"""Takes in translations from the files of translation tools, and from reviewers' tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.contrib.exchange.actions import import_files
from archive.contrib.exchange.conf import settings
from archive.contrib.exchange.packages import too_large
from archive.contrib.exchange.report import as_lines, as_values
from archive.management.base import STANDARD, FileCommand, reading


class Command(FileCommand):
    help = (
        "Import translations from XLIFF, PO, DOCX and XLSX files, or ZIP files of them. What was "
        "changed at the desk since the export is kept, and both texts are shown."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report, and store nothing")
        parser.add_argument("--user", metavar="NAME", help="whose changes and rights these are")
        self.add_json_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        user = _user(options["user"])
        files = list(_read(options["files"]))
        reports = list(import_files(files, user=user, dry_run=options["dry_run"]))
        target = options["json"]
        if options["verbosity"]:
            out = self.stderr if target == STANDARD else self.stdout
            out.write("\n".join(as_lines(reports)), style_func=str)
        if target:
            self.write_json(target, as_values(reports))
        if failed := sum(report.has_failed for report in reports):
            raise CommandError(_("Files with errors: %(count)d.") % {"count": failed})


def _user(name: str | None) -> Any:
    if name is None:
        return None
    model = get_user_model()
    try:
        return model._default_manager.get_by_natural_key(name)
    except model.DoesNotExist as error:
        raise CommandError(_("There is no user %(name)s.") % {"name": name}) from error


def _read(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        with reading(path):
            size = path.stat().st_size
            if size > settings.DESK_MAX_BYTES:
                raise CommandError(too_large(str(path), size))
            data = path.read_bytes()
        yield str(path), data
