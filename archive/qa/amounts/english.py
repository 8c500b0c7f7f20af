"""Reads the figures of an English text, shares ("two-thirds", "one in five") included."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from archive.qa.amounts import base, calendar, english_numbers
from archive.qa.amounts.base import Amount, digits
from archive.qa.amounts.units import CURRENCY_EN, TIME_EN, UNIT_EN, in_whole, sign_before
from archive.text.dates import MONTHS_BY_NAME
from archive.text.surnames import IN_PINYIN

_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_PARTS |= {word: n for word, n in english_numbers.ORDINALS.items() if n > 2}
_PARTS |= {f"{word}s": n for word, n in english_numbers.ORDINALS.items() if n > 2}
_PARTS |= {"hundredth": 100, "hundredths": 100, "thousandth": 1000, "thousandths": 1000}
_COUNTS = {**{word: n for word, n in english_numbers.SMALL.items() if n}, "a": 1, "an": 1, "the": 1}
_PART_WORDS = "|".join(sorted(_PARTS, key=len, reverse=True))
_COUNT_WORDS = "|".join(sorted(_COUNTS, key=len, reverse=True))
_NUMBER = rf"\d{{1,3}}(?![\d,])|{'|'.join(sorted(english_numbers.SMALL, key=len, reverse=True))}"
_WHOLE_WORDS = "centur|century|decade|million|billion|dozen"
_SHARE = re.compile(
    rf"(?<!and )\b(?P<count>{_COUNT_WORDS})[- ](?P<part>{_PART_WORDS})\b"
    rf"(?: of (?:a |an |the )?(?P<whole>{_WHOLE_WORDS})\w*)?"
    rf"|(?<![\d,.])(?<!\d[-–])\b(?P<one>{_NUMBER}) (?:in|out of)(?: every)? "
    rf"(?P<all>\d{{1,3}}(?:,\d{{3}})+|{_NUMBER})\b"
    r"|(?<![\d/.])(?P<top>\d{1,2})/(?P<bottom>\d{1,3})(?![\d/])"
    rf"|(?<!and a )\b(?P<half>half)(?:[- ](?:a|the)[- ](?P<whole2>{_WHOLE_WORDS}))?\b"
    r"|\b(?P<quarter>quarter[- ](?:of a )?century)\b",
    re.I,
)
# Most texts have nothing of the kind, and needn't be looked through.
_HINTS = ("/", *sorted({part.removesuffix("s")[-4:] for part in _PARTS}))
_OF_A_POINT = re.compile(r"(?: of)?(?:[- ]a)?[- ](?P<of_percent>percentage[- ])?point\b", re.I)
_ONE_IN = re.compile(rf" (?:in|out of)(?: every)? (?:{_NUMBER}|\d)", re.I)
# "All but two of the 20" are 18.
_ALL_BUT = re.compile(
    rf"\b(?:all|every(?:one)?) but (?P<few>{_NUMBER}) (?:of|among) (?:the |its |their )?"
    rf"(?P<all>\d{{1,3}}|{_NUMBER})\b",
    re.I,
)
_WHOLES = {"centur": 100, "century": 100, "decade": 10, "dozen": 12}
_WHOLES |= {"million": 10**6, "billion": 10**9}


def shares(text: str) -> Iterator[Amount]:
    """None of them is firm: good translators say them in many ways."""
    lower = text.lower()
    if not any(map(lower.__contains__, _HINTS)):
        may_be_one = " in " in lower or " out of " in lower
        if not may_be_one or not _ONE_IN.search(text):
            return
    for match in _SHARE.finditer(text):
        if not (values := _values(match)):
            continue
        if point := _OF_A_POINT.match(text, match.end()):
            share = values[0] / 100
            if point["of_percent"]:
                yield Amount(match.start(), point.end(), (share,), "ratio", "points")
            else:
                # Of a match or an index as well.
                both = (share, values[0])
                yield Amount(match.start(), point.end(), both, "any", "points", firm=False)
        else:
            yield Amount(*match.span(), values, "any", firm=False, pair=_pair(match, values))


def _all_but(text: str) -> Iterator[Amount]:
    for match in _ALL_BUT.finditer(text) if " but " in text else ():
        few, whole = (
            english_numbers.SMALL.get(word.lower()) or int(word)
            for word in match.group("few", "all")
        )
        values = Fraction(few), Fraction(whole - few)
        yield Amount(*match.span("few"), values, "any", firm=False)


def _pair(match: re.Match[str], values: tuple[Fraction, ...]) -> base.PairedKind:
    """ "The third" is an ordinal, "the quarter" a time, "9/11" a day."""
    if (match["count"] or "").lower() == "the":
        return "ordinal" if values[0] > 1 else ""
    return "share" if match["top"] is None and values[0] < 1 else ""


def _values(match: re.Match[str]) -> tuple[Fraction, ...]:
    if match["part"]:
        count, part = _COUNTS[match["count"].lower()], _PARTS[match["part"].lower()]
        share = Fraction(count, part)
        whole = _WHOLES.get((match["whole"] or "").lower(), 1)
        if match["count"].lower() == "the" and part > 2:
            return Fraction(part), share
        return (share * whole, share, Fraction(part), Fraction(count))
    if match["top"] or match["all"]:
        words = (match["top"] or match["one"], match["bottom"] or match["all"])
        part, whole = (
            english_numbers.SMALL.get(word.lower()) or int(digits(word)) for word in words
        )
        # Neither "five in 1985" nor "one in two ways" need be a share; 9/11 is 911 as well.
        joined = (Fraction(f"{part}{whole}"),) if match["top"] else ()
        shares = (Fraction(part, whole),) if whole else ()
        return (*shares, Fraction(part), Fraction(whole), *joined)
    if match["quarter"]:
        return (Fraction(25),)
    whole = _WHOLES.get((match["whole2"] or "").lower(), 1)
    return (Fraction(whole, 2), Fraction(1, 2), Fraction(50, 100))


_MONTH_WORDS = "|".join(sorted((m.title() for m in MONTHS_BY_NAME), key=len, reverse=True))
_TENS_STEMS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
_TENFOLD = {f"{word}ies": n * 10 for n, word in enumerate(_TENS_STEMS, 2)}
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?[¼½¾⅓⅔]?"
_TOKEN = re.compile(
    r"(?P<skip>(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+\.[\w.]+)"
    r"|(?P<decade>(?<![\w.])(?:1\d|20)\d0['’]?s\b|(?<![\w.])['’]\d0s\b)"
    r"|(?P<short_year>(?<![\w.])['‘’]\d\d\b(?![\w%.:/]\d|[’'%]))"
    r"|(?P<label>(?<![A-Za-z])[A-Za-z]+-?\d[\w.·-]*|(?<![\w.])\d+(?:\.\d+){2,})"
    rf"|(?P<digits>(?<![\d.])(?:{DIGITS}))"
    rf"|(?P<month>\b(?:{_MONTH_WORDS})\b\.?)"
    r"|(?P<hour>(?i:\b(?:an|one) hour and (?P<minutes>\d+|[a-z-]+) minutes?\b))"
    rf"|(?P<words>(?i:{english_numbers.RUN}))"
    rf"|(?P<tens>(?i:\b(?:{'|'.join(_TENFOLD)})\b))"
    r"|(?P<soft>(?i:\b(?:once|twice|both|pair|couple|double[ds]?|doubling|twins?|trio|triple[ds]?"
    r"|quadruple[ds]?|decade|century|centenary|fortnight)\b)"
    r"|\b[IVX]{2,}\b|(?<=[a-z] )[VX]\b)"
)
# Most words need no closer look; those that do begin with one of these.
_WORD = re.compile(r"['‘’]?\d|[A-Za-z]+(?:-?\d|[.+-]?\w*@)?")
_TRIGGERS = {*english_numbers.NUMBER_WORDS, *MONTHS_BY_NAME, *_TENFOLD, "http", "https", "www"}
_SOFT: dict[str, tuple[int, ...]] = {
    "once": (1,),
    **dict.fromkeys(("twice", "both", "pair", "couple", "twin", "twins"), (2,)),
    "trio": (3,),
    "decade": (10,),
    "century": (100,),
    "centenary": (100,),
    "fortnight": (14, 2),
    "double": (2, 1),
    "triple": (3, 2),
    "quadruple": (4, 3),
}
_TRIGGERS |= {*_SOFT, *(f"{word}{end}" for word in _SOFT for end in "ds")}
_TRIGGERS |= {"doubling", "an"}
_TRIGGERS |= {written for word in _TRIGGERS for written in (word.title(), word.upper())}
_ROMANS = re.compile(r"[IVX]+\Z")
_SCALE = re.compile(
    r"[ -]?(?:(?P<word>hundred|thousand|lakh|million|crore|billion|trillion|dozen)"
    r"|(?P<short>[mbt]n|[kmb]))\b",
    re.I,
)
_SHORT = {"mn": 10**6, "m": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "k": 1000}
_SCALES = {**english_numbers.SCALES, "hundred": 100, "dozen": 12, "lakh": 10**5, "crore": 10**7}
_PERCENT = re.compile(
    r" ?[%％](?P<pp1> points?\b)?|[ -]?per ?cent\b(?P<pp2> points?\b)?"
    r"|[ -](?P<pp3>percentage[- ]points?\b)|[ -](?P<bp>basis[- ]points?|bps?|pips?)\b",
    re.I,
)
_AND_A_HALF = re.compile(r" and (?:a |one[- ])?(?P<part>half|quarter|three[- ]quarters)\b")
_PART_OF_ONE = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
_AND_MINUTES = re.compile(
    rf"(?:,? and|,)? (?P<minutes>\d+|{english_numbers.RUN})[- ]min(?:ute)?s?\b", re.I
)
_POINTS = re.compile(r"[ -]points?\b")
_TENS_OF_YEARS = re.compile(r"[ -](decade|centur(?:y|ies))s?\b", re.I)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_COUNTED = re.compile(r" [A-Za-z]|-[a-z]")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def read(text: str) -> list[Amount]:
    """All figures, in reading order."""
    taken = list(calendar.read_english(text))
    taken += base.outside((*_all_but(text), *shares(text)), taken)
    found = (amount for match in _tokens(text) for amount in _amounts(text, match))
    amounts = list(base.apart([*taken, *base.outside(found, taken)]))
    return _with_days(text, base.share_units(text, amounts, base.ENGLISH))


def _tokens(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for word in _WORD.finditer(text):
        start, first = word.start(), word[0]
        is_word = first[-1].isalpha() and first not in _TRIGGERS
        if is_word and (first[0] not in "IVX" or not _ROMANS.match(first)):
            continue
        if start >= end and (match := _TOKEN.match(text, start)):
            scale = _SCALE.match(text, match.end()) if match.lastgroup == "digits" else None
            end = scale.end() if scale else match.end()
            yield match


def _amounts(text: str, match: re.Match[str]) -> Iterator[Amount]:
    start, end, word = match.start(), match.end(), match[0]
    match match.lastgroup:
        case "decade":
            yield _decade(start, end, word)
        case "label":
            numbers = re.findall(r"\d+(?:\.\d+)?", word)
            yield Amount(start, end, tuple(map(Fraction, numbers)), "any", firm=False)
        case "short_year":
            year = Fraction(word[1:])
            values = (1900 + year, 2000 + year, 1800 + year, year)
            yield Amount(start, end, values, "any", firm=False)
        case "digits":
            yield from _number(text, start, end, digits(word))
        case "hour":
            yield from _hour_and(match)
        case "month":
            name = word.rstrip(".").lower()
            if name == "jun" and _SURNAME.search(text[max(0, start - 12) : start]):
                return
            # Short forms, and what is another word as well, are months in a date alone.
            firm = (len(name) > 3 and name != "march") or _is_date(text, start, end)
            value = Fraction(MONTHS_BY_NAME[name])
            yield Amount(start, end, (value,), "month", firm=firm)
        case "words":
            for worded in english_numbers.read_run(text, start, end):
                yield _worded(text, worded)
        case "tens":
            tens = Fraction(_TENFOLD[word.lower()])
            yield Amount(start, end, (tens, 1900 + tens), "any", firm=False)
        case "soft":
            yield from _soft(start, end, word)


def _hour_and(match: re.Match[str]) -> Iterator[Amount]:
    """ "An hour and 52 minutes"."""
    words = english_numbers.read_run(match.string, *match.span("minutes"))
    minutes = next((one.value for one in words), None)
    if minutes is None and match["minutes"].isdigit():
        minutes = Fraction(match["minutes"])
    if minutes is not None:
        yield Amount(*match.span(), (1 + minutes / 60,), unit="h")


def _decade(start: int, end: int, word: str) -> Amount:
    year = Fraction(re.sub(r"\D", "", word))
    if year < 100:
        return Amount(start, end, (1900 + year, 2000 + year, 1800 + year), "decade")
    # The 1800s are the 19th century.
    century = () if year % 100 else (year // 100 + 1,)
    return Amount(start, end, (year, *century), "decade")


def _soft(start: int, end: int, word: str) -> Iterator[Amount]:
    if word.isupper() and set(word) <= set(_ROMAN):
        numbers = [_ROMAN[letter] for letter in word]
        signed = (n if n >= next_ else -n for n, next_ in pairwise([*numbers, 0]))
        values: tuple[int, ...] = (sum(signed),)
        yield Amount(start, end, (Fraction(values[0]),), "any", firm=False, pair="ordinal")
        return
    else:
        lower = word.lower()
        values = _SOFT.get(lower) or _SOFT.get(lower.rstrip("ds") + "e", ()) or (1,)
        values = _SOFT.get(re.sub(r"(?<=e)[ds]$|ing$", "", lower), values)
    yield Amount(start, end, tuple(map(Fraction, values)), "any", firm=False)


# Jun is the one month's name that is a syllable of Pinyin, and a given name after these.
_SURNAME = re.compile(rf"\b(?:{'|'.join(IN_PINYIN)}) \Z")
_DATE_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?(?: of)?|\b(?:in|of|since|until|till|by|last|next|this|early|late|mid"
    r"|from|to|and|every|each))[ -]$",
    re.I,
)
_DATE_AFTER = re.compile(r"\.? \d")
_FULL_HOUR, _NUMBERED = re.compile(r":00\b"), re.compile(r"[Nn]o\. ?$")
_HYPHENED = re.compile(r"[A-Za-z]-$")


def _is_date(text: str, start: int, end: int) -> bool:
    """Whether "May" or "Jun" is the month: next to a figure, or after "in", "last", "early"."""
    before = _DATE_BEFORE.search(text[max(0, start - 8) : start])
    return bool(before or _DATE_AFTER.match(text, end))


def _number(text: str, start: int, end: int, value: Fraction) -> Iterator[Amount]:
    if _FULL_HOUR.fullmatch(text[start - 1 : end]):
        return
    ordinal = _ORDINAL.match(text, end)
    pair: base.PairedKind = "ordinal" if ordinal else "count" if 2 <= value <= 10 else ""
    amount = Amount(start, ordinal.end() if ordinal else end, (value,), pair=pair)
    if value == 1 and (ordinal or _NUMBERED.search(text[max(0, start - 5) : start])):
        amount = replace(amount, firm=False)
    if end - start == 4 and 1000 <= value < 2100 and value.denominator == 1:
        amount = replace(amount, kind="year")
    amount = _with_context(text, amount)
    hyphen = text[start - 1 : start] == "-" and _HYPHENED.search(text[max(0, start - 2) : start])
    glued = text[amount.end : amount.end + 1].isalpha()
    if (hyphen and amount.kind in ("number", "year")) or glued:
        amount = replace(amount, firm=False, kind="any")
    yield amount


def _worded(text: str, worded: english_numbers.Worded) -> Amount:
    value = worded.value
    # "Twenty-foot" and its like are kinds of things.
    is_compound = text[worded.end : worded.end + 1] == "-" and text[worded.end + 1 :][:1].isalpha()
    firm = value > 10 and not worded.is_bare and not is_compound
    pair: base.PairedKind = "ordinal" if worded.is_ordinal else ""
    if not pair and 2 <= value <= 10 and _COUNTED.match(text, worded.end):
        pair = "count"
    amount = Amount(worded.start, worded.end, (value,), firm=firm, pair=pair)
    if worded.is_ordinal and value <= 10 and value > 2:
        amount = replace(amount, values=(value, 1 / value), kind="any")
    return _with_context(text, amount)


def _with_context(text: str, amount: Amount) -> Amount:
    """Take in the scale, half, unit, currency and the like that stand around a figure."""
    sign = sign_before(text, amount.start)
    amount = _scaled(text, amount, has_sign=sign is not None)
    if half := _AND_A_HALF.match(text, amount.end):
        value = amount.values[0]
        part = _PART_OF_ONE.get(half["part"], Fraction(3, 4))
        # 24年半 is read as a year.
        bare = (value,) if half["part"] == "half" else ()
        plus = (value + part * amount.scale, value + part, *bare)
        amount = replace(amount, end=half.end(), values=plus)
    if sign:
        return replace(amount, start=sign[0], kind="money", unit=sign[1], firm=True)
    if percent := _PERCENT.match(text, amount.end):
        return base.as_percent(amount, percent)
    if money := CURRENCY_EN.match(text, amount.end):
        unit, part = in_whole(money[1])
        values = tuple(value * part for value in amount.values)
        return replace(amount, end=money[0], values=values, kind="money", unit=unit)
    if measure := UNIT_EN.match(text, amount.end):
        return replace(amount, end=measure[0], kind="measure", unit=measure[1])
    return _timed(text, amount)


def _scaled(text: str, amount: Amount, *, has_sign: bool) -> Amount:
    scale = _SCALE.match(text, amount.end)
    if not scale:
        return amount
    word, short = (scale["word"] or "").lower(), (scale["short"] or "").lower()
    factor = _SCALES[word] if word else _SHORT[short]
    values = tuple(value * factor for value in amount.values)
    if short in ("m", "b") and not has_sign:
        # "3.5m people", but "100m race".
        return replace(amount, end=scale.end(), values=(*amount.values, *values), kind="any")
    firm = amount.values[0] > 1 or has_sign or amount.firm
    return replace(
        amount, end=scale.end(), values=values, scale=Fraction(factor), kind="number", firm=firm
    )


def _timed(text: str, amount: Amount) -> Amount:
    value = amount.values[0]
    if decades := _TENS_OF_YEARS.match(text, amount.end):
        factor = 10 if decades[1].lower() == "decade" else 100
        return replace(amount, values=(value, value * factor), end=decades.end())
    if points := _POINTS.match(text, amount.end):
        values = (*amount.values, value / 100)
        return replace(amount, end=points.end(), values=values, kind="any", unit="points")
    if time := TIME_EN.match(text, amount.end):
        amount = replace(amount, unit=time[1])
        if time[1] == "h" and (more := _AND_MINUTES.match(text, time[0])):
            words = english_numbers.read_run(text, *more.span("minutes"))
            minutes = next((one.value for one in words), None) or digits(more["minutes"])
            longer = value + minutes / 60
            return replace(amount, end=more.end(), values=(longer,))
    return amount


_DAY_BEFORE = re.compile(r"(?: of)? $")
_DAY_AFTER = re.compile(r"\.? (?:the )?$")


def _with_days(text: str, amounts: list[Amount]) -> list[Amount]:
    """A figure next to a month's name is a day: "22 September", "September 22nd"."""
    months = [amount for amount in amounts if amount.kind == "month"]

    def is_day(amount: Amount) -> bool:
        may_be = amount.kind == "number" and 1 <= amount.values[0] <= 31
        return may_be and any(
            _DAY_BEFORE.fullmatch(text[amount.end : month.start])
            or _DAY_AFTER.fullmatch(text[month.end : amount.start])
            for month in months
        )

    return [replace(amount, kind="day") if is_day(amount) else amount for amount in amounts]
