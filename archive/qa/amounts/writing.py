"""Writes a figure as a text writes another one: 1.14亿 for 98 million becomes 9800万."""

import re
from fractions import Fraction

from archive.qa.amounts.base import Amount, digits
from archive.qa.amounts.units import same_dimension, unit_word
from archive.text.dates import MONTHS
from archive.text.language import CHINESE

_DIGITS = re.compile(r"\d[\d,，]*(?:\.\d+)?")
# More digits after the point are nobody's way to write a figure.
_MOST_DECIMALS = 4
# Scales by their factor, the smaller first; a figure is written with the largest that leaves it
# above one.
_SCALES = {True: (("万", 10**4), ("亿", 10**8)), False: ((" million", 10**6), (" billion", 10**9))}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMERALS = "一二三四五六七八九"
_CHINESE_NUMBER = re.compile(f"[{_NUMERALS}十]+")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_SUFFIXED = re.compile(r"(\d+)(?:st|nd|rd|th)\b")


def rewritten(words: str, said: Amount, meant: Amount, language: str) -> str:
    """What the words of a text in `language`, which say one amount, become to say another of its
    kind; "" where nobody knows how the paper would put it."""
    if "clock" in (said.kind, meant.kind):
        # In minutes of the day: no digits of its own.
        return ""
    value = meant.values[0]
    if said.kind == meant.kind == "weekday":
        return _weekday(words, int(value), language)
    if said.kind == meant.kind == "month" and language != CHINESE:
        return _month(words, int(value))
    if said.pair == meant.pair == "ordinal" and (text := _ordinal(words, value, language)):
        return text
    if not said.values[0] or not (match := _DIGITS.search(words)):
        return ""
    value = digits(match[0]) * value / said.values[0]
    tail = words[match.end() :]
    if said.unit != meant.unit and not (tail := _in_unit(tail, said.unit, meant.unit, language)):
        return ""
    value, tail = _scaled(value, tail, is_chinese=language == CHINESE)
    is_grouped = "," in match[0] or (language != CHINESE and said.kind != "year")
    number = _number(value, is_grouped=is_grouped and value >= 1000)
    return f"{words[: match.start()]}{number}{tail}" if number else ""


def _in_unit(tail: str, unit: str, other: str, language: str) -> str:
    """What follows a figure, with another unit of measure; "" where it is written in a way of which
    nobody knows the other's: "30 km", "a 30-meter bridge"."""
    if not same_dimension(unit, other):
        return ""
    is_chinese = language == CHINESE
    word, meant = (unit_word(one, is_chinese=is_chinese) for one in (unit, other))
    head = tail.removesuffix(word)
    is_known = word and meant and tail.endswith(word) and (is_chinese or head.endswith(" "))
    return head + meant if is_known else ""


def _weekday(words: str, day: int, language: str) -> str:
    if language == CHINESE:
        return f"{words[:-1]}{'一二三四五六日'[day - 1]}"
    was = next((one for one in _WEEKDAYS if words.lower().startswith(one.lower())), "")
    return f"{_WEEKDAYS[day - 1]}{words[len(was) :]}" if was else ""


def _month(words: str, number: int) -> str:
    """ "Sept." for "Oct.", "September" for "October"."""
    month = MONTHS[number - 1]
    is_short = words.rstrip(".") not in MONTHS
    short = {"September": "Sept", "June": "June", "July": "July"}.get(month, month[:3])
    dot = "." if words.endswith(".") and short != month else ""
    return f"{short}{dot}" if is_short else month


def _ordinal(words: str, value: Fraction, language: str) -> str:
    """ "15th" and "fifteenth"; 十五, also without its 第. "" for what is written in another way."""
    number = int(value)
    if value != number or number < 1:
        return ""
    if language == CHINESE:
        found = _CHINESE_NUMBER.search(words)
        text = _in_chinese(number) if found else ""
    else:
        found = _SUFFIXED.search(words)
        text = f"{number}{_suffix(number)}"
        if not found and number <= len(_ORDINALS):
            found = re.search(rf"\b(?:{'|'.join(_ORDINALS)})\b", words)
            text = _ORDINALS[number - 1]
    return f"{words[: found.start()]}{text}{words[found.end() :]}" if found and text else ""


def _suffix(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _in_chinese(number: int) -> str:
    """Up to ninety-nine."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return ""
    ten = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return ten + (_NUMERALS[ones - 1] if ones else "")


def _scaled(value: Fraction, tail: str, *, is_chinese: bool) -> tuple[Fraction, str]:
    """The same value with the scale that its size asks for: 0.98亿 is 9800万."""
    scales = _SCALES[is_chinese]
    for number, (word, factor) in enumerate(scales):
        if not tail.startswith(word):
            continue
        rest = tail[len(word) :]
        if number and value < 1:
            smaller, by = scales[number - 1][0], factor // scales[number - 1][1]
            return value * by, smaller + rest
        if number + 1 < len(scales):
            larger, by = scales[number + 1][0], scales[number + 1][1] // factor
            if value >= by:
                return value / by, larger + rest
    return value, tail


def _number(value: Fraction, *, is_grouped: bool) -> str:
    """In digits; "" where that takes too many."""
    shown = value * 10**_MOST_DECIMALS
    if shown.denominator != 1:
        return ""
    whole, part = divmod(int(shown), 10**_MOST_DECIMALS)
    decimals = f"{part:0{_MOST_DECIMALS}}".rstrip("0")
    return (f"{whole:,}" if is_grouped else f"{whole}") + (f".{decimals}" if decimals else "")
