"""Runs the desk's checks on two plain texts that are aligned by line."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.entities.glossary.termbase import load_termbase
from archive.entities.glossary.terms import Termbase
from archive.management.base import STANDARD, FileCommand
from archive.qa.base import Finding, Pair, Story
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
        ours, theirs = _read_lines(options["source"]), _read_lines(options["target"])
        if len(ours) != len(theirs):
            message = _(
                "%(source)s has %(ours)s lines, %(target)s has %(theirs)s: line by line, one must "
                "be the other's translation. Leave a line empty where a text has none."
            )
            counts = {"ours": len(ours), "theirs": len(theirs)}
            files = {"source": options["source"], "target": options["target"]}
            raise CommandError(message % (files | counts), returncode=2)
        # A file doesn't say what a line is: everything is checked as running text.
        pairs = (
            Pair(str(number), "paragraph", *lines)
            for number, lines in enumerate(zip(ours, theirs, strict=True), 1)
            if any(line.strip() for line in lines)
        )
        language = options["source_language"] or detect("\n".join(ours))
        base = self._termbase()
        story = Story(tuple(pairs), language, other(language), base.names, base.terms)
        findings = check_story(story)
        if options["json"]:
            self.write_json(options["json"], [_as_json(one) for one in findings])
        if options["json"] != STANDARD:
            self._tell(findings)
        errors = sum(finding.severity == "error" for finding in findings)
        if errors:
            message = ngettext("%(count)s error.", "%(count)s errors.", errors)
            raise CommandError(message % {"count": errors})

    def _termbase(self) -> Termbase:
        """The archive's names and terms; none where there is no database to ask."""
        try:
            return load_termbase()
        except DatabaseError as error:
            self.stderr.write(_("Names aren't checked: %(reason)s") % {"reason": error})
            return Termbase()

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


def _read_lines(path: Path) -> list[str]:
    """The file's lines without the blank ones at its end."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = _("%(file)s can't be read: %(reason)s")
        message %= {"file": path, "reason": error.strerror}
        raise CommandError(message, returncode=2) from error
    except UnicodeDecodeError as error:
        message = _("%(file)s isn't UTF-8 (byte %(place)s): save it as UTF-8 and try again.")
        message %= {"file": path, "place": error.start + 1}
        raise CommandError(message, returncode=2) from error
    return text.replace("\r\n", "\n").rstrip().split("\n")


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
