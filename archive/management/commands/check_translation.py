"""Runs the desk's checks on two plain texts that are aligned by line."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.management.base import STANDARD, FileCommand
from archive.qa.base import Finding, QaError, Story
from archive.qa.line_files import read_pairs
from archive.qa.runner import check_story
from archive.text.language import LANGUAGES, detect, other


class Command(FileCommand):
    unwritable = 2
    help = (
        "Check a translation: two UTF-8 texts, line by line. The exit status is 1 if there are "
        "errors, 0 if there are warnings at most, and 2 if the files can't be compared."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, metavar="SOURCE.txt")
        parser.add_argument("target", type=Path, metavar="TARGET.txt")
        parser.add_argument(
            "--source-language",
            choices=LANGUAGES,
            help="the source's language; without it, the source's script tells",
        )
        self.add_json_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = read_pairs(options["source"], options["target"])
        except QaError as error:
            raise CommandError(str(error), returncode=2) from error
        language = options["source_language"] or detect(files.source)
        story = Story(files.pairs, language, other(language), self._names())
        findings = check_story(story)
        if options["json"]:
            self.write_json(options["json"], [_as_json(one) for one in findings])
        if options["json"] != STANDARD:
            self._tell(findings)
        errors = sum(finding.severity == "error" for finding in findings)
        if errors:
            message = ngettext("%(count)s error.", "%(count)s errors.", errors)
            raise CommandError(message % {"count": errors})

    def _names(self) -> Glossary:
        """The archive's names; none where there is no database to ask."""
        try:
            return load_glossary()
        except DatabaseError as error:
            self.stderr.write(_("Names aren't checked: %(reason)s") % {"reason": error})
            return Glossary()

    def _tell(self, findings: list[Finding]) -> None:
        for one in findings:
            style = self.style.ERROR if one.severity == "error" else self.style.WARNING
            spans = " ".join(
                f"{side}[{start}:{end}]"
                for side, places in (("source", one.source_spans), ("target", one.target_spans))
                for start, end in places
            )
            line = f"{one.key}: {one.severity} {one.check_id}: {one.message} {spans}"
            self.stdout.write(style(line.rstrip()))
        if not findings:
            self.stdout.write(self.style.SUCCESS(_("Nothing found.")))


def _as_json(finding: Finding) -> dict[str, Any]:
    """Spans are [start, end] in characters of the line, the end not included."""
    return {
        "line": int(finding.key),
        "check_id": finding.check_id,
        "severity": finding.severity,
        "message": finding.message,
        "source_spans": [list(span) for span in finding.source_spans],
        "target_spans": [list(span) for span in finding.target_spans],
    }
