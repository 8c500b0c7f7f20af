"""Takes over stories that have columns for each language."""

from typing import Any

from django.core.management.base import CommandParser

from archive.contrib.transfer.management.base import OwnModelCommand
from archive.contrib.transfer.records import SiteReader
from archive.contrib.transfer.wagtail_sites import ColumnReader
from archive.text.language import LANGUAGES


class Command(OwnModelCommand):
    help = (
        "Take over this site's own stories with columns such as title_en and title_zh_hans "
        "(django-modeltranslation, wagtail-modeltranslation), with their translations. The "
        "site's rows stay as they are; a second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--source-language",
            default="",
            choices=LANGUAGES,
            metavar="CODE",
            help="the language that stories with both were written in; else the first of them",
        )

    def reader(self, options: dict[str, Any]) -> SiteReader:
        language = options["source_language"]
        return ColumnReader(**self.reader_options(options), source_language=language)
