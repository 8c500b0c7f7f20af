"""WordPress's exports among the formats that an import reads. Wiring only."""

from wagtail import hooks

from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.transfer.wordpress_format import WordPressExport


@hooks.register("register_archive_source_format")
def format_of_wordpress() -> list[SourceFormat]:
    return [WordPressExport()]
