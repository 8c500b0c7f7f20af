"""Numbers, percentages, dates, money and measures, compared by value."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.qa.amounts.base import Amount, Kind
from archive.qa.amounts.comparison import Comparison, amounts_in, compare, compare_figures
from archive.qa.amounts.writing import rewritten
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
_DATES = ("year", "month", "day", "decade", *_SURE)
# Words for a day that is so many days after the one that the text names: its dateline's.
_DAYS_AFTER = {
    -2: r"前[天日]|the day before yesterday",
    -1: r"昨[天日晚夜]|前一[天日]|yesterday|(?:previous|last) (?:day|night|evening)|the day before",
    1: r"[明次翌][天日早晚]|第二天|tomorrow|(?:next|following) day|the day after",
    2: r"后天|the day after tomorrow",
}


def conflict(check: Check, pair: Pair, ours: Amount, theirs: Amount, language: str) -> Finding:
    """Names what either text says, the target in `language`, and how it would say the source's."""
    message = _("The source says “%(source)s”, the translation “%(target)s”.") % {
        "source": ours.words_in(pair.source),
        "target": theirs.words_in(pair.target),
    }
    said = theirs.words_in(pair.target)
    is_alike = (ours.kind, ours.unit) == (theirs.kind, theirs.unit)
    fixed = rewritten(said, theirs, ours, language) if is_alike else ""
    # An amount may have a blank before or behind it.
    start = theirs.start + pair.target[slice(*theirs.span)].find(said)
    fixes = (fixed,) if fixed not in ("", said) else ()
    spot = (start, start + len(said)) if fixes else theirs.span
    return check.finding(pair, message, source=(ours.span,), target=(spot,), fixes=fixes)


def _told_by(ours: Amount, theirs: Amount) -> str:
    """The kind that a conflict is of: money says more than a bare number.

    A measure is one of its own where another unit may be a conversion; else it is a number.
    """
    kinds = (ours.kind, theirs.kind)
    if kinds == ("measure", "measure") and ours.unit != theirs.unit:
        return "measure"
    found = next((kind for kind in ("money", "ratio") if kind in kinds), ours.kind)
    return "number" if found == "measure" else found


def _days_meant(text: str, language: str) -> set[tuple[Kind, Fraction]]:
    """Days that the text's words name by its date: 昨天 after 5月12日 is the eleventh of May."""
    amounts = amounts_in(text, language)
    days, months = ([int(a.values[0]) for a in amounts if a.kind == k] for k in ("day", "month"))
    shifts = [n for n, words in _DAYS_AFTER.items() if re.search(words, text, re.IGNORECASE)]
    found: set[tuple[Kind, Fraction]] = set()
    # Every fourth year has a 29th of February.
    for year, month, day, shift in product((2023, 2024), months or [1], days, shifts):
        with suppress(ValueError):
            meant = date(year, month, day) + timedelta(days=shift)
            found |= {("month", Fraction(meant.month)), ("day", Fraction(meant.day))}
    return found


class ConflictCheck(Check):
    """Both texts have a figure that the other lacks: one of them says something else."""

    severity: Severity = "error"
    languages = ENGLISH_AND_CHINESE
    kinds: tuple[str, ...]

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        for ours, theirs in self.conflicts(pair, story):
            yield conflict(self, pair, ours, theirs, story.target_language)

    def conflicts(self, pair: Pair, story: Story) -> Iterator[tuple[Amount, Amount]]:
        """Those of the check's kinds."""
        compared = _compared(pair, story)
        dates = (one for one in compared.likely if one[0].pair in _SURE)
        for ours, theirs in (*compared.conflicts, *dates):
            if _told_by(ours, theirs) in self.kinds:
                yield ours, theirs


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

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        meant = _days_meant(pair.source, story.source_language)
        meant_there = _days_meant(pair.target, story.target_language)
        for ours, theirs in self.conflicts(pair, story):
            is_meant = (theirs.kind, theirs.values[0]) in meant
            if not is_meant and (ours.kind, ours.values[0]) not in meant_there:
                yield conflict(self, pair, ours, theirs, story.target_language)


class UnitValue(ConflictCheck):
    check_id = "unit-value"
    severity = "warning"
    name = gettext_lazy("Unit of measure")
    description = gettext_lazy("A measure has another unit than in the source, and another value.")
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
                yield conflict(self, pair, ours, theirs, story.target_language)
