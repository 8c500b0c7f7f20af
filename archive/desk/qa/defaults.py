"""The checks of a site that doesn't choose its own, as dotted paths for `ARCHIVE_DESK_CHECKS`.

A site that wants these and more writes `[*CHECKS, "mysite.checks.HouseStyle"]`.
"""

_ROOM = "archive.desk.qa.checks"
CHECKS = [
    f"{_ROOM}.wholeness.ParagraphMissing",
    f"{_ROOM}.wholeness.CaptionEmpty",
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
    f"{_ROOM}.spacing.Spacing",
    f"{_ROOM}.spacing.DoubledSpace",
    f"{_ROOM}.spacing.DoubledWord",
    *(
        f"archive.desk.qa.names.{name}"
        for name in ("NameMissing", "NameMisspelt", "NameForbidden", "NameInconsistent")
    ),
    f"{_ROOM}.wholeness.Inconsistent",
    f"{_ROOM}.wholeness.Length",
]
