"""The shortest way from a file's text to its document, and to what its lines say."""

from pathlib import Path

from archive.contrib.intake.documents import LineKind, SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.sources import SourceFile


def source(text: str | bytes, name: str = "story.xml") -> SourceFile:
    return SourceFile(Path(name), text.encode() if isinstance(text, str) else text)


def documents(form: DocumentFormat, text: str | bytes) -> list[SourceDocument]:
    found = source(text)
    assert form.recognises(found)
    return list(form.documents(found))


def document(form: DocumentFormat, text: str | bytes) -> SourceDocument:
    (found,) = documents(form, text)
    return found


def texts(found: SourceDocument, *kinds: LineKind) -> list[str]:
    """The lines of these kinds, in order."""
    return [line.text for line in found.lines if line.kind in kinds]
