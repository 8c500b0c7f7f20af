"""Takes TMX files into the translation memory."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.contrib.exchange.tmx_import import TmxReport, import_tmx
from archive.management.base import STANDARD, FileCommand
from archive.text.punctuation import joined


class Command(FileCommand):
    help = (
        "Take TMX files of any size into the translation memory. Units with errors are reported "
        "and the others go in; then the exit status is 1. Taking a file in again adds nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        self.add_json_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        reports = []
        for path in options["files"]:
            report = _take(path)
            reports.append(report)
            # Standard output belongs to the JSON report alone when it is asked for there.
            self._tell(report, quiet=options["json"] == STANDARD or not options["verbosity"])
        if options["json"]:
            self.write_json(options["json"], [asdict(report) for report in reports])
        if unclean := [report.file for report in reports if not report.is_clean]:
            raise CommandError(
                _("Not everything was imported: %(files)s.") % {"files": joined(unclean)}
            )

    def _tell(self, report: TmxReport, quiet: bool) -> None:
        for problem in report.problems:
            where = _("%(file)s, line %(line)d, unit %(number)d: %(reason)s")
            self.stderr.write(where % {"file": report.file, **vars(problem)})
        if unnamed := report.skipped - len(report.problems):
            self.stderr.write(_("… and %(count)d more.") % {"count": unnamed})
        if report.error:
            self.stderr.write(f"{report.file}: {report.error}")
        if report.units and not quiet:
            self.stdout.write(f"{report.file}: {' '.join(report.summary)}")


def _take(path: Path) -> TmxReport:
    try:
        with path.open("rb") as stream:
            return import_tmx(stream, path.name)
    except OSError as error:
        reason = _("The file can't be read: %(error)s.") % {"error": error.strerror}
        return TmxReport(path.name, error=reason)
