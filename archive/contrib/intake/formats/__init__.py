"""Source formats: which there are, and which of them a file is in."""

import logging
from dataclasses import replace
from functools import cache

from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from archive.contrib.intake.columns import ColumnMapping
from archive.contrib.intake.conf import settings
from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile, check_size
from archive.text.markup.html_tree import MarkupError
from archive.text.punctuation import joined

logger = logging.getLogger(__name__)

# The most specific first; plain text takes whatever is left. A line each.
FORMATS = [
    "archive.contrib.intake.formats.docx.DocxFormat",
    "archive.contrib.intake.formats.odt.OdtFormat",
    "archive.contrib.intake.formats.rtf.RtfFormat",
    "archive.contrib.intake.formats.pdf.PdfFormat",
    "archive.contrib.intake.formats.refused.RefusedFile",
    "archive.contrib.intake.formats.nitf.NitfFormat",
    "archive.contrib.intake.formats.newsml_g2.NewsmlG2Format",
    "archive.contrib.intake.formats.newsml_1.NewsmlFormat",
    "archive.contrib.intake.formats.iptc7901.Iptc7901Format",
    "archive.contrib.intake.formats.anpa.AnpaFormat",
    "archive.contrib.intake.formats.wordpress.WordPressExport",
    "archive.contrib.intake.formats.ninjs.NinjsFormat",
    "archive.contrib.intake.formats.feeds.FeedFormat",
    "archive.contrib.intake.formats.web_pages.WebArchive",
    "archive.contrib.intake.formats.mail.MailFormat",
    "archive.contrib.intake.formats.web_pages.WebPage",
    "archive.contrib.intake.formats.json_lines.JsonLinesFormat",
    "archive.contrib.intake.formats.csv_table.CsvFormat",
    "archive.contrib.intake.formats.markdown.MarkdownFormat",
    "archive.contrib.intake.formats.plain_text.PlainText",
]


def registered() -> list[SourceFormat]:
    """The site's formats in the order they are asked: who reads bytes first, text then."""
    chosen = settings.INTAKE_FORMATS
    loaded = [_load(path) for path in (FORMATS if chosen is None else chosen)]
    return sorted(loaded, key=lambda form: form.reads == "text")


@cache
def _load(path: str) -> SourceFormat:
    try:
        loaded = import_string(path)
    except ImportError as error:
        reason = _("ARCHIVE_INTAKE_FORMATS names “%(path)s”, which can't be imported")
        raise IntakeError(reason % {"path": path}) from error
    except (AppRegistryNotReady, ImproperlyConfigured, RuntimeError) as error:
        # Files are read in a process without apps: see `archive.sandbox`.
        reason = _(
            "ARCHIVE_INTAKE_FORMATS names “%(path)s”, whose module needs models: put the format "
            "into a module that imports none (%(error)s)"
        )
        raise IntakeError(reason % {"path": path, "error": error}) from error
    if not (isinstance(loaded, type) and issubclass(loaded, SourceFormat)):
        reason = _("ARCHIVE_INTAKE_FORMATS names “%(path)s”, which is not a SourceFormat")
        raise IntakeError(reason % {"path": path})
    if not loaded.id:
        reason = _("ARCHIVE_INTAKE_FORMATS names “%(path)s”, which has no id")
        raise IntakeError(reason % {"path": path})
    return loaded()


def suffixes() -> list[str]:
    """The usual file name endings of all formats."""
    return sorted({suffix for form in registered() for suffix in form.suffixes})


def recognise(source: SourceFile, mapping: ColumnMapping | None = None) -> SourceFormat:
    """The first format that recognises the source; raises IntakeError when none does."""
    for form in (one.mapped(mapping) for one in registered()):
        if form.reads == "text":
            check_size(len(source.data), settings.INTAKE_MAX_BYTES, "ARCHIVE_INTAKE_MAX_BYTES")
        if form.recognises(source):
            return form
    reason = _("no format recognises it (known: %(names)s); save the story as plain text")
    names = joined(form.name for form in registered())
    raise IntakeError(reason % {"names": names})


def read_stories(
    source: SourceFile, language: str | None = None, mapping: ColumnMapping | None = None
) -> list[ParsedArticle]:
    """The stories of a file, numbered from 1, with the id of the format that read them.

    `mapping` says what the columns of tables are; else their names are guessed from.
    Raises IntakeError.
    """
    form = recognise(source, mapping)
    try:
        stories = form.parse(source, language)
    except (IntakeError, MemoryError):
        raise
    except MarkupError as error:
        raise IntakeError(str(error)) from error
    except Exception as error:  # a library's, at a file that it didn't expect
        logger.exception("Reading %s as %s failed", source.name, form.id)
        reason = _("damaged, or not what it seems (%(format)s: %(error)s); save it anew")
        raise IntakeError(reason % {"format": form.name, "error": repr(error)[:200]}) from error
    return [replace(story, format=form.id, item=item) for item, story in enumerate(stories, 1)]
