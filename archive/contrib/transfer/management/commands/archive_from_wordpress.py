"""Takes over the posts of a WordPress export."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from archive.contrib.intake.runs import ImportOptions, ImportOutcome, ImportRun
from archive.contrib.transfer.management.base import TransferCommand
from archive.contrib.transfer.records import SiteReader
from archive.contrib.transfer.store import TransferOptions
from archive.contrib.transfer.wordpress import WordPressReader


class Command(TransferCommand):
    help = (
        "Take over the posts of a WordPress export (WXR), with the translations that Polylang "
        "or WPML tell of. A second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="EXPORT.xml")
        parser.add_argument(
            "--translations",
            type=Path,
            metavar="FILE",
            help="WPML's table icl_translations as CSV, where the export has no languages",
        )
        parser.add_argument(
            "--media", type=Path, metavar="DIR", help="a copy of the site's wp-content/uploads"
        )
        parser.add_argument(
            "--download", action="store_true", help="fetch pictures that aren't there from the site"
        )
        parser.add_argument(
            "--download-from",
            action="append",
            default=[],
            metavar="HOST",
            help="fetch them from this host as well; may be given several times",
        )
        parser.add_argument(
            "--types", default="post", metavar="TYPES", help="kinds of posts: post,article"
        )
        super().add_arguments(parser)

    def outcomes(self, reader: SiteReader, options: TransferOptions) -> Iterable[ImportOutcome]:
        if not isinstance(reader, WordPressReader) or not reader.holds_records():
            return super().outcomes(reader, options)
        # An archive's own export says everything of its stories: it is imported as any other is.
        run = ImportRun(
            ImportOptions(
                dry_run=options.dry_run,
                force=options.force,
                publish=True,
                create_publications=True,
                create_sections=True,
            )
        )
        return run.import_files([reader.path])

    def reader(self, options: dict[str, Any]) -> SiteReader:
        return WordPressReader(
            options["file"],
            translations=options["translations"],
            media=options["media"],
            download=options["download"] or bool(options["download_from"]),
            download_from=tuple(options["download_from"]),
            kinds=tuple(options["types"].split(",")),
            publication=options["publication"],
        )
