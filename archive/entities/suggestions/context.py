"""What a story says, beside a name and elsewhere, of where the place of that name lies."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.entities.suggestions.base import Passage, span_at
from archive.entities.suggestions.geo_hierarchy import Clue, clues
from archive.entities.suggestions.mentions import Mention, Taken
from archive.text.language import CHINESE

# Portland, Oregon / Portland (Oregon) / Portland in the state of Oregon.
_BETWEEN_AFTER = re.compile(r"(?:, ?| ?\(|,? in (?:the (?:state|province) of )?|，|（|·)$")
# Oregon's Portland / the Oregon city of Portland / New Zealand's largest city, Auckland.
_BETWEEN_BEFORE = re.compile(
    r"(?:['’]s?)?(?: (?:\w+ ){0,2}(?:city|port|town|capital)(?: of|,)?)? $"
)
_BETWEEN_BEFORE_ZH = re.compile(r"(?:的|州|省|最大(?:的)?城市|首都|城市)?$")
# In a list the next name doesn't qualify the last: Wuhan, Guangdong and Hebei.
_CLOSES = re.compile(r"$|[,.;:)）。，；]|\s(?!and\b|or\b)[a-z]|\s*$")


@dataclass(frozen=True, slots=True)
class NearbyClue:
    """A clue right beside a name; `rules_out` if another area can't be meant."""

    clue: Clue
    rules_out: bool


@dataclass(frozen=True)
class Surrounding:
    """All clues of a story, by passage."""

    passages: Sequence[Passage]
    by_passage: list[list[Clue]] = field(default_factory=list)

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Surrounding:
        return cls(passages, [clues(one.text, one.language) for one in passages])

    def beside(self, mention: Mention) -> Iterator[NearbyClue]:
        passage = self.passages[mention.passage]
        of_passage = self.by_passage[mention.passage]
        first = bisect_left(of_passage, mention.start, key=lambda clue: clue.start)
        for clue in of_passage[max(0, first - 1) : first + 3]:
            if clue.start >= mention.end:
                yield from _after(passage.text, mention, clue)
            elif clue.end <= mention.start:
                yield from _before(passage, mention, clue)

    def elsewhere(self, mentions: Iterable[Mention]) -> Iterator[tuple[int, Clue]]:
        """The clear clues, by passage, but those that lie on these mentions."""
        taken = Taken.by(mentions, self.passages)
        for index, of_passage in enumerate(self.by_passage):
            for clue in of_passage:
                if clue.is_clear and not taken[index].overlaps(clue.start, clue.end):
                    yield index, clue

    def share_sentence(self, mention: Mention, index: int, clue: Clue) -> bool:
        if index != mention.passage:
            return False
        first, last = span_at(self.passages[index].text, mention.start, mention.end)
        return first <= clue.start < last


def _after(text: str, mention: Mention, clue: Clue) -> Iterator[NearbyClue]:
    between = text[mention.end : clue.start]
    if len(between) < 24 and _BETWEEN_AFTER.fullmatch(between):
        yield NearbyClue(clue, clue.is_clear and bool(_CLOSES.match(text, clue.end)))


def _before(passage: Passage, mention: Mention, clue: Clue) -> Iterator[NearbyClue]:
    between = passage.text[clue.end : mention.start]
    if passage.language == CHINESE:
        if len(between) < 8 and _BETWEEN_BEFORE_ZH.fullmatch(between):
            yield NearbyClue(clue, bool(clue.area.region) and clue.is_clear)
    elif len(between) < 30 and between and _BETWEEN_BEFORE.fullmatch(between):
        yield NearbyClue(clue, False)


def is_qualifier(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] reads as the region of the name before it: Buffalo, New York."""
    return bool(re.search(r"\b[A-Z]\w+, $", text[max(0, start - 40) : start])) and bool(
        _CLOSES.match(text, end)
    )
