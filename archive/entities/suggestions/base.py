"""What goes into a suggestion and what comes out: values only.

A passage is cut into sentences, so that a name can be shown with what is said of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

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


# Titles and initials before which a full stop ends nothing.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Col|Capt|Lt|Sgt|Rev|Hon|St|Ste|Mt|Ft|No|vs|etc"
    r"|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|(?<![A-Za-z])[A-Z])\.$"
)
_ENDS = re.compile(r"""[.!?]+["'”’)\]]*(?=\s+["'“‘(\[]*[^a-z\s])|[。！？!?…]+["'”’」』）)]*|\n+""")


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence that holds text[start:end]; more than one if the span does."""
    return _piece(text, *span_at(text, start, end))


def span_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds text[start:end] begins and ends, white space left out."""
    starts, spans = _sentences(text)
    first = spans[bisect_right(starts, start) - 1]
    last = spans[bisect_right(starts, max(end - 1, start)) - 1]
    return first[0], last[1]


@lru_cache(maxsize=256)
def _piece(text: str, first: int, last: int) -> str:
    """One text for all names of a sentence: as many copies of a long one would fill the memory."""
    return text[first:last]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """All sentences of a text, in order."""
    return [span for span in _sentences(text)[1] if span[0] < span[1]]


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Where sentences begin, the space before them included, and where their words stand."""
    starts = [0]
    for match in _ENDS.finditer(text):
        before = text[max(0, match.start() - 12) : match.start() + 1]
        if text[match.start()] == "." and _ABBREVIATED.search(before):
            continue
        if match.end() < len(text):
            starts.append(match.end())
    spans = []
    for first, last in pairwise([*starts, len(text)]):
        piece = text[first:last]
        start = first + len(piece) - len(piece.lstrip())
        spans.append((start, start + len(piece.strip())))
    return starts, spans
