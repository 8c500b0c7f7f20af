"""Runs the site's checks over a story; `CHECKS` are the default of `ARCHIVE_DESK_CHECKS`."""

from functools import lru_cache

from django.utils.module_loading import import_string

from archive.conf import settings
from archive.qa.base import Check, Finding, Pair, Story
from archive.text.language import LANGUAGES

# In the order in which a segment's findings are shown.
_BY_MODULE = (
    ("consistency", "ParagraphMissing SentenceMissing ClauseUnmatched CaptionEmpty"),
    ("script", "Untranslated"),
    (
        "numbers",
        "NumberValue PercentValue MoneyValue DateValue UnitValue NumberMissing NumberAdded "
        "SmallNumber",
    ),
    ("markup", "MarkupBroken LinkAdded LinkLost LinkDoubled LinkAddress Emphasis ParagraphCount"),
    (
        "quotes",
        "QuoteUnpaired QuoteLost QuoteAdded TitleLost TitleChanged SpeakerLost "
        "SpeakerChanged QuoteStyle",
    ),
    (
        "punctuation",
        "HalfWidth FullWidth FullWidthLetters Dash Ellipsis RepeatedMark TitleMarks EndMark",
    ),
    ("script", "Traditional LatinLeft HanLeft"),
    ("punctuation", "Spacing DoubledSpace DoubledWord"),
    ("names", "NameMissing NameMisspelt NameForbidden NameInconsistent"),
    ("terms", "TermMissing TermForbidden"),
    ("people", "PersonName PersonVaries"),
    ("places", "PlaceValue"),
    ("organisations", "OrganisationValue"),
    ("opposites", "Opposite Negation PlanOrFact"),
    ("consistency", "Inconsistent Length"),
)
CHECKS = [
    f"archive.qa.checks.{module}.{name}" for module, names in _BY_MODULE for name in names.split()
]


def load_checks() -> tuple[Check, ...]:
    """The site's checks that know its languages; ImportError for a path that leads nowhere."""
    chosen = settings.DESK_CHECKS
    return _load(tuple(CHECKS if chosen is None else chosen))


@lru_cache(maxsize=8)
def _load(dotted: tuple[str, ...]) -> tuple[Check, ...]:
    checks = (import_string(path)() for path in dotted)
    return tuple(check for check in checks if check.languages <= set(LANGUAGES))


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
