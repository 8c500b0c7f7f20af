"""How much of some stories the memory knows: the figures before work is given out.

A segment is counted once: as begun, as a match of the same text, as a repetition of a segment
before it, or in the band of the text most like it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.desk.memory.sentences import join, split
from archive.desk.memory.suggestions import AT_ONCE, likes, suggest_each
from archive.desk.memory.units import as_remembered
from archive.desk.models import Translation
from archive.desk.repetitions import waiting_rows, with_drafts
from archive.desk.segments import Row
from archive.inserts import in_batches
from archive.text.language import language_name, length, other
from archive.text.segmentation import digest

# Bands by name: the lowest score that is in each.
BEGUN, REPEATED = "begun", "repeated"
SCORES = {"100": 100, "95": 95, "85": 85, "75": 75, "50": 50, "none": 0}
BANDS: dict[str, str | Promise] = {
    BEGUN: _("Begun"),
    "100": "100%",
    REPEATED: _("Repetitions"),
    "95": "95–99%",
    "85": "85–94%",
    "75": "75–84%",
    "50": "50–74%",
    "none": _("No match"),
}
# All sentences of a text are known, but not the text.
_PUT_TOGETHER = 99


@dataclass
class Volume:
    """Segments, words (in Chinese, characters) and characters without white space."""

    segments: int = 0
    words: int = 0
    characters: int = 0

    def add(self, other: "Volume") -> None:
        self.segments += other.segments
        self.words += other.words
        self.characters += other.characters


@dataclass
class Analysis:
    """The amounts by band of one story, or with `translation` None of all that are written in
    `language`: its words and another's characters make no sum."""

    language: str
    translation: Translation | None = None
    bands: dict[str, Volume] = field(default_factory=lambda: {name: Volume() for name in BANDS})

    @property
    def amounts(self) -> list[Volume]:
        return list(self.bands.values())

    @property
    def by_band(self) -> list[tuple[str | Promise, Volume]]:
        """The amounts, each with its band in words."""
        return list(zip(BANDS.values(), self.amounts, strict=True))

    @property
    def whole(self) -> Volume:
        whole = Volume()
        for amount in self.bands.values():
            whole.add(amount)
        return whole


def analyse(translations: QuerySet[Translation]) -> list[Analysis]:
    """The amounts of each translation in the queryset's order, and last those of all together, by
    the language of the sources."""
    stories = [(one, list(waiting_rows(one))) for one in with_drafts(translations)]
    scores = {
        (language, text): score
        for language, texts in unbegun_texts(stories).items()
        for text, score in _scores(texts, language).items()
    }
    seen: set[tuple[str, str]] = set()
    found, wholes = [], dict[str, Analysis]()
    for translation, some in stories:
        language = other(translation.language)
        one = Analysis(language, translation)
        whole = wholes.setdefault(language, Analysis(language))
        for row, is_begun in some:
            band = (
                BEGUN if is_begun else _band(text_of_row(translation, row), language, scores, seen)
            )
            one.bands[band].add(_amount(row.source.plain_text, language))
        for name, amount in one.bands.items():
            whole.bands[name].add(amount)
        found.append(one)
    return [*found, *wholes.values()]


def unbegun_texts(
    stories: Iterable[tuple[Translation, list[tuple[Row, bool]]]],
) -> dict[str, dict[str, None]]:
    """By the source's language, what the memory is asked for: each text once, in order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for translation, some in stories:
        texts = (text_of_row(translation, row) for row, is_begun in some if not is_begun)
        found[other(translation.language)] |= dict.fromkeys(texts)
    return found


def text_of_row(translation: Translation, row: Row) -> str:
    """What the memory is asked for."""
    return as_remembered(translation.article, row.source.plain_text)


def _scores(texts: Iterable[str], language: str) -> dict[str, int]:
    """Of each text the score of the best that the memory has; 0 where that is below 50."""
    wanted = sorted(texts)
    found = {
        text: 100 if one.is_whole else _PUT_TOGETHER
        for text, one in known_texts(wanted, language).items()
    }
    for some in in_batches((text for text in wanted if text not in found), AT_ONCE):
        for text, like in zip(some, likes(some, language, SCORES["50"]), strict=True):
            found[text] = max(like.values(), default=0)
    return found


def _band(
    text: str,
    language: str,
    scores: Mapping[tuple[str, str], int],
    seen: set[tuple[str, str]],
) -> str:
    score, known = scores[language, text], (language, digest(text))
    is_repeated = known in seen
    seen.add(known)
    if is_repeated and score < 100:
        return REPEATED
    return next(name for name, least in SCORES.items() if score >= least)


def _amount(text: str, language: str) -> Volume:
    return Volume(1, length(text, language), len("".join(text.split())))


def table(analyses: Collection[Analysis], whole: str) -> Iterator[list[Any]]:
    """The lines of a file: a head, one for each story and band, and `whole` for all together,
    with the language where there are two."""
    yield [
        _("Story"),
        _("Match"),
        _("Segments"),
        pgettext_lazy("an amount", "Words"),
        _("Characters"),
    ]
    is_mixed = len({one.language for one in analyses}) > 1
    for analysis in analyses:
        all_of = f"{whole}: {language_name(analysis.language)}" if is_mixed else whole
        name = str(analysis.translation or all_of)
        for label, amount in analysis.by_band:
            yield [name, label, amount.segments, amount.words, amount.characters]


@dataclass(frozen=True)
class KnownText:
    """A translation of just these words; `is_whole` is False where it was put together."""

    target: str
    is_whole: bool = True


def known_texts(texts: Iterable[str], language: str) -> dict[str, KnownText]:
    """The texts in `language` that were translated before, with their newest translation."""
    wanted = list(dict.fromkeys(texts))
    found = {text: KnownText(target) for text, target in _exact(wanted, language).items()}
    parts = {text: split(text) for text in wanted if text not in found}
    several = {text: sentences for text, sentences in parts.items() if len(sentences) > 1}
    known = _exact({one for some in several.values() for one in some}, language)
    for text, sentences in several.items():
        if all(one in known for one in sentences):
            target = join([known[one] for one in sentences], other(language))
            found[text] = KnownText(target, is_whole=False)
    return found


def _exact(texts: Iterable[str], language: str) -> dict[str, str]:
    wanted = list(texts)
    found = suggest_each(wanted, language, limit=1, threshold=100)
    return {text: one.target for text, some in zip(wanted, found, strict=True) for one in some}
