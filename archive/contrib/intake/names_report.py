"""The names and ties found in a source file, as JSON and as a listing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.contrib.intake.limited import read_within_limits
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile
from archive.entities.suggestions.base import Passage, Spot, Suggestions
from archive.stories.models import ArticlePage
from archive.text.language import detect, other
from archive.text.stored_messages import message as _
from archive.ties.proposals import ProposedTie


@dataclass(frozen=True)
class FilePassages:
    """`starts` says, by passage key, at which code point of the file's text it begins."""

    language: str
    day: date | None
    passages: tuple[Passage, ...]
    starts: dict[str, int]


def file_passages(source: SourceFile, language: str | None = None) -> FilePassages:
    """The story's own words: headline first; citation, contact and credits left out.

    A text that is no newspaper story is read line by line. Raises IntakeError if the bytes are
    no text.
    """
    text = source.text.text
    spoken = language or detect(text)
    day, spans = None, None
    try:
        article = read_within_limits(source, spoken)[0]
    except IntakeError:
        pass
    else:
        day, spans = article.published, _spans(article, text)
    passages = []
    starts = {}
    for start, end in spans or _lines(text):
        key = f"line:{text.count(chr(10), 0, start) + 1}:{start}"
        passages.append(Passage(key, text[start:end], spoken))
        starts[key] = start
    return FilePassages(spoken, day, tuple(passages), starts)


def _spans(article: ParsedArticle, text: str) -> list[tuple[int, int]] | None:
    """Where heading, body and captions stand; None if one isn't found."""
    head = [*filter(None, (getattr(article, name) for name in ArticlePage.heading_fields))]
    rest = [block.text for block in article.blocks] + [one.text for one in article.captions]
    spans: list[tuple[int, int]] = []
    for piece in [*head, *filter(None, rest)]:
        start = -1
        while (start := text.find(piece, start + 1)) >= 0:
            if all(end <= start or start + len(piece) <= first for first, end in spans):
                break
        else:
            return None
        spans.append((start, start + len(piece)))
    return spans[: len(head)] + sorted(spans[len(head) :])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


@dataclass(frozen=True)
class FileNames:
    """What was found in one file."""

    source: str
    story: FilePassages
    suggestions: Suggestions
    ties: tuple[ProposedTie, ...]

    def as_record(self) -> dict[str, Any]:
        """The JSON report; spans are [start, end] in code points of the file's text."""
        language, found = self.story.language, self.suggestions
        return {
            "source": self.source,
            "language": language,
            "entities": [
                {
                    "key": one.key,
                    "name": one.names.get(language) or one.names.get(other(language)) or one.key,
                    "kind": one.kind,
                    "role": one.role,
                    "spans": self._spans(one.spots),
                }
                for one in found.entities
            ],
            "questions": [
                {
                    "name": one.text,
                    "candidates": [candidate.key for candidate in one.candidates],
                    "spans": self._spans(one.spots),
                }
                for one in found.questions
            ],
            "new": [
                {"name": one.text, "kind": one.kind, "spans": self._spans(one.spots)}
                for one in found.new
            ],
            "ties": [
                {
                    "from": tie.place_a,
                    "to": tie.place_b,
                    "kind": tie.kind,
                    "status": tie.status,
                    "since": tie.since,
                    "sentence": tie.spot.text,
                }
                for tie in self.ties
            ],
        }

    def _spans(self, spots: Iterable[Spot]) -> list[list[int]]:
        starts = self.story.starts
        return [[starts[one.passage] + one.start, starts[one.passage] + one.end] for one in spots]

    def lines(self) -> Iterator[str]:
        """A listing for a terminal."""
        yield self.source
        for one in self.suggestions.entities:
            forms = ", ".join(dict.fromkeys(spot.text for spot in one.spots))
            yield f"  {one.role:9} {one.kind:12} {one.key}: {forms} ({len(one.spots)})"
        for question in self.suggestions.questions:
            keys = ", ".join(candidate.key for candidate in question.candidates)
            yield "  " + _("Which “%(name)s”? %(keys)s") % {"name": question.text, "keys": keys}
        for new in self.suggestions.new:
            yield "  " + _("New? %(name)s") % {"name": new.text}
        for tie in self.ties:
            yield f"  {tie.place_a} – {tie.place_b}: {tie.kind}, {tie.status}"
            yield f"    {tie.spot.text}"
        if not (self.suggestions.entities or self.suggestions.questions):
            yield "  " + _("No names found.")
