"""The checks, in their places among the archive's own."""

from wagtail import hooks

from archive.qa.runner import CheckGroup

# Of modules: where a module's checks stand, and their classes.
_GROUPS = (
    (100, "consistency", "ParagraphMissing SentenceMissing ClauseUnmatched CaptionEmpty"),
    (110, "script", "Untranslated"),
    (
        120,
        "numbers",
        "NumberValue PercentValue MoneyValue DateValue UnitValue NumberMissing NumberAdded "
        "SmallNumber",
    ),
    (
        210,
        "quotes",
        "QuoteUnpaired QuoteLost QuoteAdded TitleLost TitleChanged SpeakerLost "
        "SpeakerChanged QuoteStyle",
    ),
    (
        220,
        "punctuation",
        "HalfWidth FullWidth FullWidthLetters Dash Ellipsis RepeatedMark TitleMarks EndMark",
    ),
    (230, "script", "Traditional LatinLeft HanLeft"),
    (240, "punctuation", "Spacing DoubledSpace DoubledWord"),
    (410, "people", "PersonName PersonVaries"),
    (420, "places", "PlaceValue"),
    (430, "organisations", "OrganisationValue"),
    (440, "opposites", "Opposite Negation"),
    (441, "plans", "PlanOrFact"),
    (450, "consistency", "Inconsistent Length"),
)


@hooks.register("register_archive_translation_check")
def checks_of_english_and_chinese() -> list[CheckGroup]:
    return [
        CheckGroup(order, f"archive.contrib.checks.{module}", tuple(names.split()))
        for order, module, names in _GROUPS
    ]
