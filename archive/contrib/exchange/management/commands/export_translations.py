"""Writes translations as files for translation tools, or as tables for reviewers."""

import os
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive.contrib.exchange.actions import export
from archive.contrib.exchange.formats import FORMATS
from archive.contrib.exchange.stories import from_memory
from archive.contrib.exchange.units import ExchangeError
from archive.desk.models import Translation
from archive.management.base import STANDARD, FileCommand
from archive.stories.marks import TranslationState
from archive.text.language import LANGUAGES


class Command(FileCommand):
    help = "Export translations as XLIFF or PO for a translation tool, or as a Word or Excel table."
    refusals = (ExchangeError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="ids of translations")
        parser.add_argument("--format", choices=list(FORMATS), default="xliff12")
        parser.add_argument("--state", choices=TranslationState.values, help="the stories' state")
        parser.add_argument("--language", choices=LANGUAGES, help="translations into this language")
        parser.add_argument("--print-date", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--suggestions", action="store_true", help="with what the translation memory has"
        )
        parser.add_argument(
            "--output",
            metavar="FILE",
            help="file or folder to write: a folder/ is made; - is standard output",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = _chosen(options)
        if not found.exists():
            raise CommandError(_("No translation matches."))
        suggest = from_memory if options["suggestions"] else None
        file = export(found, options["format"], suggest=suggest)
        output = str(options["output"] or "")
        if output == STANDARD:
            binary = getattr(self.stdout, "buffer", None)
            if binary is None:
                self.stdout.write(file.data.decode(errors="replace"))
            else:
                binary.write(file.data)
            return
        path = Path(output or file.name)
        if output.endswith(("/", os.sep)):
            with self.writing(path):
                path.mkdir(parents=True, exist_ok=True)
        path = path / file.name if path.is_dir() else path
        self.write_file(path, [file.data])
        self.tell(str(path))


def _chosen(options: dict[str, Any]) -> QuerySet[Translation]:
    wanted = {
        "pk__in": options["ids"],
        "article__translation_state": options["state"],
        "language": options["language"],
        "article__print_date": options["print_date"],
    }
    asked = {name: value for name, value in wanted.items() if value}
    if not asked:
        raise CommandError(_("Give ids of translations, or a state, language or print date."))
    return Translation.objects.filter(**asked)
