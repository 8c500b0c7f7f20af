"""Plain text: a story in any newspaper's layout."""

import html
import re

from django.utils.translation import gettext_lazy

from archive.intake.documents import DocumentLine, SourceDocument
from archive.intake.formats.base import SourceFormat
from archive.intake.layout.lines import trim
from archive.intake.records import ParsedArticle
from archive.intake.sources import SourceFile
from archive.intake.story_reader import read_story

# A text that starts so is in another form: markup, JSON, a PDF or word processor file.
_OTHER_FORMS = ("<", "{", "[{", "%PDF", "{\\rtf")
# What a page's text keeps of its source when it was copied from there.
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_STRONG = re.compile(r"<(?P<tag>strong|b|h[1-6])>(?P<text>[^<>]+)</(?P=tag)>", re.IGNORECASE)


class PlainText(SourceFormat):
    """One story a file, in any layout."""

    id = "text"
    name = gettext_lazy("newspaper plain text")
    description = gettext_lazy(
        "A story as plain text in any newspaper's layout, in English, Chinese or both: paragraphs "
        "by line, blank line or indent, wrapped or not."
    )
    suffixes = (".txt", ".text")

    def recognises(self, source: SourceFile) -> bool:
        return not source.text.text.lstrip().startswith(_OTHER_FORMS)

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        text = source.text.text
        document = SourceDocument(text, read_document_lines(text), warnings=source.text.warnings)
        return [read_story(document, source.name, language=language)]


def read_document_lines(text: str) -> tuple[DocumentLine, ...]:
    """The lines that hold something, in order, each with its place in the text."""
    lines: list[DocumentLine] = []
    at = gap = 0
    for raw in text.splitlines(keepends=True):
        printed = trim(raw)
        words = trim(_ENTITY.sub(lambda entity: html.unescape(entity[0]), printed))
        if words:
            start = at + raw.index(printed)
            strong = _STRONG.fullmatch(words)
            lines.append(
                DocumentLine(
                    trim(strong["text"]) if strong else words,
                    (start, start + len(printed)),
                    gap=gap,
                    indent=start - at,
                    is_emphasised=bool(strong),
                )
            )
            gap = 0
        else:
            gap += 1
        at += len(raw)
    return tuple(lines)
