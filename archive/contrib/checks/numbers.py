"""Numbers, percentages, dates, money and measures, compared by value."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.qa.amounts.base import Amount
from archive.qa.amounts.comparison import Comparison, compare, compare_figures
from archive.qa.base import (
    ENGLISH_AND_CHINESE,
    HEADING_KINDS,
    Check,
    Finding,
    Pair,
    Severity,
    Story,
)
from archive.text.language import UNSPACED


def _compared(pair: Pair, story: Story) -> Comparison:
    if {story.source_language, story.target_language} == ENGLISH_AND_CHINESE:
        return compare(pair.source, story.source_language, pair.target, story.target_language)
    return compare_figures(pair.source, pair.target) if not UNSPACED else Comparison()


# A weekday or a time that differs is an error; an ordinal or a fraction may be meant.
_SURE = ("weekday", "quarter", "half", "clock")


def conflict(check: Check, pair: Pair, ours: Amount, theirs: Amount) -> Finding:
    """Names what either text says."""
    message = _("The source says “%(source)s”, the translation “%(target)s”.") % {
        "source": ours.words_in(pair.source),
        "target": theirs.words_in(pair.target),
    }
    return check.finding(pair, message, source=(ours.span,), target=(theirs.span,))


class ConflictCheck(Check):
    """Both texts have a figure that the other lacks: one of them says something else."""

    severity: Severity = "error"
    languages = ENGLISH_AND_CHINESE
    kinds: tuple[str, ...]

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        compared = _compared(pair, story)
        dates = (one for one in compared.likely if one[0].pair in _SURE)
        for ours, theirs in (*compared.conflicts, *dates):
            kinds = (ours.kind, theirs.kind)
            # Money says more than a bare number.
            telling = (kind for kind in ("money", "ratio", "measure") if kind in kinds)
            if next(telling, ours.kind) in self.kinds:
                yield conflict(self, pair, ours, theirs)


class NumberValue(ConflictCheck):
    check_id = "number-value"
    name = gettext_lazy("Number")
    description = gettext_lazy("A number has another value than in the source.")
    kinds = ("number", "any")


class PercentValue(ConflictCheck):
    check_id = "percent-value"
    name = gettext_lazy("Percentage")
    description = gettext_lazy("A percentage or share has another value than in the source.")
    kinds = ("ratio",)


class MoneyValue(ConflictCheck):
    check_id = "money-value"
    name = gettext_lazy("Sum of money")
    description = gettext_lazy("A sum of money has another value or currency than in the source.")
    kinds = ("money",)


class DateValue(ConflictCheck):
    check_id = "date-value"
    name = gettext_lazy("Date")
    description = gettext_lazy("A year, month, day or decade isn't that of the source.")
    kinds = ("year", "month", "day", "decade", "weekday", "quarter", "half", "clock")


class UnitValue(ConflictCheck):
    check_id = "unit-value"
    severity = "warning"
    name = gettext_lazy("Unit of measure")
    description = gettext_lazy("A measure has another value or unit than in the source.")
    kinds = ("measure",)


class NumberMissing(Check):
    check_id = "number-missing"
    name = gettext_lazy("Missing number")
    description = gettext_lazy("A number of the source is missing from the translation.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if pair.kind in HEADING_KINDS:
            return
        for amount in _compared(pair, story).missing:
            message = _("“%(number)s” is missing from the translation.")
            message %= {"number": amount.words_in(pair.source)}
            yield self.finding(pair, message, source=(amount.span,))


class NumberAdded(Check):
    check_id = "number-added"
    name = gettext_lazy("Added number")
    description = gettext_lazy("A number of the translation is not in the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if pair.kind in HEADING_KINDS:
            return
        for amount in _compared(pair, story).added:
            message = _("“%(number)s” is not in the source.")
            message %= {"number": amount.words_in(pair.target)}
            yield self.finding(pair, message, target=(amount.span,))


class SmallNumber(Check):
    languages = ENGLISH_AND_CHINESE
    check_id = "small-number"
    name = gettext_lazy("Small number, ordinal or fraction")
    description = gettext_lazy("A small number, an ordinal or a fraction isn't that of the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        for ours, theirs in _compared(pair, story).likely:
            if ours.pair not in _SURE:
                yield conflict(self, pair, ours, theirs)
