"""Takes over stories that are a page for each language: of wagtail-localize, or plain Wagtail."""

from typing import Any

from archive.contrib.transfer.management.base import OwnModelCommand
from archive.contrib.transfer.records import SiteReader
from archive.contrib.transfer.wagtail_sites import LocaleTreeReader


class Command(OwnModelCommand):
    help = (
        "Take over this site's own stories, a page for each language (wagtail-localize, or "
        "Wagtail's locales), with their translations. The site's pages stay as they are; a "
        "second run changes nothing."
    )

    def reader(self, options: dict[str, Any]) -> SiteReader:
        return LocaleTreeReader(**self.reader_options(options))
