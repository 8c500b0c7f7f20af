"""The score of an assessment, by MQM's linear model.

Its normed penalty total is the sum of the errors' penalty points (all types weigh the same), by
the source's length, times 1,000: penalty points per 1,000 words, or characters of a source without
spaces. A translation passes with at most `ARCHIVE_QUALITY_LIMIT` of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.contrib.assessment.conf import settings
from archive.text.language import UNSPACED

REFERENCE = 1000


def unit_of(language: str) -> str:
    """What a text's length is counted in."""
    return _("characters") if language in UNSPACED else _("words")


def amount_of(size: int, language: str) -> str:
    """A text's length, with its unit."""
    if language in UNSPACED:
        told = ngettext("%(count)d character", "%(count)d characters", size)
    else:
        told = ngettext("%(count)d word", "%(count)d words", size)
    return told % {"count": size}


@dataclass(frozen=True)
class Score:
    """Of one assessment, or of several as one text; `size` is their sources' length."""

    cards: int
    errors: int
    points: int
    size: int
    language: str

    @property
    def value(self) -> float:
        """Penalty points per 1,000, to one decimal; a source without words has none."""
        return round(self.points * REFERENCE / self.size, 1) if self.size else 0.0

    @property
    def limit(self) -> int:
        return settings.QUALITY_LIMIT

    @property
    def is_passed(self) -> bool:
        return self.value <= self.limit

    @property
    def unit(self) -> str:
        return unit_of(self.language)

    @property
    def amount(self) -> str:
        return amount_of(self.size, self.language)

    @property
    def verdict(self) -> str:
        return _("passed") if self.is_passed else _("not passed")


def sum_of(scores: Iterable[Score]) -> Score:
    """As one text; of at least one, all with sources in one language."""
    found = list(scores)
    return Score(
        cards=sum(one.cards for one in found),
        errors=sum(one.errors for one in found),
        points=sum(one.points for one in found),
        size=sum(one.size for one in found),
        language=found[0].language,
    )
