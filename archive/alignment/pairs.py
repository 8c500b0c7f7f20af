"""Finds the texts that are one story in two languages, with how sure that is: pure functions.

Texts meet by their files' names, by day and page, and by rare figures, names and pictures; each
with each is out of the question. What speaks for a pair and against it is summed up as odds. A name
alone is never enough to be sure, and nor is a text that has two likely partners.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product

from archive.alignment import marks
from archive.alignment.file_names import FileKey, NameTie, file_key
from archive.alignment.likeness import similarity
from archive.text.language import FIRST, UNSPACED, length

# From it on a pair is shown to a person; from the second on nobody need look.
PROBABLE = 0.5
SURE = 0.9
# So far apart a story and its translation are printed, at most.
DAYS_APART = timedelta(days=3)
# How probable it is that two texts tell one story, given both whole.
Similar = Callable[["PairText", "PairText"], float]
# Whether two texts are no pair, whatever they have in common, the first language's first.
Apart = Callable[["PairText", "PairText"], bool]

_PRIOR = -4.0
_BY_NAME = {
    NameTie.NONE: 0.0,
    NameTie.NEIGHBOURS: 1.0,
    NameTie.SAME_FILE: 3.0,
    NameTie.SAME: 4.0,
    NameTie.MARKED: 5.0,
}
# A name that so many files share names none of them.
_MOST_NAMESAKES = 4
# A pair of texts, or a group of both, that share something are compared; larger ones say nothing.
_LARGEST_GROUP = 900
_RAREST = 400
_FEW = 50
_CHARACTERS_A_WORD = 1.75
_SPREAD = 0.35
# So much nearer than the next one must a pair be to be sure.
_MARGIN = 1.2
_UNSURE = 0.85
# Between these odds it is worth comparing whole texts.
_LOOK_AT = (-2.5, 5.0)
# From so much in common on, the texts speak for themselves.
_TOLD = 2.0
_MOST_TEXT = 20_000
_MOST_LINES = 60


@dataclass(frozen=True)
class PairText:
    """A text that may have its other language somewhere; what isn't known is empty.

    `text` is plain, headline first, paragraphs by line. `name` is the file's with its folders,
    `number` the story's in the file, `names` are keys of names that the archive knows, `pictures`
    the names of its pictures.
    """

    key: Hashable
    language: str
    text: str
    name: str = ""
    day: date | None = None
    page: str = ""
    names: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    number: int = 1

    @cached_property
    def file(self) -> FileKey:
        key = file_key(self.name)
        return replace(key, stem=f"{key.stem}#{self.number}") if self.number > 1 else key

    @cached_property
    def size(self) -> float:
        """In words; so many characters of an unspaced language are one."""
        size = length(self.text, self.language)
        return size / _CHARACTERS_A_WORD if self.language in UNSPACED else float(size)


@dataclass(frozen=True)
class FoundPair:
    """Two texts, the one in the archive's first language first; `confidence` is from 0 to 1.

    `reasons` say what they have in common: "name", "day", "page", "figures", "names", "pictures".
    """

    one: Hashable
    two: Hashable
    confidence: float
    reasons: tuple[str, ...] = ()


@dataclass
class _Evidence:
    odds: float
    reasons: list[str] = field(default_factory=list)
    # Whether the texts themselves have enough in common, whatever their names and days.
    is_told: bool = False


def find_pairs(
    texts: Iterable[PairText],
    similar: Similar | None = None,
    *,
    apart: Apart | None = None,
) -> list[FoundPair]:
    """The pairs that are probable, the surest first; a text is in one of them at most.

    `similar` compares two whole texts; it is slow, and asked where the rest leaves doubt.
    """
    sides: tuple[list[PairText], list[PairText]] = ([], [])
    for text in texts:
        sides[text.language != FIRST].append(text)
    ours, theirs = sides
    if not ours or not theirs:
        return []
    comparison = _Comparison(ours, theirs)
    weighed = {
        pair: comparison.weigh(*pair)
        for pair in comparison.candidates()
        if not (apart and apart(ours[pair[0]], theirs[pair[1]]))
    }
    for pair, evidence in weighed.items():
        if similar and _LOOK_AT[0] < evidence.odds < _LOOK_AT[1]:
            likeness = similar(ours[pair[0]], theirs[pair[1]])
            evidence.odds += 6 * (likeness - 0.5)
            evidence.is_told |= likeness > SURE
    return [
        FoundPair(ours[one].key, theirs[two].key, confidence, tuple(weighed[one, two].reasons))
        for one, two, confidence in _matched(weighed)
    ]


def compare_texts(one: PairText, two: PairText) -> float:
    """How probable it is that the two tell one story, by aligning their paragraphs: `Similar`."""
    first, second = (text.text[:_MOST_TEXT].split("\n")[:_MOST_LINES] for text in (one, two))
    return similarity(first, second)


def _matched(weighed: Mapping[tuple[int, int], _Evidence]) -> list[tuple[int, int, float]]:
    """Each text with its best partner that is free, the best pairs first."""
    ranked = sorted(weighed.items(), key=lambda item: (-item[1].odds, item[0]))
    by_text: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for (one, two), evidence in ranked:
        by_text[0, one].append(evidence.odds)
        by_text[1, two].append(evidence.odds)
    taken: set[tuple[int, int]] = set()
    found = []
    for (one, two), evidence in ranked:
        ends = {(0, one), (1, two)}
        confidence = 1 / (1 + math.exp(-evidence.odds))
        if confidence < PROBABLE:
            break
        if taken & ends:
            continue
        taken |= ends
        rivals = [odds for end in ends for odds in _without(by_text[end], evidence.odds)]
        if not evidence.is_told or (rivals and evidence.odds - max(rivals) < _MARGIN):
            confidence = min(confidence, _UNSURE)
        found.append((one, two, round(confidence, 3)))
    return found


def _without(odds: Sequence[float], own: float) -> list[float]:
    """The two best but for one's own; they are in order."""
    rest = list(odds[:3])
    if own in rest:
        rest.remove(own)
    return rest[:2]


class _Comparison:
    """The texts of both sides with their marks, and how rare each mark is."""

    def __init__(self, ours: list[PairText], theirs: list[PairText]) -> None:
        self.sides = (ours, theirs)
        self.marks = self._marks()
        counts = [Counter(mark for found in side for mark in found) for side in self.marks]
        # Among a few texts nothing is rare, and all may tell.
        total = max(len(ours), len(theirs), _FEW)
        self.weights = {
            mark: _weight(mark)
            * math.log(1 + total / max(count, counts[1][mark]))
            / math.log(1 + total)
            for mark, count in counts[0].items()
            if mark in counts[1]
        }
        self.namesakes = Counter(text.file.stem for side in self.sides for text in side)

    def _marks(self) -> tuple[list[set[str]], list[set[str]]]:
        first = [_marks_of(text) for text in self.sides[0]]
        second = [_marks_of(text) for text in self.sides[1]]
        # Chinese names are read aloud: only those that some text spells.
        for spelled, read, texts in (
            (first, second, self.sides[1]),
            (second, first, self.sides[0]),
        ):
            if texts[0].language in UNSPACED:
                wanted = marks.readable(mark for found in spelled for mark in found)
                for found, text in zip(read, texts, strict=True):
                    found |= marks.readings(text.text[:_MOST_TEXT], wanted)
        return first, second

    def candidates(self) -> set[tuple[int, int]]:
        """The pairs that share something rare enough to be compared."""
        groups: defaultdict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, texts in enumerate(self.sides):
            for place, text in enumerate(texts):
                for key in self._keys(text, self.marks[side][place]):
                    groups[key][side].append(place)
        found: set[tuple[int, int]] = set()
        for key, (ours, theirs) in groups.items():
            most = _RAREST if isinstance(key, str) else _LARGEST_GROUP
            if 0 < len(ours) * len(theirs) <= most:
                found.update(product(ours, theirs))
        return found

    def _keys(self, text: PairText, found: set[str]) -> Iterator[Hashable]:
        yield from (mark for mark in found if mark in self.weights)
        if text.day:
            yield "day", text.day
            yield "page", text.day, text.page
        if text.name:
            file = text.file
            yield "file", file.stem
            if file.number is not None:
                # Between which two numbers it stands.
                yield from (("next", file.folder, file.series, file.number - n) for n in (0, 1))

    def weigh(self, one: int, two: int) -> _Evidence:
        """What speaks for the two and against them, as the logarithm of the odds."""
        ours, theirs = self.sides[0][one], self.sides[1][two]
        evidence = _Evidence(_PRIOR)
        tie = ours.file.tie_to(theirs.file) if ours.name and theirs.name else NameTie.NONE
        crowd = max(1.0, self.namesakes[ours.file.stem] / _MOST_NAMESAKES)
        evidence.odds += _BY_NAME[tie] / (crowd if tie > NameTie.NEIGHBOURS else 1)
        if tie:
            evidence.reasons.append("name")
        _weigh_place(evidence, ours, theirs)
        self._weigh_marks(evidence, self.marks[0][one], self.marks[1][two])
        ratio = math.log((ours.size + 8) / (theirs.size + 8)) / _SPREAD
        evidence.odds += 0.5 - min(ratio * ratio / 2, 4.0)
        return evidence

    def _weigh_marks(self, evidence: _Evidence, ours: set[str], theirs: set[str]) -> None:
        both = ours & theirs
        shared = sum(self.weights[mark] for mark in both)
        told = [{one for one in side if marks.is_telling(one)} for side in (ours, theirs)]
        lonely = told[0] ^ told[1]
        if min(map(len, told)) > 1 and told[0].isdisjoint(told[1]):
            # Two texts with figures, all of them others: two events.
            evidence.odds -= 2.0
        agreement = shared / (shared + 0.5 * len(lonely)) if shared or lonely else 0.0
        evidence.odds += min(shared, 9.0) * agreement - 0.5 * min(len(lonely), 8) * (1 - agreement)
        reasons = {marks.FIGURE: "figures", marks.NAME: "names", marks.PICTURE: "pictures"}
        evidence.is_told = shared * agreement > _TOLD
        kinds = {mark[0] for mark in both}
        evidence.reasons += [reason for kind, reason in reasons.items() if kind in kinds]


def _weigh_place(evidence: _Evidence, ours: PairText, theirs: PairText) -> None:
    """The day and the page on which the two were printed."""
    if not ours.day or not theirs.day:
        return
    apart = abs((ours.day - theirs.day).days)
    if apart == 0:
        evidence.odds += 1.0
        evidence.reasons.append("day")
    elif apart > DAYS_APART.days:
        evidence.odds -= min(apart / 10, 2.5)
    if apart == 0 and ours.page and theirs.page:
        is_same = ours.page.casefold() == theirs.page.casefold()
        evidence.odds += 0.7 if is_same else -0.2
        evidence.reasons += ["page"] if is_same else []


def _marks_of(text: PairText) -> set[str]:
    plain = text.text[:_MOST_TEXT]
    named = {f"{marks.NAME}#{name}" for name in text.names}
    pictures = {f"{marks.PICTURE}{name}" for name in text.pictures}
    return marks.figures(plain) | marks.words(plain) | named | pictures


def _weight(mark: str) -> float:
    """What a mark says that only one text of each side has."""
    if mark[0] == marks.PICTURE:
        return 4.0
    if mark[0] == marks.NAME:
        return 1.5
    return 2.0 if marks.is_telling(mark) else 1.0
