"""What commands share: files and reports they write, and translations that go out and come back."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive.conf import settings
from archive.desk.exchange.actions import export, import_files
from archive.desk.exchange.formats import too_large
from archive.desk.exchange.report import as_lines, as_values
from archive.desk.exchange.stories import from_memory
from archive.desk.models import Translation
from archive.stories.marks import TranslationState
from archive.text.language import LANGUAGES

STANDARD = "-"


class ArchiveCommand(BaseCommand):
    """Says nothing to people where `--verbosity` is 0."""

    verbosity = 1

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.verbosity = options["verbosity"]
        return super().execute(*args, **options)

    def tell(self, text: str) -> None:
        if self.verbosity:
            self.stdout.write(text)

    def tell_progress(self, done: int, total: int) -> None:
        self.tell(_("%(done)s of %(total)s stories") % {"done": done, "total": total})


class FileCommand(ArchiveCommand):
    """Writes files and JSON reports; "-" is standard output. Raises CommandError if it can't."""

    # The exit status where a file can't be written.
    unwritable = 1

    def add_json_argument(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json", metavar="FILE", help="write the report as JSON; - is standard output"
        )

    def write_json(self, target: str, values: Any) -> None:
        text = json.dumps(values, ensure_ascii=False, indent=2)
        if target == STANDARD:
            self.stdout.write(text)
        else:
            self.write_file(Path(target), [f"{text}\n".encode()])

    def write_file(self, path: Path, pieces: Iterable[bytes]) -> None:
        with self.writing(path), path.open("wb") as stream:
            stream.writelines(pieces)

    @contextmanager
    def writing(self, path: Path) -> Iterator[None]:
        """Around what writes the file: why it can't be written, as a CommandError."""
        try:
            yield
        except OSError as error:
            reason = _("%(file)s can't be written: %(error)s.")
            raise CommandError(
                reason % {"file": path, "error": error.strerror}, returncode=self.unwritable
            ) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Around what reads the file: why it can't be read, as a CommandError."""
    try:
        yield
    except OSError as error:
        reason = _("%(file)s can't be read: %(error)s.")
        raise CommandError(reason % {"file": path, "error": error.strerror}) from error


def read_table(path: Path) -> str:
    """The text of a CSV file; raises CommandError with the way out when it can't be read."""
    try:
        with reading(path):
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(
            _("%(file)s isn't UTF-8: save it as “CSV UTF-8” and load it again.") % {"file": path}
        ) from error


class ExportCommand(FileCommand, ABC):
    """Writes the chosen translations in one format; raises CommandError if there are none."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="ids of translations")
        parser.add_argument("--state", choices=TranslationState.values, help="the stories' state")
        parser.add_argument("--language", choices=LANGUAGES, help="translations into this language")
        parser.add_argument("--print-date", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--suggestions", action="store_true", help="with what the translation memory has"
        )
        parser.add_argument(
            "--output",
            type=Path,
            metavar="FILE",
            help="file or folder to write; - is standard output",
        )

    @abstractmethod
    def format_name(self, options: dict[str, Any]) -> str:
        """The name of the format in `formats.FORMATS`."""

    def handle(self, *args: Any, **options: Any) -> None:
        found = _chosen(options)
        if not found.exists():
            raise CommandError(_("No translation matches."))
        suggest = from_memory if options["suggestions"] else None
        file = export(found, self.format_name(options), suggest=suggest)
        output = options["output"]
        if str(output) == STANDARD:
            binary = getattr(self.stdout, "buffer", None)
            if binary is None:
                self.stdout.write(file.data.decode())
            else:
                binary.write(file.data)
            return
        path = Path(file.name) if output is None else output
        path = path / file.name if path.is_dir() else path
        self.write_file(path, [file.data])
        self.tell(str(path))


class ImportCommand(FileCommand):
    """Takes files in and reports; raises CommandError if a file or story was refused."""

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
