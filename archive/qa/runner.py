"""Runs the site's checks over a story; `CHECKS` are the default of `ARCHIVE_DESK_CHECKS`."""

from functools import lru_cache

from django.utils.module_loading import import_string

from archive.conf import settings
from archive.qa.base import Check, Finding, Pair, Story

_ROOM = "archive.qa.checks"
CHECKS = [
    f"{_ROOM}.consistency.ParagraphMissing",
    f"{_ROOM}.consistency.CaptionEmpty",
    f"{_ROOM}.script.Untranslated",
    f"{_ROOM}.numbers.NumberValue",
    f"{_ROOM}.numbers.PercentValue",
    f"{_ROOM}.numbers.MoneyValue",
    f"{_ROOM}.numbers.DateValue",
    f"{_ROOM}.numbers.UnitValue",
    f"{_ROOM}.numbers.NumberMissing",
    f"{_ROOM}.numbers.NumberAdded",
    f"{_ROOM}.numbers.SmallNumber",
    f"{_ROOM}.markup.MarkupBroken",
    f"{_ROOM}.markup.LinkAdded",
    f"{_ROOM}.markup.LinkLost",
    f"{_ROOM}.markup.LinkDoubled",
    f"{_ROOM}.markup.LinkAddress",
    f"{_ROOM}.markup.Emphasis",
    f"{_ROOM}.markup.ParagraphCount",
    f"{_ROOM}.quotes.QuoteUnpaired",
    f"{_ROOM}.quotes.QuoteLost",
    f"{_ROOM}.quotes.QuoteAdded",
    f"{_ROOM}.quotes.SpeakerLost",
    f"{_ROOM}.quotes.QuoteStyle",
    f"{_ROOM}.punctuation.HalfWidth",
    f"{_ROOM}.punctuation.FullWidth",
    f"{_ROOM}.punctuation.FullWidthLetters",
    f"{_ROOM}.punctuation.Dash",
    f"{_ROOM}.punctuation.Ellipsis",
    f"{_ROOM}.punctuation.RepeatedMark",
    f"{_ROOM}.punctuation.TitleMarks",
    f"{_ROOM}.punctuation.EndMark",
    f"{_ROOM}.script.Traditional",
    f"{_ROOM}.script.LatinLeft",
    f"{_ROOM}.script.HanLeft",
    f"{_ROOM}.punctuation.Spacing",
    f"{_ROOM}.punctuation.DoubledSpace",
    f"{_ROOM}.punctuation.DoubledWord",
    f"{_ROOM}.names.NameMissing",
    f"{_ROOM}.names.NameMisspelt",
    f"{_ROOM}.names.NameForbidden",
    f"{_ROOM}.names.NameInconsistent",
    f"{_ROOM}.consistency.Inconsistent",
    f"{_ROOM}.consistency.Length",
]


def load_checks() -> tuple[Check, ...]:
    """The site's checks; raises ImportError for a path that leads nowhere."""
    chosen = settings.DESK_CHECKS
    return _load(tuple(CHECKS if chosen is None else chosen))


@lru_cache(maxsize=8)
def _load(dotted: tuple[str, ...]) -> tuple[Check, ...]:
    return tuple(import_string(path)() for path in dotted)


def check_story(story: Story) -> list[Finding]:
    """All findings, in reading order; within a segment in the order of the checks."""
    return [finding for pair in story.pairs for finding in check_pair(pair, story)]


def check_pair(pair: Pair, story: Story) -> list[Finding]:
    """The findings in one pair of the story."""
    is_empty = not pair.target.strip()
    return [
        finding
        for check in load_checks()
        if not is_empty or check.empty_too
        for finding in check.check(pair, story)
    ]
