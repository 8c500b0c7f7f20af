"""The labelled stories, and how well suggestions agree with their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from archive.contrib.name_suggestions.recognition.base import Suggestions
from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.contrib.name_suggestions.recognition.facts import Gazetteer
from archive.text.language import CHINESE, ENGLISH
from archive.text.passages import Passage
from tests.contrib.name_suggestions.gazetteers import LABELLED

ASKED = "?"
SUFFIXES = {ENGLISH: "en", CHINESE: "zh"}
_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
# Entity key or "?", passage key, start, end.
Label = tuple[str, str, int, int]


@dataclass(frozen=True)
class LabelledStory:
    id: str
    day: date
    passages: tuple[Passage, ...]
    labels: frozenset[Label]


@dataclass
class Score:
    """Counts over stories; `errors` says story, what went wrong, and the words."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def read_labelled(name: str, language: str) -> list[LabelledStory]:
    """The stories of "development" or "evaluation" in a language."""
    file = LABELLED / f"{name}.{SUFFIXES[language]}.txt"
    pieces = re.split(r"^== ", file.read_text(encoding="utf-8"), flags=re.M)[1:]
    return [_story(piece, language) for piece in pieces]


def _story(piece: str, language: str) -> LabelledStory:
    head, *lines = piece.strip().splitlines()
    story_id, _space, day = head.rpartition(" ")
    passages, labels = [], set()
    for number, line in enumerate(lines, 1):
        key = f"line:{number}"
        text, marks = _unmarked(line)
        passages.append(Passage(key, text, language))
        labels |= {(name, key, start, end) for name, start, end in marks}
    return LabelledStory(story_id, date.fromisoformat(day), tuple(passages), frozenset(labels))


def _unmarked(line: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, marks, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        marks.append((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    return text + line[last:], marks


def found(suggestions: Suggestions) -> Iterator[Label]:
    for one in suggestions.entities:
        yield from ((one.key, spot.passage, spot.start, spot.end) for spot in one.spots)
    for question in suggestions.questions:
        yield from ((ASKED, spot.passage, spot.start, spot.end) for spot in question.spots)


def measure(gazetteer: Gazetteer, stories: Iterable[LabelledStory]) -> Score:
    """A question at a marked name is a miss; a suggestion at a "?" is wrong and a miss."""
    score = Score()
    for story in stories:
        got = frozenset(found(suggest(gazetteer, story.passages, story.day)))
        texts = {passage.key: passage.text for passage in story.passages}
        wrong = {label for label in got - story.labels if label[0] != ASKED}
        missed = story.labels - got
        score.right += len(got & story.labels)
        score.wrong += len(wrong)
        score.missed += len(missed)
        for what, labels in (("wrong", wrong), ("missed", missed)):
            for key, passage, start, end in sorted(labels):
                around = texts[passage][max(0, start - 20) : end + 20]
                score.errors.append(f"{story.id}: {what} {key} [{start}:{end}] …{around}…")
    return score
