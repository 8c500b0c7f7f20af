"""Pieces of a text, and where words stand in them.

A passage is cut into sentences, so that words can be shown with what is said of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.text.sentences import sentence_at


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
