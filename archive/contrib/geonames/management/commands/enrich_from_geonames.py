"""Fills empty fields of places from a local GeoNames dump (CC BY 4.0, geonames.org)."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.contrib.geonames.enrichment import EnrichReport, enrich
from archive.management.base import reading


class Command(BaseCommand):
    help = (
        "Fill places' empty fields (coordinates, GeoNames id, country, names) from a GeoNames dump "
        "such as allCountries.txt or cities500.txt: by id, else by name, country and type of "
        "place. Where several places fit, they are listed and nothing is guessed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--alternate-names", type=Path, metavar="FILE", help="alternateNamesV2.txt"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would change, and store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as files:
            lines = files.enter_context(_open(options["file"]))
            names = options["alternate_names"]
            more: Iterator[str] = iter(files.enter_context(_open(names)) if names else ())
            try:
                report = enrich(lines, more, dry_run=options["dry_run"])
            except UnicodeDecodeError as error:
                raise CommandError(_("The file isn't UTF-8: unpack the dump first.")) from error
        self._tell(report, options)
        if report.bad_lines and len(report.bad_lines) == min(report.lines, 20):
            message = _("%(file)s isn't a GeoNames dump: 19 columns with tabs between are needed.")
            raise CommandError(message % {"file": options["file"]})

    def _tell(self, report: EnrichReport, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            for key, changes in report.filled.items():
                what = ", ".join(f"{name}={value}" for name, value in changes.items())
                self.stdout.write(f"{key}: {what}")
            question = _("%(key)s: which of these? Write its id into the entry.")
            for key, places in report.questions.items():
                self.stdout.write(question % {"key": key})
                for one in places[:10]:
                    where = f"{one.country}.{one.admin1} {one.feature[1]} {one.population}"
                    self.stdout.write(f"  {one.geonames_id} {one.name}, {where}")
        for key, reason in report.refused.items():
            self.stderr.write(self.style.ERROR(f"{key}: {reason}"))
        for line in report.bad_lines:
            self.stderr.write(_("Line %(line)s can't be read.") % {"line": line})
        said = _(
            "%(lines)s lines; %(filled)s filled, %(questions)s to be asked, %(missing)s not found."
        )
        counts = {
            "lines": report.lines,
            "filled": len(report.filled),
            "questions": len(report.questions),
            "missing": len(report.not_found),
        }
        self.stdout.write(said % counts)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))


def _open(path: Path) -> TextIO:
    with reading(path):
        return path.open(encoding="utf-8")
