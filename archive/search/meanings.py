"""What a query's words may say as well: pure.

The other spelling of an English word (harbour, harbor), the whole of an abbreviation in either
language (UN, 联合国), an amount in other units (1.2 billion, 12亿), and the days of a date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from archive.entities.periods import first_day, last_day
from archive.search.analysis import fold, name_key, pieces
from archive.text.dates import MONTHS, MONTHS_BY_NAME

# So many words make up an abbreviation's whole, an amount or a date.
LONGEST_SAYING = 8

_ENDINGS = (
    # organise, organization; analyse, analyze; travelled, traveling
    (re.compile(r"^([a-z]{3,}i|[a-z]{2,}y)([sz])((?:e[sd]?|ing|ers?|ations?|ational)?)$"), "sz"),
    (re.compile(r"^([a-z]{3,}[aeiou])(ll?)(ed|ings?|ers?|ors?|ists?)$"), ("l", "ll")),
)
_MONTH = "|".join(MONTHS_BY_NAME)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
# Of the pieces of a text, with a blank between: "22 sept 2015", "2015 年 9 月 22 日".
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_DAY} )?(?P<month>{_MONTH}) (?:(?:of )?{_YEAR})",
        rf"(?P<month>{_MONTH}) {_DAY} {_YEAR}",
        rf"{_YEAR} 年(?: (?P<month>[01]?\d) 月(?: {_DAY} [日号])?)?",
    )
)
_NUMERIC = re.compile(rf"{_YEAR}[-/.](?P<month>[01]?\d)(?:[-/.](?P<day>[0-3]?\d))?")

_ENGLISH_UNITS = {
    "trillion": 12,
    "trn": 12,
    "tn": 12,
    "billion": 9,
    "bn": 9,
    "bln": 9,
    "million": 6,
    "mln": 6,
    "mn": 6,
    "thousand": 3,
}
_CHINESE_UNITS = {"万亿": 12, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "万": 4}
_AMOUNT = re.compile(
    r"(?:[a-z]{0,3}[$¥€£])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,9}(?:\.\d{1,4})?)[ -]?"
    rf"(?P<unit>{'|'.join([*_ENGLISH_UNITS, *_CHINESE_UNITS])}|)(?P<rest>\D*)"
)
# Without a unit a number is an amount from here on: 2015 is a year, and 1,200 is written so.
_LEAST = 10_000
# An amount is written with these, where the number before is neither long nor broken.
_WRITTEN = (
    *(("trillion", 12), ("billion", 9), ("bn", 9), ("million", 6)),
    *(("万亿", 12), ("亿", 8), ("万", 4)),
)
_MOST_DIGITS = 8


@dataclass(frozen=True)
class DateRange:
    """The days that a date may mean, both included; "2015-09" is thirty."""

    first: date
    last: date


def is_saying(text: str) -> bool:
    """Whether several words are one date, amount or abbreviation's whole."""
    return bool(days_of(text)) or any(_amounts(text)) or bool(_group_of(text))


def also_written(text: str) -> list[str]:
    """Other ways to write the words, without those in doubt; [] for none."""
    forms = [*_spellings(text), *_group_of(text), *_amounts(text), *_written_dates(text)]
    return [one for one in dict.fromkeys(forms) if one != text]


def days_of(text: str) -> DateRange | None:
    """Those of a date: "Sept 22, 2015", "2015年9月". A year alone is a number like any other."""
    folded = fold(text).strip()
    parts = " ".join(piece.text for piece in pieces(folded))
    match = _NUMERIC.fullmatch(folded) or next(
        (found for pattern in _DATES if (found := pattern.fullmatch(parts))), None
    )
    if match is None:
        return None
    given = match.groupdict()
    month = given.get("month") or ""
    month = MONTHS_BY_NAME.get(month, month)
    parted = [given["year"], *(f"{int(one):02}" for one in (month, given.get("day")) if one)]
    try:
        return DateRange(first_day("-".join(parted)), last_day("-".join(parted)))
    except ValueError:
        return None


def _written_dates(text: str) -> list[str]:
    """A date as texts in both languages have it."""
    days = days_of(text)
    if days is None or days.first.month != days.last.month:
        return []
    year, month, day = days.first.year, days.first.month, days.first.day
    name = MONTHS[month - 1]
    names = dict.fromkeys([name, name[:3], "Sept" if month == 9 else name])
    if days.first != days.last:
        return [*(f"{one} {year}" for one in names), f"{year}年{month}月"]
    english = [form for one in names for form in (f"{one} {day} {year}", f"{day} {one} {year}")]
    return [*english, f"{year}年{month}月{day}日"]


def _spellings(text: str) -> Iterator[str]:
    """ "harbours" -> "harbors"; of several words none."""
    word = fold(text)
    if not (word.isascii() and word.isalpha()):
        return
    for pattern, both in _ENDINGS:
        if match := pattern.match(word):
            head, letter, end = match.groups()
            yield head + (both[0] if letter == both[1] else both[1]) + end
    for length in range(len(word), 3, -1):
        if other := _roots().get(word[:length]):
            yield other + word[length:]
            return


@cache
def _roots() -> dict[str, str]:
    pairs = [line.split() for line in _lines("spellings.txt")]
    return {one: two for pair in pairs for one, two in (pair, reversed(pair))}


def _group_of(text: str) -> tuple[str, ...]:
    """The forms to look for of what an abbreviation or its whole means."""
    key = name_key(text)
    groups, words = _groups()
    # "us" and "who" are words; "US", "u.s." and "WHO" aren't.
    if key in words and not text.isupper() and "." not in text:
        return ()
    return groups.get(key, ()) if key else ()


@cache
def _groups() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """By name key the forms to look for; and the keys that are words as well."""
    found: dict[str, tuple[str, ...]] = {}
    words = set()
    for line in _lines("abbreviations.txt"):
        forms = [form.strip() for form in line.split("|")]
        sought = tuple(form for form in forms if not form.startswith("?"))
        found |= dict.fromkeys(map(name_key, forms), sought)
        words |= {name_key(form) for form in forms if form.startswith("?") and form.isupper()}
    return found, frozenset(words)


def _lines(name: str) -> list[str]:
    text = resources.files("archive").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _amounts(text: str) -> Iterator[str]:
    """ "1.2 billion" -> "12亿", "1200 million"…; none where no amount is named."""
    match = _AMOUNT.fullmatch(fold(text).strip())
    if match is None:
        return
    power = {**_ENGLISH_UNITS, **_CHINESE_UNITS, "": 0}[match["unit"]]
    value = Decimal(match["number"].replace(",", "")).scaleb(power)
    if not match["unit"] and (value < _LEAST or match["rest"]):
        return
    for unit, exponent in _WRITTEN:
        number = value.scaleb(-exponent).normalize()
        space = "" if unit in _CHINESE_UNITS else " "
        if Decimal("0.1") <= number < _LEAST and number == round(number, 3):
            yield f"{number:f}{space}{unit}"
            if number >= 1000:
                yield f"{number:,f}{space}{unit}"
    if value == int(value) and _LEAST <= value < 10**_MOST_DIGITS:
        yield from (f"{int(value):,}", str(int(value)))
