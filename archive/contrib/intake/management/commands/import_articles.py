"""Imports newspaper stories from source files: parse, plan, apply."""

import os
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _

from archive.contrib.intake.batches.profile_choice import named_mapping
from archive.contrib.intake.options import MTIME, NAME, FilingOptions
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.runs import ImportOptions, ImportRun, ImportStatus, line, total
from archive.desk.memory.sentences import knowing
from archive.management.base import STANDARD, FileCommand, Pace
from archive.publishing.followers import gathered, start_gathered
from archive.stories.imported_work import work_in
from archive.text.language import FIRST, LANGUAGES, SECOND

# So many texts, and what follows their publication is done for them: readers find what is in.
_STEP = 200


class Command(FileCommand):
    help = (
        "Import stories from files, or folders of them, as drafts for an editor to look at. "
        "Importing a file again changes nothing; a corrected file becomes a new version. A story "
        "that lacks its publication, date or headline waits in the admin, under Reports."
    )
    refusals = (IntakeError,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--dry-run", action="store_true", help="read and compare, write nothing"
        )
        parser.add_argument(
            "--json",
            metavar="FILE",
            help="write the stories as a JSON list; - is standard output; FILE.jsonl gets a line "
            "a story while the import goes on",
        )
        parser.add_argument(
            "--limit",
            type=_number,
            metavar="N",
            help="only the first N stories, to see how they turn out",
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish what lacks nothing; the rest are drafts"
        )
        parser.add_argument(
            "--publish-incomplete",
            action="store_true",
            help="publish also stories with words of their source that were not placed; without "
            "it they stay drafts",
        )
        parser.add_argument(
            "--force", action="store_true", help="overwrite stories that were edited since"
        )
        parser.add_argument(
            "--publication", metavar="NAME", help="the publication of files that name none"
        )
        parser.add_argument(
            "--mapping",
            metavar="FILE|NAME",
            help="the columns of CSV and JSON Lines: a TOML or JSON file, or a profile's name",
        )
        parser.add_argument(
            "--create-publications",
            action="store_true",
            help="make publications that only the files name; else their stories are left out",
        )
        parser.add_argument(
            "--create-sections",
            action="store_true",
            help="make sections that only the files name; else their stories have none",
        )
        parser.add_argument(
            "--same-as",
            action="append",
            default=[],
            metavar="PRINTED=NAME",
            help="what files call a publication, and its name in the archive; may be repeated",
        )
        parser.add_argument("--section", metavar="NAME", help="their section, made if need be")
        parser.add_argument(
            "--date-from",
            choices=(NAME, MTIME),
            help="the print date of files that give none: from the file's name, or the day it was "
            "last changed",
        )
        parser.add_argument(
            "--language",
            choices=LANGUAGES,
            metavar="CODE",
            help=f"{FIRST} or {SECOND}; else what the text looks like",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun(_asked(options))
        with knowing(run.pairs), gathered():
            self._import(run, options)

    def _import(self, run: ImportRun, options: dict[str, Any]) -> None:
        asked, target = run.options, options["json"] or ""
        # Standard output belongs to the JSON report alone when it is asked for there.
        summary = self.stderr if target == STANDARD else self.stdout
        # Of 100,000 stories, no more than that stays in memory.
        counts, pages = Counter[ImportStatus](), set[int]()
        pace = Pace(_files_in(options["paths"]))
        with self.reporting(target) as report:
            for outcome in run.import_files(options["paths"]):
                counts[outcome.status] += 1
                if counts.total() % _STEP == 0:
                    start_gathered()
                    run.pairs.clear()
                pages |= {outcome.page_id} if outcome.page_id else set()
                if target and outcome.record:
                    report(outcome.record.as_record())
                has_failed = outcome.status is ImportStatus.FAILED
                if has_failed or self.verbosity:
                    told = line(outcome, dry_run=asked.dry_run)
                    _plain(self.stderr if has_failed else summary, told)
                if self.verbosity and (told := pace.told(counts.total(), run.files)):
                    _plain(self.stderr, told)
        if self.verbosity:
            _plain(summary, total(counts, dry_run=asked.dry_run))
            for told in work_in(pages):
                _plain(summary, told)
            if run.batch:
                told = _("To undo this import: manage.py undo_import %(number)d")
                _plain(summary, told % {"number": run.batch.pk})
        if failed := counts[ImportStatus.FAILED]:
            raise CommandError(_("Not imported: %(count)d.") % {"count": failed})


def _asked(options: dict[str, Any]) -> ImportOptions:
    return ImportOptions(
        create_publications=options["create_publications"],
        create_sections=options["create_sections"],
        same_as=_same_as(options["same_as"]),
        mapping=named_mapping(options["mapping"]) if options["mapping"] else None,
        dry_run=options["dry_run"],
        limit=options["limit"],
        publish=options["publish"] or options["publish_incomplete"],
        incomplete=options["publish_incomplete"],
        force=options["force"],
        filing=FilingOptions(
            publication=options["publication"] or "",
            section=options["section"] or "",
            date_from=options["date_from"] or "",
            language=options["language"] or "",
        ),
    )


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(_("“%(text)s” is no number of stories") % {"text": text})
    return int(text)


def _files_in(paths: list[Path]) -> int:
    """As many as somebody sees there: a ZIP is one."""
    return sum(sum(len(names) for *_of, names in os.walk(path)) or 1 for path in paths)


def _same_as(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    for printed, sign, name in pairs:
        if not (printed.strip() and sign and name.strip()):
            text = _("--same-as needs PRINTED=NAME, such as “Xinhua=Xinhua News Agency”: %(given)s")
            raise CommandError(text % {"given": f"{printed}{sign}{name}"})
    return {printed.strip(): name.strip() for printed, _sign, name in pairs}


def _plain(stream: OutputWrapper, text: str) -> None:
    # Standard error is red by default; a summary is no error.
    stream.write(text, style_func=str)
