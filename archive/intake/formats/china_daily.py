"""Plain text as China Daily's back files hold it, and its Chinese sister papers'."""

from django.utils.translation import gettext_lazy

from archive.intake.documents import DocumentLine, SourceDocument
from archive.intake.formats.base import SourceFormat
from archive.intake.plaintext.grammar import trim
from archive.intake.records import ParsedArticle
from archive.intake.sources import SourceFile
from archive.intake.story_reader import read_story

# A text that starts so is in another form: markup, JSON, a PDF or word processor file.
_OTHER_FORMS = ("<", "{", "[{", "%PDF", "{\\rtf")


class ChinaDailyText(SourceFormat):
    """One story a file: headline, standfirst, bylines, body, contact, captions, citation."""

    id = "text"
    name = gettext_lazy("newspaper plain text")
    description = gettext_lazy(
        "A story as China Daily's back files hold it, in English or Chinese: one line a "
        "paragraph, the headline first, the citation last."
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
        if trimmed := trim(raw):
            start = at + raw.index(trimmed)
            span = (start, start + len(trimmed))
            lines.append(DocumentLine(trimmed, span, gap=gap, indent=start - at))
            gap = 0
        else:
            gap += 1
        at += len(raw)
    return tuple(lines)
