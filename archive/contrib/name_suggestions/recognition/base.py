"""What is found in a story's passages: values only."""

from __future__ import annotations

from dataclasses import dataclass

from archive.text.passages import Spot

ABOUT = "about"
MENTIONED = "mentioned"


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
