"""Web pages and feeds among the formats that an import reads. Wiring only."""

from wagtail import hooks

from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.web_pages.feeds import FeedFormat
from archive.contrib.web_pages.formats import WebArchive, WebPage


# Behind those of apps that know their XML more closely, before those of words alone.
@hooks.register("register_archive_source_format", order=90)
def formats_of_the_web() -> list[SourceFormat]:
    return [FeedFormat(), WebArchive(), WebPage()]
