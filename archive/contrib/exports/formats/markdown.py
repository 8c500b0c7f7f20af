"""Markdown with front matter: a file for each story, in both languages."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from archive.contrib.exports.formats.base import FilesFormat, check_for_xml, stem_of
from archive.interchange.markdown_story import write_markdown
from archive.interchange.records import WholeStory


class MarkdownExport(FilesFormat):
    id = "markdown"
    name = _("Markdown")
    description = _("A file for each story, with everything else in its front matter.")
    suffix = ".md"

    def files(self, record: WholeStory) -> Iterator[tuple[str, str]]:
        # What Markdown has no form for is XHTML in it.
        check_for_xml(record)
        yield f"{stem_of(record)}{self.suffix}", write_markdown(record)
