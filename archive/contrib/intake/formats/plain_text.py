"""Plain text: a story in any newspaper's layout, or several, cut where that is sure."""

import codecs
import re
from dataclasses import replace

from django.utils.translation import gettext_lazy

from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.formats.story_texts import story_documents
from archive.contrib.intake.labels.marks import names_fields
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.story_reader import read_story

# A text that starts so is in another form: markup, JSON, a PDF or word processor file.
_OTHER_FORM = re.compile(r"\s*(?:<[?!]|%PDF|\{\\rtf|(?:\[\s*)?\{\s*[\"}])")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Teletype messages begin so; what reads them is an app of its own.
_MESSAGE = re.compile(rb"[^\x02]{0,1000}\x01[^\x02]{1,1000}\x02")


class PlainText(SourceFormat):
    """A story in any layout; several, where they are surely parted."""

    id = "text"
    name = gettext_lazy("newspaper plain text")
    description = gettext_lazy(
        "A story as plain text in any newspaper's layout, in English, Chinese or both: paragraphs "
        "by line, blank line or indent, wrapped or not."
    )
    suffixes = (".txt", ".text")

    def recognises(self, source: SourceFile) -> bool:
        # In UTF-16 any byte may be half a character.
        if not source.data.startswith(_UTF16) and _MESSAGE.match(source.data):
            return False
        text = source.text.text
        # A typesetter's codes (<HEAD 36pt>) have no end tags.
        is_markup = text.lstrip().startswith("<") and "</" in text
        return not (is_markup and not names_fields(text)) and not _OTHER_FORM.match(text)

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        told = source.text.warnings
        return [
            read_story(replace(one, warnings=told), source.name, language=language, item=item)
            for item, one in enumerate(story_documents(source.text.text), start=1)
        ]
