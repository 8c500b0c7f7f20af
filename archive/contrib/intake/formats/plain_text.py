"""Plain text: a story in any newspaper's layout."""

import html
import re

from django.utils.translation import gettext_lazy

from archive.contrib.intake.documents import DocumentLine, LineKind, SourceDocument
from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.layout.lines import trim
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.several import is_number_of_story, story_texts
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.story_reader import read_story

# A text that starts so is in another form: markup, JSON, a PDF or word processor file.
_OTHER_FORM = re.compile(r"\s*(?:<[?!]|%PDF|\{\\rtf|(?:\[\s*)?\{\s*[\"}])")
# Teletype messages begin so; what reads them is an app of its own.
_MESSAGE = re.compile(rb"[^\x02]{0,1000}\x01[^\x02]{1,1000}\x02")
# What a page's text keeps of its source when it was copied from there.
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_STRONG = re.compile(r"<(?P<tag>strong|b|h[1-6])>(?P<text>[^<>]+)</(?P=tag)>", re.IGNORECASE)


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
        if _MESSAGE.match(source.data):
            return False
        text = source.text.text
        # A typesetter's codes (<HEAD 36pt>) have no end tags.
        is_markup = text.lstrip().startswith("<") and "</" in text
        return not is_markup and not _OTHER_FORM.match(text)

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        warnings = source.text.warnings
        return [
            read_story(
                SourceDocument(text, read_document_lines(text), warnings=warnings),
                source.name,
                language=language,
                item=item,
            )
            for item, text in enumerate(story_texts(source.text.text), start=1)
        ]


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
            kind: LineKind = "furniture" if is_number_of_story(words) else "text"
            lines.append(
                DocumentLine(
                    trim(strong["text"]) if strong else words,
                    (start, start + len(printed)),
                    kind,
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
