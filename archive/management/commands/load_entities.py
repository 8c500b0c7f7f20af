"""Loads names and ties from CSV files; loading again updates, and keeps editors' changes."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.entities.actions import load_entities
from archive.entities.csv_files import parse_entities
from archive.entities.loads import LoadReport, RowError
from archive.management.base import ArchiveCommand, read_table
from archive.search.actions import names_together
from archive.ties.actions import load_ties
from archive.ties.csv_import import parse_ties


class Command(ArchiveCommand):
    help = (
        "Load places, people and organisations, and ties from CSV files. Rows with errors are "
        "reported and the others go in; then the exit status is 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cities", type=Path, metavar="FILE", help="places")
        parser.add_argument(
            "--people", type=Path, metavar="FILE", help="people, organisations, events, topics"
        )
        parser.add_argument("--ties", type=Path, metavar="FILE", help="ties between the places")
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would change, and store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = {name: options[name] for name in ("cities", "people", "ties") if options[name]}
        if not files:
            raise CommandError(_("Name at least one file: --cities, --people or --ties."))
        errors: list[RowError] = []
        with transaction.atomic(), names_together():
            # In one transaction, so that a dry run's ties find its places.
            for name, path in files.items():
                report = self._ties(path) if name == "ties" else self._entities(path)
                self._report(path, report)
                errors.extend(report.errors)
            transaction.set_rollback(options["dry_run"])
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))
        if errors:
            message = ngettext("%(count)s error.", "%(count)s errors.", len(errors))
            raise CommandError(message % {"count": len(errors)})

    def _entities(self, path: Path) -> LoadReport:
        parsed = parse_entities(read_table(path), path.name)
        report = load_entities(parsed.rows)
        report.errors[:0] = parsed.errors
        return report

    def _ties(self, path: Path) -> LoadReport:
        parsed = parse_ties(read_table(path), path.name)
        report = load_ties(parsed.rows)
        report.errors[:0] = parsed.errors
        return report

    def _report(self, path: Path, report: LoadReport) -> None:
        for error in report.errors:
            self.stderr.write(self.style.ERROR(str(error)))
        for kept in report.kept:
            self.tell(_("%(where)s: kept as edited here") % {"where": kept})
        self.tell(
            _("%(file)s: %(created)s new, %(updated)s updated, %(unchanged)s unchanged")
            % {"file": path.name, **vars(report)}
        )
