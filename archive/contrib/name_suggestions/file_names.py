"""The names and ties found in a text file, as JSON and as a listing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from archive.contrib.name_suggestions.recognition.base import Suggestions
from archive.contrib.name_suggestions.recognition.ties import ProposedTie
from archive.stories.pasting.reader import pasted_reader
from archive.text.encodings import decode_text
from archive.text.language import detect, other
from archive.text.passages import Passage, Spot


class UnreadableTextError(Exception):
    """A file that is no text, or has none; the message says why."""


@dataclass(frozen=True)
class FilePassages:
    """`starts` says, by passage key, at which code point of the file's text it begins."""

    language: str
    day: date | None
    passages: tuple[Passage, ...]
    starts: dict[str, int]


def file_passages(data: bytes, language: str | None = None) -> FilePassages:
    """The story's own words, as far as the reader of pasted texts knows them.

    Raises UnreadableTextError.
    """
    decoded = decode_text(data)
    if decoded is None:
        raise UnreadableTextError(_("not a text file; save the story as plain text in UTF-8"))
    if not (text := decoded.text).strip():
        raise UnreadableTextError(_("the file is empty; save the story again"))
    spoken = language or detect(text)
    words = pasted_reader().own_words(text, spoken)
    passages, starts = [], {}
    for start, end in words.spans:
        key = f"line:{text.count(chr(10), 0, start) + 1}:{start}"
        passages.append(Passage(key, text[start:end], spoken))
        starts[key] = start
    return FilePassages(spoken, words.day, tuple(passages), starts)


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
