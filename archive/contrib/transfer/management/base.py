"""What the commands share that take over another site's stories."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from archive.contrib.intake.runs import ImportOutcome, ImportStatus, line
from archive.contrib.transfer.fields import guess_fields, read_fields
from archive.contrib.transfer.records import SiteReader, TransferError
from archive.contrib.transfer.store import TransferOptions, TransferRun, total
from archive.contrib.transfer.wagtail_sites import get_model
from archive.management.base import ArchiveCommand
from archive.publishing.followers import gathered


class TransferCommand(ArchiveCommand, ABC):
    """Reports each story, then the sums; raises CommandError if one was not taken over."""

    refusals = (TransferError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="read, pair and report; write nothing"
        )
        parser.add_argument(
            "--force", action="store_true", help="overwrite stories that were edited in the archive"
        )
        parser.add_argument(
            "--publication", default="", metavar="NAME", help="of stories that name none"
        )
        parser.add_argument(
            "--no-redirects", action="store_true", help="no redirects from the old addresses"
        )
        parser.add_argument(
            "--credit", default="", metavar="TEXT", help="the credit of pictures that have none"
        )
        parser.add_argument(
            "--rights", default="", metavar="TEXT", help="the copyright notice of such pictures"
        )

    def outcomes(self, reader: SiteReader, options: TransferOptions) -> Iterable[ImportOutcome]:
        """What becomes of each story that the reader reads."""
        return TransferRun(reader, options).outcomes()

    @abstractmethod
    def reader(self, options: dict[str, Any]) -> SiteReader:
        """Of the site; raises TransferError."""

    def handle(self, *args: Any, **options: Any) -> None:
        with gathered():
            self._take_over(options)

    def _take_over(self, options: dict[str, Any]) -> None:
        dry_run = options["dry_run"]
        asked = TransferOptions(
            dry_run=dry_run,
            force=options["force"],
            redirects=not options["no_redirects"],
            credit=options["credit"],
            rights=options["rights"],
        )
        counts: Counter[ImportStatus] = Counter()
        reader = self.reader(options)
        for outcome in self.outcomes(reader, asked):
            counts[outcome.status] += 1
            has_failed = outcome.status is ImportStatus.FAILED
            if has_failed or self.verbosity:
                out = self.stderr if has_failed else self.stdout
                out.write(line(outcome, dry_run=dry_run), style_func=str)
        for remark in (*reader.remarks, total(counts, dry_run=dry_run)):
            self.tell(remark)
        if failed := counts[ImportStatus.FAILED]:
            raise CommandError(_("Not taken over: %(count)d.") % {"count": failed})


class OwnModelCommand(TransferCommand):
    """For stories that are a model of this same site."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--model", required=True, metavar="APP.MODEL", help="news.ArticlePage")
        parser.add_argument(
            "--map", type=Path, metavar="FILE", help="TOML or JSON: which field is which part"
        )
        parser.add_argument(
            "--image-model",
            default="",
            metavar="APP.MODEL",
            help="the table of the stories' pictures, if it isn't WAGTAILIMAGES_IMAGE_MODEL",
        )
        super().add_arguments(parser)

    def reader_options(self, options: dict[str, Any]) -> dict[str, Any]:
        """The reader's arguments; tells which fields are taken for what."""
        model, path = get_model(options["model"]), options["map"]
        field_map = read_fields(path, model) if path else guess_fields(model)
        self.tell("\n".join([_("Fields:"), *(f"  {one}" for one in field_map.lines())]))
        return {
            "model": model,
            "field_map": field_map,
            "publication": options["publication"],
            "image_model": options["image_model"],
        }
