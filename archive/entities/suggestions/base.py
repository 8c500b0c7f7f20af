"""What goes into a suggestion and what comes out: values only.

A passage is cut into sentences, so that a name can be shown with what is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.text.sentences import sentence_at

ABOUT = "about"
MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
class Passage:
    """A plain text of one language; `key` is its segment's key, or "line:12" in a file. A story's
    passages come in its order, the headline first."""

    key: str
    text: str
    language: str

    def spot(self, start: int, end: int) -> Spot:
        sentence = sentence_at(self.text, start, end)
        return Spot(self.key, start, end, self.text[start:end], sentence)


@dataclass(frozen=True, slots=True)
class Spot:
    """text[start:end] of a passage, in code points, and the sentence that it stands in."""

    passage: str
    start: int
    end: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity that the story names. `names` are the canonical names by language; `score` ranks,
    the highest first; `reasons` say, for a name that several entities have, what told them apart:
    names in the story's own words ("Oregon", "俄勒冈州"). `place_type` is a place's; `home` is the
    key of the place that a person acts for, as the story or a dated office has it."""

    entity_id: int
    key: str
    kind: str
    names: dict[str, str]
    role: str
    score: float
    spots: tuple[Spot, ...]
    reasons: tuple[str, ...] = ()
    place_type: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A name that several entities have, and nothing in the story says which is meant."""

    text: str
    language: str
    spots: tuple[Spot, ...]
    candidates: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that the archive doesn't have; `kind` is what it looks like, "" if unclear."""

    text: str
    kind: str
    language: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that was found in a story; the entities ranked, the others in the story's order."""

    entities: tuple[Suggestion, ...] = ()
    questions: tuple[Question, ...] = ()
    new: tuple[NewName, ...] = ()
