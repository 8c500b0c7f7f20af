"""Export and import from a shell: what the four commands share."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, OutputWrapper
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive.conf import settings
from archive.desk.exchange.formats import too_large
from archive.desk.exchange.report import as_values, lines
from archive.desk.exchange.runs import FileReport, export, import_files
from archive.desk.exchange.stories import no_matches
from archive.desk.exchange.suggesting import from_memory
from archive.desk.models import Translation
from archive.pages.marks import TranslationState
from archive.text.language import LANGUAGES

STANDARD = "-"


def add_export_arguments(parser: ArgumentParser) -> None:
    """Which translations, and where to."""
    parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="ids of translations")
    parser.add_argument("--state", choices=TranslationState.values, help="the stories' state")
    parser.add_argument("--language", choices=LANGUAGES, help="translations into this language")
    parser.add_argument("--print-date", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument(
        "--suggestions", action="store_true", help="with what the translation memory has"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="file or folder to write; - is standard output"
    )


def add_import_arguments(parser: ArgumentParser) -> None:
    """Which files, and how."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="report, and store nothing")
    parser.add_argument("--user", metavar="NAME", help="whose changes and rights these are")
    parser.add_argument(
        "--json", metavar="FILE", help="write the report as JSON; - is standard output"
    )


def write_export(options: dict[str, Any], format_name: str, stdout: OutputWrapper) -> None:
    """Export what the options name; raises CommandError if that is nothing."""
    found = _chosen(options)
    if not found.exists():
        raise CommandError(_("No translation is as you ask."))
    suggest = from_memory if options["suggestions"] else no_matches
    file, output = export(found, format_name, suggest=suggest), options["output"]
    if str(output) == STANDARD:
        _write_bytes(stdout, file.data)
        return
    path = Path(file.name) if output is None else output
    path = path / file.name if path.is_dir() else path
    try:
        path.write_bytes(file.data)
    except OSError as error:
        reason = _("%(file)s can't be written: %(error)s.")
        raise CommandError(reason % {"file": path, "error": error.strerror}) from error
    if options["verbosity"]:
        stdout.write(str(path))


def _write_bytes(stdout: OutputWrapper, data: bytes) -> None:
    binary = getattr(stdout, "buffer", None)
    if binary is None:
        stdout.write(data.decode())
    else:
        binary.write(data)


def _chosen(options: dict[str, Any]) -> QuerySet[Translation]:
    wanted = {
        "pk__in": options["ids"],
        "article__translation_state": options["state"],
        "language": options["language"],
        "article__print_date": options["print_date"],
    }
    asked = {name: value for name, value in wanted.items() if value}
    if not asked:
        raise CommandError(_("Name translations by their ids, or a state, language or print date."))
    return Translation.objects.filter(**asked)


def run_import(options: dict[str, Any], stdout: OutputWrapper, stderr: OutputWrapper) -> None:
    """Import the files and report; raises CommandError if a file or story was refused."""
    user = _user(options["user"])
    files = list(_read(options["files"]))
    reports = list(import_files(files, user=user, dry_run=options["dry_run"]))
    told = stderr if options["json"] == STANDARD else stdout
    if options["verbosity"]:
        told.write("\n".join(lines(reports)), style_func=str)
    if options["json"]:
        _write_json(options["json"], reports, stdout)
    if failed := sum(report.has_failed for report in reports):
        raise CommandError(_("Files with trouble: %(count)d.") % {"count": failed})


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
        try:
            size = path.stat().st_size
            if size > settings.DESK_MAX_BYTES:
                raise CommandError(too_large(str(path), size))
            yield str(path), path.read_bytes()
        except OSError as error:
            reason = _("%(file)s can't be read: %(error)s.")
            raise CommandError(reason % {"file": path, "error": error.strerror}) from error


def _write_json(target: str, reports: list[FileReport], stdout: OutputWrapper) -> None:
    text = json.dumps(as_values(reports), ensure_ascii=False, indent=2)
    if target == STANDARD:
        stdout.write(text)
        return
    try:
        Path(target).write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        reason = _("%(file)s can't be written: %(error)s.")
        raise CommandError(reason % {"file": target, "error": error.strerror}) from error
