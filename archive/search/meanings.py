"""What a query's words may say as well: pure.

The other spelling of an English word (harbour, harbor), the whole of an abbreviation in either
language (UN, 联合国), an amount in other units (1.2 billion, 12亿), and the days of a date.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources

import rjieba

from archive.entities.periods import first_day, last_day
from archive.qa.amounts.base import Amount
from archive.qa.amounts.chinese import HAN_DIGITS, SCALES, value_of
from archive.qa.amounts.comparison import amounts_in
from archive.qa.amounts.english_numbers import CARDINALS, ORDINALS, RUN
from archive.search.analysis import fold, name_key, pieces
from archive.text.dates import MONTHS, MONTHS_BY_NAME
from archive.text.language import CHINESE, detect

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
        rf"(?:(?:the )?{_DAY} (?:of )?)?(?P<month>{_MONTH}) (?:(?:of )?{_YEAR})",
        rf"(?P<month>{_MONTH}) {_DAY} {_YEAR}",
        rf"{_YEAR} 年(?: (?P<month>[01]?\d) 月(?: {_DAY} [日号])?)?",
    )
)
# A day of any year: "22 september", "9 月 22 日".
_OF_ANY_YEAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:the )?{_DAY} (?:of )?(?P<month>{_MONTH})",
        rf"(?P<month>{_MONTH}) (?:the )?{_DAY}",
        rf"(?P<month>[01]?\d) 月 {_DAY} [日号]",
    )
)
_IN_CHARACTERS = re.compile(rf"[{HAN_DIGITS}十]+(?=[年月日号])")
_NUMERIC = (
    re.compile(rf"{_YEAR}[-/.](?P<month>[01]?\d)(?:[-/.](?P<day>[0-3]?\d))?"),
    # As Americans write it; where there is no such month, as others do.
    re.compile(rf"(?P<month>0?\d|1[0-2])[-/.](?P<day>[0-3]?\d)[-/.]{_YEAR}"),
    re.compile(rf"(?P<day>[0-3]?\d)[-/.](?P<month>[01]?\d)[-/.]{_YEAR}"),
)

_PAGE = re.compile(
    rf"p(?:ages?|p?\.?) ?(?P<page>[a-z]?\d{{1,3}})"
    rf"|第?(?P<of_chinese>[a-z]?\d{{1,3}}|[{HAN_DIGITS}十]{{1,3}})版"
)
# The first one, as papers number it.
_FRONT_PAGE = re.compile(r"(?:the )?front[ -]?page|头版|首版")
_FIRST_PAGES = ("1", "A1", "01", "A01")

# An amount as one may type it: 1.2 billion, 12亿, thirty, 三十, 30th.
_SCALE_WORDS = r"trillion|trn|tn|billion|bn|bln|million|mln|mn|thousand"
_FIGURE = re.compile(
    rf"\d[\d,.]*(?:[ -]?(?:{_SCALE_WORDS})\b|[{SCALES}]+)?(?:(?:st|nd|rd|th)\b)?"
    rf"|{RUN}|[{HAN_DIGITS}{SCALES}]+",
    re.I,
)
# From here on a number means the same in both languages, whatever is counted.
_LARGE = 1000
# Without a unit digits are an amount from here on: 2015 is a year, and 1,200 is written so.
_LEAST = 10_000
# An amount is written with these, where the number before is neither long nor broken.
_WRITTEN = (
    *(("trillion", 12), ("billion", 9), ("bn", 9), ("million", 6)),
    *(("万亿", 12), ("亿", 8), ("万", 4)),
)
_MOST_DIGITS = 8
_COUNTED = re.compile(rf"(?P<number>\d{{1,2}}|[{HAN_DIGITS}十]{{1,3}})[个座对位]?")
# What is counted alike in both languages: English words, whether of an ordinal; Chinese ones.
_COUNTED_THINGS = (
    (("anniversary", "anniversaries"), True, ("周年",)),
    (("years", "year"), False, ("年",)),
    (("months", "month"), False, ("个月",)),
    (("days", "day"), False, ("天",)),
    (("km", "kilometres", "kilometers"), False, ("公里", "千米")),
    (("miles", "mile"), False, ("英里",)),
    (("tonnes", "tons", "metric tons"), False, ("吨",)),
    (("hectares",), False, ("公顷",)),
    (("yuan",), False, ("元", "元人民币")),
)
# Kinds of figures that are dates.
_OF_DATES = frozenset(("year", "month", "day", "weekday"))
# 13 400, as it is printed in Europe: one number.
_IN_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?![\d,.])")
_CARDINAL_WORDS = {value: word for word, value in CARDINALS.items()}
# The nineties, of the century that most of an archive is of.
_DECADES = {
    f"{word.removesuffix('y')}ies": 1900 + value
    for word, value in CARDINALS.items()
    if word.endswith("ty") and 20 <= value < 100
}
_ORDINAL_WORDS = {value: word for word, value in ORDINALS.items()}


# The same words are read several times in a search, and by many.
_once = lru_cache(maxsize=8192)


@dataclass(frozen=True)
class DateRange:
    """The days that a date may mean, both included; "2015-09" is thirty."""

    first: date
    last: date


@_once
def is_saying(text: str) -> bool:
    """Whether several words are one date, page, amount or abbreviation's whole."""
    text = _with_commas(text)
    if days_of(text) or day_of_any_year(text) or pages_of(text) or _group_of(text):
        return True
    return _is_amount(text) or any(_counted(text))


@_once
def also_written(text: str) -> tuple[str, ...]:
    """Other ways to write the words, without those in doubt; () for none."""
    if (written := _with_commas(text)) != text:
        return (written, *also_written(written))
    forms = [*_spellings(text), *_group_of(text), *_amounts(text), *_counted(text)]
    forms += _written_dates(text)
    return tuple(one for one in dict.fromkeys(forms) if one != text)


@_once
def day_of_any_year(text: str) -> tuple[int, int] | None:
    """The month and the day of a date without a year: "Sept 22", 9月22日."""
    folded = _IN_CHARACTERS.sub(_in_figures, fold(text).strip())
    parts = " ".join(piece.text for piece in pieces(folded))
    match = next((found for one in _OF_ANY_YEAR if (found := one.fullmatch(parts))), None)
    if match is None:
        return None
    month = int(MONTHS_BY_NAME.get(match["month"], match["month"]))
    day = int(match["day"])
    try:
        date(2000, month, day)
    except ValueError:
        return None
    return month, day


@_once
def days_of(text: str) -> DateRange | None:
    """Those of a date: "Sept 22, 2015", "2015年9月". A year alone is a number like any other."""
    folded = _IN_CHARACTERS.sub(_in_figures, fold(text).strip())
    parts = " ".join(piece.text for piece in pieces(folded))
    tried = (*((one, folded) for one in _NUMERIC), *((one, parts) for one in _DATES))
    match = next((found for one, said in tried if (found := one.fullmatch(said))), None)
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


@_once
def decade_of(text: str) -> int:
    """The first year of the decade that is named: "1980s", 八十年代; 0 for none."""
    folded = fold(text).strip()
    if spoken := _DECADES.get(folded.lower().removeprefix("the ")):
        return spoken
    found = _amount_in(folded)
    return int(found[1].values[0]) if found and found[1].kind == "decade" else 0


@_once
def number_in(text: str) -> int:
    """A small number that the words are, with or without what counts in Chinese: *three*, 3,
    三个; 0 for none."""
    folded = fold(text).strip().lower()
    if found := _COUNTED.fullmatch(folded):
        figure = found["number"].replace("两", "二")
        values = (int(figure),) if figure.isdigit() else value_of(figure)
        return int(values[0]) if values and values[0] % 1 == 0 else 0
    return CARDINALS.get(folded, 0)


@_once
def pages_of(text: str) -> tuple[str, ...]:
    """The page of a paper that is named: "page 17", "p. B4", "第17版", "头版"; () for none.

    More than one where papers number it differently."""
    folded = fold(text).strip()
    if _FRONT_PAGE.fullmatch(folded):
        return _FIRST_PAGES
    match = _PAGE.fullmatch(folded)
    if match is None:
        return ()
    label = match["page"] or match["of_chinese"]
    values = value_of(label) if label[0] in f"{HAN_DIGITS}十" else ()
    return (str(values[0]) if values else label.upper(),)


def _in_figures(match: re.Match[str]) -> str:
    """二〇一三 -> 2013."""
    values = value_of(match[0])
    return str(values[0]) if values and values[0] % 1 == 0 else match[0]


def _written_dates(text: str) -> list[str]:
    """A date as texts in both languages have it."""
    if of_any_year := day_of_any_year(text):
        month, day = of_any_year
        names = dict.fromkeys([MONTHS[month - 1], MONTHS[month - 1][:3]])
        english = [form for one in names for form in (f"{one} {day}", f"{day} {one}")]
        return [*english, f"{month}月{day}日"]
    days = days_of(text)
    if days is None or days.first.month != days.last.month:
        return []
    year, month, day = days.first.year, days.first.month, days.first.day
    name = MONTHS[month - 1]
    names = dict.fromkeys([name, name[:3], "Sept" if month == 9 else name])
    if days.first != days.last:
        return [*(f"{one} {year}" for one in names), f"{year}年{month}月"]
    english = [form for one in names for form in (f"{one} {day} {year}", f"{day} {one} {year}")]
    said = f"{day}{_ending(day)}"
    english += [f"{name} {said} {year}", f"{said} {name} {year}", f"{said} of {name} {year}"]
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
    # "us", "who" and "wash" are words; "US", "u.s.", "WHO" and "Wash." aren't.
    if key in words and not text.isupper() and "." not in text:
        return ()
    return groups.get(key, ()) if key else ()


def abbreviates(key: str) -> bool:
    """Whether a name key is one of those forms, also of one that is a word as well."""
    return key in _groups()[0]


@cache
def _groups() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """By name key the forms to look for; and the keys that are words as well."""
    found: dict[str, tuple[str, ...]] = {}
    words = set()
    for line in _lines("abbreviations.txt"):
        forms = [form.strip() for form in line.split("|")]
        sought = tuple(form for form in forms if not form.startswith("?"))
        found |= dict.fromkeys(map(name_key, forms), sought)
        words |= {
            name_key(form)
            for form in forms
            if form.startswith("?") and (form.isupper() or form.endswith("."))
        }
    return found, frozenset(words)


def _lines(name: str) -> list[str]:
    text = resources.files("archive").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _amounts(text: str) -> Iterator[str]:
    """ "1.2 billion" -> "12亿", "1200 million"…; "三十周年" -> "30周年"; none where no amount, or
    more than one, is named."""
    folded = fold(text).strip()
    if (found := _amount_in(folded)) is None:
        return
    figure, amount = found
    value = amount.values[0]
    if amount.kind == "decade":
        yield from _decades(int(value))
        return
    before, after = folded[: figure.start()], folded[figure.end() :]
    is_chinese = detect(folded) == CHINESE
    # A figure amid a sentence is no other way to write all of it.
    around = folded[: amount.start], folded[max(amount.end, figure.end()) :]
    is_said_alone = all(len(rjieba.cut(one)) < 2 for one in around)
    for form, is_of_chinese in _writings(value, is_ordinal=amount.pair == "ordinal"):
        if is_of_chinese == is_chinese:
            # *1 billion dollars* is printed as $1 billion.
            yield form if amount.kind == "money" and not is_chinese else f"{before}{form}{after}"
        elif value >= _LARGE and is_said_alone:
            yield form


def _with_commas(text: str) -> str:
    return _IN_THOUSANDS.sub(lambda found: found[0].replace(" ", ","), text)


def _counted(text: str) -> Iterator[str]:
    """ "三十周年" -> "30th anniversary"; 20% -> "20 per cent"; none of what isn't so counted."""
    folded = fold(text).strip()
    if not _FIGURE.search(folded):
        return
    whole = [one for one in amounts_in(folded, detect(folded)) if one.span == (0, len(folded))]
    if whole and whole[0].kind == "ratio" and whole[0].face % 1 == 0:
        share = int(whole[0].face)
        yield from (f"{share}%", f"{share} percent", f"{share} per cent")
        yield f"百分之{_in_characters(share)}"
    found = _amount_in(folded)
    if found is None or found[0].start():
        return
    figure, amount = found
    thing = folded[figure.end() :].strip()
    for english, is_ordinal, chinese in _COUNTED_THINGS:
        if thing in english or thing in chinese:
            for form, is_chinese in _writings(amount.values[0], is_ordinal=is_ordinal):
                words = chinese if is_chinese else english[:3]
                yield from (f"{form}{'' if is_chinese else ' '}{word}" for word in words)


def _is_amount(text: str) -> bool:
    """Whether words are one amount from the first to the last; 30 in *30 years* stands alone."""
    folded = fold(text).strip()
    if (found := _amount_in(folded)) is None:
        return False
    figure, amount = found
    is_money = amount.kind == "money" and amount.span == (0, len(folded))
    return is_money or figure.span() == (0, len(folded))


def _amount_in(folded: str) -> tuple[re.Match[str], Amount] | None:
    """The only figure of a text, and what it says; None for a mere number, like a year."""
    found = [match for match in _FIGURE.finditer(folded) if match[0].strip(",. ")]
    # US dollars are known by their capitals.
    read = amounts_in(re.sub(r"\bus\b", "US", folded), detect(folded)) if found else ()
    if read and read[0].kind == "decade":
        return (found[0], read[0]) if read[0].span == (0, len(folded)) else None
    said = [one for one in read if one.start <= found[0].start() < one.end]
    is_mere = found and found[0][0] == folded and folded.isdigit() and int(folded) < _LEAST
    if len(found) != 1 or not said or is_mere or said[0].kind in _OF_DATES:
        return None
    return found[0], said[0]


def _writings(value: Fraction, *, is_ordinal: bool) -> Iterator[tuple[str, bool]]:
    """How texts write a number, and whether that is Chinese."""
    for unit, exponent in _WRITTEN:
        is_chinese = not unit.isascii()
        number = value / 10**exponent
        if number >= Fraction(1, 10) and number < _LEAST and number * 1000 % 1 == 0:
            space = "" if is_chinese else " "
            decimal = f"{float(number):.3f}".rstrip("0").rstrip(".")
            yield f"{decimal}{space}{unit}", is_chinese
            if len(unit) < 3 and not is_chinese:
                yield f"{decimal}{unit}", is_chinese
            if number >= 1000:
                yield f"{float(number):,.3f}".rstrip("0").rstrip(".") + f"{space}{unit}", is_chinese
            if number % 1 == 0:
                said = (
                    _in_characters(int(number)) if is_chinese else _CARDINAL_WORDS.get(number, "")
                )
                if said:
                    yield f"{said}{space}{unit}", is_chinese
    if value % 1 or value >= 10**_MOST_DIGITS:
        return
    whole = int(value)
    yield str(whole), True
    if whole < _LEAST:
        yield _in_characters(whole), True
    if not is_ordinal:
        yield from ((form, False) for form in (f"{whole:,}", str(whole)))
    else:
        yield f"{whole}{_ending(whole)}", False
    if word := _in_words(whole, _ORDINAL_WORDS if is_ordinal else _CARDINAL_WORDS):
        yield word, False


def _ending(number: int) -> str:
    units = number % 10 if number // 10 % 10 != 1 else 0
    return {1: "st", 2: "nd", 3: "rd"}.get(units, "th")


def _in_words(number: int, words: Mapping[int, str]) -> str:
    """Below a hundred: thirty-five, thirty-fifth; "" of others."""
    tens, units = divmod(number, 10)
    if number in words or not (1 < tens < 10 and units in words):
        return words.get(number, "")
    return f"{_CARDINAL_WORDS[tens * 10]}-{words[units]}"


def _in_characters(number: int) -> str:
    """
    >>> [_in_characters(number) for number in (6, 10, 30, 114, 305, 1200)]
    ['六', '十', '三十', '一百一十四', '三百零五', '一千二百']
    """
    text, is_gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if is_gap and text else "") + "零一二三四五六七八九"[digit] + unit
        is_gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text or "零"


def _decades(year: int) -> Iterator[str]:
    of_century = year % 100
    yield from (f"{year}s", f"{of_century}年代", f"{_in_characters(of_century)}年代")
