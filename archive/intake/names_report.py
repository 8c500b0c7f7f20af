"""What the names of a file look like as JSON and as a listing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _

from archive.entities.suggestions.base import Spot, Suggestion, Suggestions
from archive.intake.passages import FilePassages
from archive.text.language import other
from archive.ties.proposing import ProposedTie

Span = list[int]


class EntityRecord(TypedDict):
    """A name; its spans are [start, end] in code points of the file's text."""

    key: str
    name: str
    kind: str
    role: str
    spans: list[Span]


class QuestionRecord(TypedDict):
    name: str
    candidates: list[str]
    spans: list[Span]


class NewRecord(TypedDict):
    name: str
    kind: str
    spans: list[Span]


# "from" is a keyword: the functional form.
TieRecord = TypedDict(
    "TieRecord",
    {"from": str, "to": str, "kind": str, "status": str, "since": str, "sentence": str},
)


class FileRecord(TypedDict):
    """One file in the JSON report."""

    source: str
    language: str
    entities: list[EntityRecord]
    questions: list[QuestionRecord]
    new: list[NewRecord]
    ties: list[TieRecord]


@dataclass(frozen=True)
class FileNames:
    """What was found in one file."""

    source: str
    story: FilePassages
    suggestions: Suggestions
    ties: tuple[ProposedTie, ...]

    def as_record(self) -> FileRecord:
        return {
            "source": self.source,
            "language": self.story.language,
            "entities": [self._entity(one) for one in self.suggestions.entities],
            "questions": [
                {
                    "name": one.text,
                    "candidates": [candidate.key for candidate in one.candidates],
                    "spans": self._spans(one.spots),
                }
                for one in self.suggestions.questions
            ],
            "new": [
                {"name": one.text, "kind": one.kind, "spans": self._spans(one.spots)}
                for one in self.suggestions.new
            ],
            "ties": [_tie(one) for one in self.ties],
        }

    def _entity(self, one: Suggestion) -> EntityRecord:
        return {
            "key": one.key,
            "name": self._name(one),
            "kind": one.kind,
            "role": one.role,
            "spans": self._spans(one.spots),
        }

    def _name(self, one: Suggestion) -> str:
        language = self.story.language
        return one.names.get(language) or one.names.get(other(language)) or one.key

    def _spans(self, spots: Iterable[Spot]) -> list[Span]:
        return [list(self.story.span(spot)) for spot in spots]

    def as_text(self) -> str:
        """A listing for a terminal."""
        return "\n".join([self.source, *self._lines(), ""])

    def _lines(self) -> Iterator[str]:
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


def _tie(tie: ProposedTie) -> TieRecord:
    return {
        "from": tie.place_a,
        "to": tie.place_b,
        "kind": tie.kind,
        "status": tie.status,
        "since": tie.since,
        "sentence": tie.spot.text,
    }
