"""Takes a translators' glossary (CSV) into the names."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.contrib.exchange.name_lists import COLUMNS, import_glossary, parse_glossary
from archive.management.base import read_table
from archive.text.punctuation import joined


class Command(BaseCommand):
    help = (
        "Take a glossary into the names: what is missing is added, nothing is overwritten. "
        "Lines with errors are reported and the others go in; then the exit status is 1. "
        f"Columns: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV in UTF-8, with a header")
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would happen, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        parsed = parse_glossary(read_table(path), path.name)
        report = import_glossary(parsed.rows, dry_run=options["dry_run"])
        report.add_errors(parsed.errors)
        errors = report.errors
        for error in errors:
            self.stderr.write(self.style.ERROR(str(error)))
        for kept in report.kept:
            self.stdout.write(str(kept))
        if options["verbosity"] > 1:
            for line in report.lines:
                added = joined(line.added)
                self.stdout.write(f"{path.name}:{line.line}: {line.entity}: {added}")
        counts = {"file": path.name, **vars(report)}
        said = _("%(file)s: %(created)s new, %(updated)s updated, %(unchanged)s unchanged")
        self.stdout.write(said % counts)
        if report.is_dry_run:
            self.stdout.write(_("Nothing was changed: this was a dry run."))
        if errors:
            message = ngettext("%(count)s error.", "%(count)s errors.", len(errors))
            raise CommandError(message % {"count": len(errors)})
