"""A story whose names are suggested, and the sentences that are shown for them: values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.contrib.name_suggestions.counts import Found, ScannedStory
from archive.text.passages import Passage, Spot


@dataclass(frozen=True)
class SuggestionLine:
    """A sentence, cut around the words that it is shown for."""

    before: str
    words: str
    after: str
    language: str


@dataclass(frozen=True)
class Asked:
    """A story with what it names: what the panel is made from."""

    article: Any
    story: ScannedStory
    found: Found
    user: Any
    # By subject, and entity's id or token.
    answers: Mapping[tuple[str, Any], Any]

    def line(self, spot: Spot) -> SuggestionLine:
        return line_of(spot, self.story.passages)


@dataclass(frozen=True)
class OtherMention:
    """Where a suggested name stands in another text: `action` marks it there, by POST of
    `values`; "" with an `obstacle` where that can't be done."""

    line: SuggestionLine
    label: str
    action: str = ""
    values: str = ""
    obstacle: str = ""


def line_of(spot: Spot, passages: Iterable[Passage]) -> SuggestionLine:
    """The spot's sentence with the spot's own words in the middle, not others like them."""
    passage = next((one for one in passages if one.key == spot.passage), None)
    text, language = (passage.text, passage.language) if passage else ("", "")
    length = len(spot.sentence)
    start = text.rfind(spot.sentence, max(0, spot.end - length), spot.start + length)
    at = spot.start - start
    if start < 0 or spot.sentence[at : at + len(spot.text)] != spot.text:
        before, words, after = spot.sentence.partition(spot.text)
        return SuggestionLine(before, words, after, language)
    end = at + len(spot.text)
    return SuggestionLine(spot.sentence[:at], spot.text, spot.sentence[end:], language)
