"""Prints which names and ties are found in plain-text files; stores nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.contrib.name_suggestions.file_names import (
    FileNames,
    UnreadableTextError,
    file_passages,
)
from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.contrib.name_suggestions.recognition.facts import Gazetteer
from archive.contrib.name_suggestions.recognition.gazetteer import load_gazetteer
from archive.contrib.name_suggestions.recognition.ties import propose_ties
from archive.management.base import STANDARD, FileCommand
from archive.text.language import FIRST, LANGUAGES, SECOND


class Command(FileCommand):
    help = (
        "Suggest the names and ties of stories in plain-text files, without storing anything. "
        "A file that can't be read is reported and the others go on; then the exit status is 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--json", metavar="FILE", help="write a JSON list; - is standard output"
        )
        parser.add_argument(
            "--language",
            choices=LANGUAGES,
            metavar="CODE",
            help=f"{FIRST} or {SECOND}; else what the text looks like",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        gazetteer = self._gazetteer()
        found, failures = [], 0
        for path in options["paths"]:
            try:
                story = file_passages(path.read_bytes(), options["language"])
            except (OSError, UnreadableTextError) as error:
                failures += 1
                self.stderr.write(f"{path}: {getattr(error, 'strerror', None) or error}")
                continue
            suggestions = suggest(gazetteer, story.passages, story.day)
            ties = propose_ties(story.passages, suggestions)
            names = FileNames(path.name, story, suggestions, ties)
            found.append(names.as_record())
            if options["json"] != STANDARD:
                self.stdout.write("\n".join([*names.lines(), ""]))
        if options["json"]:
            self.write_json(options["json"], found)
        if failures:
            message = ngettext(
                "%(count)d file can't be used.", "%(count)d files can't be used.", failures
            )
            raise CommandError(message % {"count": failures})

    def _gazetteer(self) -> Gazetteer:
        try:
            gazetteer = load_gazetteer()
        except DatabaseError as error:
            reason = _("The names can't be read from the database (%(error)s); run migrate first.")
            raise CommandError(reason % {"error": error}) from error
        if not gazetteer.terms:
            text = _("The archive has no names yet: load some with load_entities.")
            self.stderr.write(self.style.WARNING(text))
        return gazetteer
