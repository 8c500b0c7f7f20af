"""What commands share: the files and reports that they read and write."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from archive.text.spreadsheets import decode_csv

STANDARD = "-"
# Who watches a long run hears of it so often: seconds.
_TOLD_EVERY = 10.0


class Pace:
    """How fast a long run goes, and what is left of its `total` files (0: nobody knows)."""

    def __init__(self, total: int = 0) -> None:
        self.total, self.start = total, monotonic()
        self.next = self.start + _TOLD_EVERY

    def told(self, texts: int, files: int) -> str:
        """For people, after so many of each; "" if they heard of it lately."""
        now = monotonic()
        if now < self.next or not texts:
            return ""
        self.next = now + _TOLD_EVERY
        seconds = now - self.start
        said = {"count": f"{texts:,}", "rate": f"{texts / seconds:.1f}"}
        if not 0 < files < self.total:
            return _("%(count)s texts so far; %(rate)s a second") % said
        # Less than a minute is one: people plan by no less.
        left = timedelta(seconds=max(60.0, seconds / files * (self.total - files)))
        said |= {"files": f"{files:,}", "total": f"{self.total:,}"}
        moment = timezone.now()
        said["left"] = timeuntil(moment + left, moment)
        told = _(
            "%(count)s texts of %(files)s files of %(total)s; %(rate)s a second; left: %(left)s"
        )
        return told % said


class ArchiveCommand(BaseCommand):
    """Says nothing to people where `--verbosity` is 0."""

    verbosity = 1
    # Errors whose message tells people what is wrong.
    refusals: tuple[type[Exception], ...] = ()

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.verbosity = options["verbosity"]
        try:
            return super().execute(*args, **options)
        except self.refusals as error:
            raise CommandError(str(error)) from error

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

    @contextmanager
    def reporting(self, target: str) -> Iterator[Callable[[Any], None]]:
        """What takes a report's records: FILE.jsonl has each as a line at once, all others get a
        JSON list of them at the end; for "" they go nowhere.
        """
        if target.endswith(".jsonl"):
            path = Path(target)
            with self.writing(path), path.open("w", encoding="utf-8") as stream:
                yield lambda record: print(
                    json.dumps(record, ensure_ascii=False), file=stream, flush=True
                )
            return
        records: list[Any] = []
        yield records.append if target else lambda record: None
        if target:
            self.write_json(target, records)

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
            return decode_csv(path.read_bytes())
    except UnicodeError as error:
        raise CommandError(
            _("%(file)s isn't UTF-8: save it as “CSV UTF-8” and load it again.") % {"file": path}
        ) from error
