"""A source file's story as passages, with the places where they stand in the file's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.entities.suggestions.base import Passage, Spot
from archive.intake.errors import IntakeError
from archive.intake.formats import recognise
from archive.intake.records import ParsedArticle
from archive.intake.sources import SourceFile
from archive.text.language import detect

# What the decoded text is called by Python; a byte order mark isn't part of the text.
_CODECS = {"utf-8": "utf-8-sig"}


@dataclass(frozen=True)
class FilePassages:
    """`starts` says, by passage key, at which code point of the file's text it begins."""

    language: str
    day: date | None
    passages: tuple[Passage, ...]
    starts: dict[str, int]

    def span(self, spot: Spot) -> tuple[int, int]:
        """Where the spot begins and ends in the file's text, line ends as in the file."""
        start = self.starts[spot.passage]
        return start + spot.start, start + spot.end


def file_passages(source: SourceFile, language: str | None = None) -> FilePassages:
    """The story's own words: headline first; citation, contact and credits left out.

    A text that is no newspaper story is read line by line. Raises IntakeError if the bytes are
    no text.
    """
    text = source.data.decode(_CODECS.get(source.text.encoding, source.text.encoding))
    spoken = language or detect(text)
    article = _article(source, spoken)
    spans = _spans(article, text) if article else None
    spans = spans or list(_lines(text))
    passages = []
    starts = {}
    for start, end in spans:
        key = f"line:{text.count(chr(10), 0, start) + 1}:{start}"
        passages.append(Passage(key, text[start:end], spoken))
        starts[key] = start
    day = article.published if article else None
    return FilePassages(spoken, day, tuple(passages), starts)


def _article(source: SourceFile, language: str) -> ParsedArticle | None:
    try:
        return recognise(source).parse(source, language)[0]
    except IntakeError:
        return None


def _spans(article: ParsedArticle, text: str) -> list[tuple[int, int]] | None:
    """Where headline, standfirst, body and captions stand; None if one isn't found."""
    head = [article.headline, *([article.standfirst] if article.standfirst else [])]
    rest = [block.text for block in article.blocks] + [one.text for one in article.captions]
    spans: list[tuple[int, int]] = []
    for piece in filter(None, [*head, *rest]):
        start = text.find(piece)
        while any(start < end and first < start + len(piece) for first, end in spans):
            start = text.find(piece, start + 1)
        if start < 0:
            return None
        spans.append((start, start + len(piece)))
    return spans[: len(head)] + sorted(spans[len(head) :])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)
