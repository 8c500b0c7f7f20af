"""The value of a Chinese number in digits, numerals or both: "3亿5000万", "一万二", "二〇一五"."""

import re
from fractions import Fraction

from archive.desk.qa.amounts.base import digits

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "○": 0}
_SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
_LARGE_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HAN_DIGITS = "零〇○一二两三四五六七八九"
SCALES = "十百千万亿兆"
_PIECE = re.compile(rf"(?P<arabic>{ARABIC})|(?P<digits>[{HAN_DIGITS}]+)|(?P<scale>[{SCALES}])")


class _Sum:
    """Adds up sections of ten thousand."""

    def __init__(self) -> None:
        self.total = self.section = Fraction(0)
        self.number: Fraction | None = None
        self.last_scale = 1

    def scale(self, char: str) -> None:
        if char in _SMALL_SCALES:
            factor = _SMALL_SCALES[char]
            self.section += (Fraction(1) if self.number is None else self.number) * factor
        else:
            factor = _LARGE_SCALES[char]
            whole = self.section + (self.number or 0)
            if factor > 10**4 and self.total:
                whole, self.total = whole + self.total, Fraction(0)
            self.section = Fraction(0)
            self.total += (whole or 1) * factor
        self.number, self.last_scale = None, factor

    @property
    def value(self) -> Fraction:
        return self.total + self.section + (self.number or 0)


def value_of(text: str) -> tuple[Fraction, ...]:
    """What the number may mean, likeliest first; () if it is none, such as "三三两两"."""
    whole, _point, decimals = text.partition("点")
    summed = _Sum()
    short = Fraction(0)
    for match in _PIECE.finditer(whole):
        if match["scale"]:
            summed.scale(match["scale"])
            continue
        read = digits(match["arabic"]) if match["arabic"] else _spelled(match["digits"])
        if read is None:
            return ()
        if summed.number is not None:
            return ()
        # 一万二 is 12,000, 一万零二 10,002.
        is_short = match["digits"] and len(match["digits"]) == 1 and match.end() == len(whole)
        if is_short and summed.last_scale >= 100:
            short = read * (summed.last_scale // 10 - 1)
        summed.number = read
    value = summed.value
    if decimals:
        return (value + Fraction("0." + "".join(str(_DIGITS[c]) for c in decimals)),)
    return (value + short, value) if short else (value,)


def _spelled(text: str) -> Fraction | None:
    """A single numeral, one after 零, or a row of them as in 二〇一五; None for 三四."""
    bare = text.lstrip("零") if len(text) <= 2 else text
    if len(bare) == 1:
        return Fraction(_DIGITS[bare])
    if len(text) == 4 or any(char in "〇○零" for char in text):
        return Fraction("".join(str(_DIGITS[char]) for char in text) or "0")
    return None
