"""Weekdays, quarters, halves of a year or a match, and times of day, in both languages."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from archive.qa.amounts.base import Amount
from archive.qa.amounts.english_numbers import SMALL
from archive.qa.amounts.units import MEASURES

CalendarKind = Literal["weekday", "quarter", "half", "clock"]
HOUR, DAY = 60, 24 * 60
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_HAN = {char: n for n, char in enumerate("零一二三四五六七八九十")} | {"两": 2, "首": 1}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "opening": 1}
_HALVES = {"first": 1, "opening": 1, "1": 1, "second": 2, "latter": 2, "last": 2, "2": 2}
_WORD_HOURS = "|".join(word for word, n in SMALL.items() if 1 <= n <= 12)
_ENGLISH = re.compile(
    rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})days?\b"
    r"|\bfirst (?P<quarters>two|three|2|3) quarters\b"
    r"|\b(?:(?P<quarter>first|second|third|fourth|final|opening|[1-4](?=st|nd|rd|th))(?:st|nd|rd|th)?"
    r"[- ](?:fiscal )?quarter|q(?P<q>[1-4]))\b"
    r"|\b(?:(?P<half>first|second|latter|last|opening)[- ]half|h(?P<h>[12]))\b"
    r"|\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b"
    r"|(?<![\d:.,$£€¥])\b"
    r"(?:(?P<past>half|quarter) (?:past|after) |(?P<to>quarter to )(?!\d+[.:]\d))?"
    rf"(?P<hour>[12]?\d|{_WORD_HOURS})(?:(?<=\d)[:.](?P<minute>[0-5]\d)(?![\d:]))?\b"
    r"(?P<clock> o[’']clock)?"
    rf"(?! ?(?:%|percent|per cent|points?|thousand|[mbtr]+illion|[mbt]n|{MEASURES})(?![a-z]))"
    r"(?: ?(?P<half_day>[ap])\.?m\b\.?| (?P<part>in the (?:early )?(?:morning|afternoon|evening)"
    r"|at night)\b)?",
    re.I,
)
# What makes a time of "7:30" and of "seven in the morning".
_AT = re.compile(r"\b(?:at|by|to|from|till|until|since|after|before|about|around|between) $", re.I)
# Most sentences have none of these, and needn't be looked through at every letter.
_ENGLISH_WORDS = (
    *("day", "quarter", "half", "noon", "midn", "o’clock", "o'clock"),
    *("morning", "evening", "at night"),
)
_ENGLISH_FIGURES = re.compile(r"\d(?: ?[ap]\.?m|:)|[qh]\d")
_MORNING = ("凌晨", "清晨", "清早", "早上", "早晨", "今早", "上午", "早")
_NIGHT = ("夜里", "深夜", "半夜", "午夜", "夜间")
_NOON = ("中午", "正午")
_EVENING = ("晚上", "晚间", "今晚", "昨晚", "当晚", "晚")
_PARTS = "|".join((*_MORNING, *_NOON, "午后", "下午", "傍晚", *_EVENING, *_NIGHT))
_ZH_PART = rf"(?P<part>{_PARTS})"
_ZH_HOUR = (
    r"(?P<hour>[12]?\d|[一二两三四五六七八九十]{1,3}|零(?=[时点][零一二三四五六七八九十\d]{1,3}分))"
)
_ZH_MINUTE = (
    r"(?P<minute>[0-5]?\d|[零一二三四五六七八九十]{1,3})分|(?P<quarters_of>[一三半])刻?(?![个天年])"
)
_CHINESE = re.compile(
    r"(?<![一二两三四五六七八九十几每\d])(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![次个年回遍月])"
    r"|每(?:周|星期)(?P<every>[一二三四五六日天])(?![次个年回遍月])"
    r"|前(?P<first>[两二三23])个?季度?"
    r"|第?(?P<quarter>[一二三四首1-4])季度|首季(?!度)"
    r"|(?P<half>[上下])半(?=[年场季期程])(?:年|场)?"
    rf"|{_ZH_PART}?(?:(?<![\d.:一二三四五六七八九十])|(?<=[周期拜][一二三四五六日天])(?=\d))"
    rf"{_ZH_HOUR}(?P<mark>时|点钟?)"
    rf"(?![间期候代常刻而差评赞名出滴状子球以之要意建共新难原])(?:{_ZH_MINUTE})?"
    rf"|{_ZH_PART.replace('part', 'part2')}(?P<hour2>[12]?\d)[:：](?P<minute2>[0-5]\d)(?![\d:：])"
    r"|(?<=[日至到于在约])(?P<hour3>[12]?\d)[:：](?P<minute3>[0-5]\d)(?![\d:：])"
    r"|(?P<noon>正午|中午)|(?P<midnight>午夜|零时|零点)"
)
_CHINESE_HINT = re.compile("[周期拜季半时点:：午]")


def read_english(text: str) -> Iterator[Amount]:
    """What an English text says of the calendar and the clock; a time is in minutes of the day."""
    lower = text.lower()
    if not any(map(lower.__contains__, _ENGLISH_WORDS)) and not _ENGLISH_FIGURES.search(lower):
        return
    for match in _ENGLISH.finditer(text):
        said = {name: value.lower() for name, value in match.groupdict().items() if value}
        if day := said.get("weekday"):
            yield _said(match, "weekday", _WEEKDAYS.index(day) + 1)
        elif quarters := said.get("quarters"):
            yield _said(match, "quarter", 10 + _small(quarters))
        elif quarter := said.get("quarter") or said.get("q"):
            yield _said(match, "quarter", _ORDINALS.get(quarter) or int(quarter))
        elif half := said.get("half") or said.get("h"):
            yield _said(match, "half", _HALVES[half])
        elif time := _english_time(match, said):
            yield time


def _english_time(match: re.Match[str], said: dict[str, str]) -> Amount | None:
    if "noon" in said or "midnight" in said:
        return _said(match, "clock", 12 * HOUR if "noon" in said else 0)
    hour, minute, part = _small(said["hour"]), int(said.get("minute", "0")), said.get("part", "")
    is_time = bool({"half_day", "clock", "past", "to"} & said.keys())
    if "minute" in said or part:
        before = match.string[max(0, match.start() - 8) : match.start()]
        is_time = is_time or bool(_AT.search(before))
    if not is_time or hour > 24 or (hour > 12 and part):
        return None
    if "to" in said:
        hour, minute = hour - 1, 45
    elif past := said.get("past"):
        minute = 30 if past == "half" else 15
    half_day = said.get("half_day", "")
    if part:
        is_early = "morning" in part or ("night" in part and hour < 6)
        half_day = "a" if is_early else "p"
    return _time(match, hour, minute, half_day, firm=match[0][0].isdigit())


def read_chinese(text: str) -> Iterator[Amount]:
    """The same of a Chinese text."""
    for match in _CHINESE.finditer(text) if _CHINESE_HINT.search(text) else ():
        said = {name: value for name, value in match.groupdict().items() if value}
        if day := said.get("weekday") or said.get("every"):
            yield _said(match, "weekday", min("一二三四五六日天".index(day), 6) + 1)
        elif first := said.get("first"):
            yield _said(match, "quarter", 10 + _small(first))
        elif "季" in match[0]:
            yield _said(match, "quarter", _small(said.get("quarter", "1")))
        elif half := said.get("half"):
            yield _said(match, "half", "上下".index(half) + 1)
        elif time := _chinese_time(match, said):
            yield time


def _chinese_time(match: re.Match[str], said: dict[str, str]) -> Amount | None:
    if "noon" in said or "midnight" in said:
        return _said(match, "clock", 12 * HOUR if "noon" in said else 0)
    part = said.get("part") or said.get("part2") or ""
    written = said.get("hour") or said.get("hour2") or said["hour3"]
    hour = _small(written)
    minute = next((_small(said[n]) for n in ("minute", "minute2", "minute3") if n in said), 0)
    minute += {"一": 15, "三": 45, "半": 30}.get(said.get("quarters_of", ""), 0)
    is_plain = said.get("mark") in ("时", "点") and match.end("mark") == match.end()
    # 一时 is "for a while", 三点 "three points".
    if hour > 24 or (not part and is_plain and not written.isdigit()):
        return None
    half_day = "a" if part in _MORNING else "p" if part else ""
    if part in _NIGHT:
        half_day = "p" if 5 < hour < 12 else "a"
    elif part in _NOON:
        half_day = "p" if hour < 4 else "a" if hour < 12 else "p"
    elif part in _EVENING:
        half_day = "a" if hour == 12 else "p"
    if not half_day and match.string[match.start() - 1 : match.start()] == "日":
        # Agencies count to twenty-four behind a date.
        half_day = "p" if hour == 12 else "a"
    return _time(match, hour, minute, half_day, firm=written.isdigit())


def _small(word: str) -> int:
    """A number below a hundred: "7", "seven", 二十五."""
    if word.isdecimal():
        return int(word)
    if word in SMALL:
        return SMALL[word]
    tens, is_tens, units = word.rpartition("十")
    return (_HAN.get(tens, 1) * 10 if is_tens else 0) + _HAN.get(units[-1:], 0)


def _time(match: re.Match[str], hour: int, minute: int, half_day: str, *, firm: bool) -> Amount:
    """Without a half of the day, both are meant up to twelve."""
    hour = hour % 12 + (12 if half_day == "p" else 0) if half_day and hour <= 12 else hour
    hours = (hour, hour + 12) if not half_day and hour <= 12 else (hour,)
    values = tuple(Fraction((one * HOUR + minute) % DAY) for one in hours)
    return Amount(match.start(), match.end(), values, "clock", firm=firm, pair="clock")


def _said(match: re.Match[str], kind: CalendarKind, value: int) -> Amount:
    return Amount(match.start(), match.end(), (Fraction(value),), kind, firm=False, pair=kind)
