"""Tells whether two texts are one report, and what became of the first: pure functions.

Within a language the texts' groups of three words are compared, without figures' own differences;
across languages their paragraphs are aligned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from archive.alignment.aligner import align_texts
from archive.alignment.likeness import similarity
from archive.alignment.marks import figures
from archive.text.fingerprints import words_of
from archive.text.language import UNSPACED, length
from archive.text.normalisation import fold

Kind = Literal["identical", "shortened", "extended", "rewritten", "translation"]

# Of the shorter text, so much must be in the other one; all below was tuned on tests/data/reuse.
_LEAST, _LEAST_WITHOUT_FIGURES = 0.3, 0.45
_WHOLE = 0.75
# Of so many figures, such a share must be in both: a series prints last year's words anew.
_FEW_FIGURES, _FIGURES = 3, 1 / 3
# What a paper prints again on another day: nearly the whole text, and of a translation most of it.
_SAME_PAPER, _SAME_PAPER_TRANSLATED = 0.9, 0.6
# A single paragraph that two stories share is the same wire's only for so many days.
_BOILERPLATE_DAYS = 14
# After so many days a series may be back: then more must be in both, or aligned.
_SERIES_DAYS, _LEAST_OF_SERIES = 60, 0.6
# How probable two texts must be translations, and how much of one of them must be aligned.
_SIMILAR, _ALIGNED = 0.5, 0.25
# A shorter text says too little: words, or characters.
_SHORTEST, _SHORTEST_UNSPACED = 25, 45
_MOST_PARAGRAPHS = 80
_GROUP, _STEM = 3, 5
Groups = frozenset[str]


@dataclass(frozen=True)
class ReportText:
    """A story's paragraphs as plain text, in the language that it was printed in."""

    language: str
    paragraphs: tuple[str, ...]
    day: date | None = None
    paper: int | None = None

    @cached_property
    def whole(self) -> str:
        return "\n".join(self.paragraphs)

    @cached_property
    def is_comparable(self) -> bool:
        shortest = _SHORTEST_UNSPACED if self.language in UNSPACED else _SHORTEST
        return length(self.whole, self.language) >= shortest

    @cached_property
    def folded(self) -> str:
        return fold(self.whole).text

    @cached_property
    def groups(self) -> Groups:
        return _groups(self.folded)

    @cached_property
    def by_paragraph(self) -> list[Groups]:
        return [_groups(fold(one).text) for one in self.paragraphs]

    @cached_property
    def figures(self) -> set[str]:
        return figures(self.folded)


@dataclass(frozen=True)
class Reuse:
    """What the later of two texts is of the earlier one; shares as in `StoryReuse`."""

    kind: Kind
    share: float
    later_share: float


def compare_reports(earlier: ReportText, later: ReportText, *, sure: bool = False) -> Reuse | None:
    """None for two reports; where it is `sure` that they are one, only the shares are told."""
    if earlier.language != later.language:
        return _translated(earlier, later, sure)
    both = earlier.groups & later.groups
    share, later_share = (len(both) / (len(one.groups) or 1) for one in (earlier, later))
    if not sure and not _is_same(earlier, later, max(share, later_share)):
        return None
    if not sure and _is_another_days(earlier, later) and min(share, later_share) < _SAME_PAPER:
        return None
    return Reuse(_kind(share, later_share), round(share, 3), round(later_share, 3))


def _kind(share: float, later_share: float) -> Kind:
    if min(share, later_share) >= _WHOLE:
        return "identical"
    if later_share >= _WHOLE:
        return "shortened"
    return "extended" if share >= _WHOLE else "rewritten"


def _apart(one: ReportText, two: ReportText) -> int:
    return abs((two.day - one.day).days) if one.day and two.day else 0


def _is_another_days(one: ReportText, two: ReportText) -> bool:
    """Whether one paper has printed both, on two days: such stories have much in common."""
    return one.paper is not None and one.paper == two.paper and _apart(one, two) > 0


def _least(one: ReportText, two: ReportText, usual: float) -> float:
    return _LEAST_OF_SERIES if _apart(one, two) > _SERIES_DAYS else usual


def _is_same(one: ReportText, two: ReportText, contained: float) -> bool:
    if contained < _least(one, two, _LEAST):
        return False
    fewer = min(len(one.figures), len(two.figures))
    if fewer >= _FEW_FIGURES:
        if len(one.figures & two.figures) < _FIGURES * fewer:
            return False
    elif contained < _LEAST_WITHOUT_FIGURES:
        return False
    return not _is_boilerplate(one, two)


def _is_boilerplate(one: ReportText, two: ReportText) -> bool:
    """They share a single paragraph behind another one, and are days apart."""
    if _apart(one, two) <= _BOILERPLATE_DAYS:
        return False
    shorter, longer = sorted((one, two), key=lambda text: len(text.groups))
    found = [
        place
        for place, groups in enumerate(shorter.by_paragraph)
        if groups and 2 * len(groups & longer.groups) >= len(groups)
    ]
    return len(found) == 1 and found[0] > 0


def _translated(earlier: ReportText, later: ReportText, sure: bool) -> Reuse | None:
    texts = [one.paragraphs[:_MOST_PARAGRAPHS] for one in (earlier, later)]
    if not sure and similarity(*texts) < _SIMILAR:
        return None
    links = [link for link in align_texts(*texts) if link.is_pair]
    told = [
        [(places, link.confidence) for link in links for places in [getattr(link, side)]]
        for side in ("source", "target")
    ]
    share, later_share = map(_aligned, texts, told)
    least = _SAME_PAPER_TRANSLATED if _is_another_days(earlier, later) else _ALIGNED
    if not sure and max(share, later_share) < _least(earlier, later, least):
        return None
    return Reuse("translation", round(share, 3), round(later_share, 3))


def _aligned(paragraphs: Sequence[str], told: Sequence[tuple[tuple[int, ...], float]]) -> float:
    """What share of a text is aligned, by length and confidence."""
    found = sum(len(paragraphs[place]) * sure for places, sure in told for place in places)
    return found / (sum(map(len, paragraphs)) or 1)


def _groups(folded: str) -> Groups:
    # "labour" and "labor", "visit" and "visits" are one word here.
    words = [word[:_STEM] for word in words_of(folded)]
    return frozenset(map(" ".join, zip(*(words[start:] for start in range(_GROUP)), strict=False)))
