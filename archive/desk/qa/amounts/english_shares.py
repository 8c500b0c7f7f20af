"""Shares of a whole in English words: "two-thirds", "a quarter of a century", "one in five"."""

import re
from collections.abc import Iterator
from fractions import Fraction

from archive.desk.qa.amounts.base import Amount
from archive.desk.qa.amounts.words import ORDINALS, SMALL

_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_PARTS |= {word: n for word, n in ORDINALS.items() if n > 2}
_PARTS |= {f"{word}s": n for word, n in ORDINALS.items() if n > 2}
_PARTS |= {"hundredth": 100, "hundredths": 100, "thousandth": 1000, "thousandths": 1000}
_COUNTS = {**{word: n for word, n in SMALL.items() if n}, "a": 1, "an": 1, "the": 1}
_PART_WORDS = "|".join(sorted(_PARTS, key=len, reverse=True))
_COUNT_WORDS = "|".join(sorted(_COUNTS, key=len, reverse=True))
_NUMBER = rf"\d{{1,3}}(?![\d,])|{'|'.join(sorted(SMALL, key=len, reverse=True))}"
_WHOLE_WORDS = "centur|century|decade|million|billion|dozen"
_SHARE = re.compile(
    rf"(?<!and )\b(?P<count>{_COUNT_WORDS})[- ](?P<part>{_PART_WORDS})\b"
    rf"(?: of (?:a |an |the )?(?P<whole>{_WHOLE_WORDS})\w*)?"
    rf"|(?<![\d,.])\b(?P<one>{_NUMBER}) (?:in|out of)(?: every)? (?P<all>{_NUMBER})\b"
    r"|(?<![\d/.])(?P<top>\d{1,2})/(?P<bottom>\d{1,3})(?![\d/])"
    rf"|(?<!and a )\b(?P<half>half)(?:[- ](?:a|the)[- ](?P<whole2>{_WHOLE_WORDS}))?\b"
    r"|\b(?P<quarter>quarter[- ](?:of a )?century)\b",
    re.I,
)
_WHOLES = {"centur": 100, "century": 100, "decade": 10, "dozen": 12}
_WHOLES |= {"million": 10**6, "billion": 10**9}


def shares(text: str) -> Iterator[Amount]:
    """None of them is firm: good translators say them in many ways."""
    for match in _SHARE.finditer(text):
        if values := _values(match):
            yield Amount(match.start(), match.end(), values, "any", firm=False)


def _values(match: re.Match[str]) -> tuple[Fraction, ...]:
    if match["part"]:
        return _part(match)
    if match["top"]:
        top, bottom = int(match["top"]), int(match["bottom"])
        share = (Fraction(top, bottom),) if bottom else ()
        return (*share, Fraction(top), Fraction(bottom))
    if match["all"]:
        one, whole = _int(match["one"]), _int(match["all"])
        # Neither "five in 1985" nor "one in two ways" need be a share.
        return (*((Fraction(one, whole),) if whole else ()), Fraction(one), Fraction(whole))
    if match["quarter"]:
        return (Fraction(25),)
    whole = _WHOLES.get((match["whole2"] or "").lower(), 1)
    return (Fraction(whole, 2), Fraction(1, 2), Fraction(50, 100))


def _part(match: re.Match[str]) -> tuple[Fraction, ...]:
    count, part = _COUNTS[match["count"].lower()], _PARTS[match["part"].lower()]
    whole = _WHOLES.get((match["whole"] or "").lower(), 1)
    share = Fraction(count, part)
    # "The third" may be an ordinal.
    return (share * whole, share, Fraction(part), Fraction(count))


def _int(word: str) -> int:
    return int(word) if word.isdigit() else SMALL[word.lower()]
