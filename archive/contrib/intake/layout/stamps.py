"""Dates, times and page numbers as papers and sites print them.

"Updated: 2015-10-26 11:04", "18/9/2008 17:52", "16:04, September 15, 2014",
"二〇一五年九月二十二日", "page5", "第十七版". The text must be folded (`lines.fold`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from archive.text.dates import MONTHS_BY_NAME

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[.,]?\s{0,2})?"
_HAN_DIGIT = "〇○零一二三四五六七八九"
_ZONE = (
    r"(?:\s?(?:Z\b|[+-]\d{2}:?\d{2}\b|\(?(?:GMT|UTC|HKT|CST|BJT|EST|EDT|ET|BST|CET|SGT|JST"
    r"|PST|PDT|PT|CDT|CT|MST|MDT|IST|CEST|AEST|AEDT|SAST|PKT|MYT)(?-i:(?![a-z]))"
    r"(?:\s?[+-]\d{1,2}(?::?\d{2})?)?\)?|\(?Beijing [Tt]ime\)?|北京时间))?"
)
_CLOCK = (
    r"(?P<{0}h>\d{{1,2}})(?:[:.：](?P<{0}m>\d{{2}})(?:[:.]\d{{2}}(?:\.\d{{1,6}})?)?"
    r"(?:\s?(?P<{0}half>[ap]\.?m\.?)(?![a-z]))?"
    r"|\s?(?P<{0}half2>[ap]\.?m\.?)(?![a-z])|[时点](?P<{0}m2>\d{{1,2}})分?)"
)
_DAY = rf"""
    (?:(?P<y1>(?:1[89]|20)\d\d)|(?:中[华華])?民[国國](?P<roc>\d{{2,3}}))\s?(?:[-/.]|年/?)\s?
    (?P<m1>\d{{1,2}})\s?(?:[-/.]|月/?)\s?(?P<d1>\d{{1,2}})(?!\d)\s?日?
    (?:\s?[-–—~至]{{1,2}}\s?(?:\d{{1,2}}月)?\d{{1,2}}日)?
  | (?P<y0>(?:19|20)\d\d)年?\s?[·,]?\s?第?\d{{1,4}}期
    \s?[(,·]?\s?(?P<m0>\d{{1,2}})月(?P<d0>\d{{1,2}})日
  | (?<![\d.])(?P<roc9>1[01]\d)\.(?P<m9>\d\d)\.(?P<d9>\d\d)(?![\d.])
  | (?P<y8>(?:19|20)\d\d)\s(?P<m8>\d\d)/(?P<d8>\d\d)(?!\d)
  | (?P<y6>(?:19|20)\d\d)[ /-](?P<m6>{_MONTH})[ /-](?P<d6>\d{{1,2}})(?!\d)
  | (?P<d2>\d{{1,2}})(?P<sep>[-/.])(?P<m2>\d{{1,2}})(?P=sep)(?P<y2>(?:19|20)\d\d)(?!\.?\d)
  | (?<![\d/])(?P<m7>\d{{1,2}})(?P<sep7>[/-])(?P<d7>\d{{1,2}})(?P=sep7)(?P<y7>\d\d)(?![\d/-])
  | {_WEEKDAY}(?P<m3>{_MONTH})\s{{0,2}}(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?
    (?:\s?[-–—]\s?(?:{_MONTH}\s)?\d{{1,2}}(?:st|nd|rd|th)?(?=,|\s(?:19|20)\d\d))?,?\s{{0,2}}
    (?P<y3>(?:1[6-9]|20)\d\d)(?!\d(?!\d?:\d\d))
  | {_WEEKDAY}(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?
    (?:(?:\s(?P<first>{_MONTH}))?\s?(?:[-–—]|to)\s?\d{{1,2}}(?:st|nd|rd|th)?(?=\s[A-Z]))?
    [\s-]{{1,2}}(?:of\s)?(?P<m4>{_MONTH})[,\s-]{{1,2}}
    (?P<y4>(?:1[6-9]|20)\d\d)(?!\d)
  | (?:(?P<y5>[{_HAN_DIGIT}]{{4}})
    |(?:中[华華])?民[国國]
    (?P<roc5>[〇零一二三四五六七八九十百廿卅]{{1,5}}))年
    (?P<m5>[一二三四五六七八九十]{{1,2}})月(?P<d5>[一二三四五六七八九十廿卅]{{1,3}})日
"""
_LABEL = r"""(?:
    (?P<updated>(?:(?:last|latest)\s)?(?:updated|modified|update)|(?:最后|最新)?(?:更新|修改)(?:时间|于|日期)?)
  | (?P<issued>(?:first\s)?(?:published|posted|released|created|pub\s?date
        |(?:publication|release)\sdate)
        |(?:发布|发表|发稿|刊发|刊登|出版|见报)(?:时间|于|日期)
        |(?:(?<![\u3400-\u9fff])发布|发表|发稿|刊发|刊登|出版|见报))
  | (?P<plain>date|time|日期|时间)
)(?:\s(?:on|at|by))?\s?[:：]?\s{0,3}(?:on\s|at\s)?"""
_STAMP = re.compile(
    rf"""(?<!\d)(?<!\d[/.-])(?:(?<![A-Za-z])|(?<=Reut))(?:{_LABEL})?
    (?:{_CLOCK.format("a")}{_ZONE}(?:\s?[,|·]\s?|\s{{1,3}}(?:on\s)?))?
    (?P<written>{_DAY})
    (?:\s?[(]?(?:星期|[周週])[一二三四五六日天][)]?|\s?[(][一二三四五六日][)])?
    (?:(?:T|,?\s{{0,3}}(?:at\s|@\s?|(?:HKT|GMT|BJT|CST|MYT|SGT|IST|EST|EDT|PKT)\s)?|\s?[|·•/–—-]\s{{1,2}})
    (?P<noon>[上下]午\s?)?(?:{_CLOCK.format("b")}){_ZONE})?""",
    re.VERBOSE | re.IGNORECASE,
)
# What every date has, in small letters, and few sentences: a fortieth of the time of the search.
_MAY_STAMP = re.compile(
    rf"\d\s?[-/.]\s?\d|月|(?:{'|'.join(MONTHS_BY_NAME)})[a-z]*\.?[\s,/-]{{0,2}}\d"
)
_MAY_PAGE = re.compile(r"版|(?<![A-Za-z])[Pp]\w{0,4}\.?\s{0,2}[:：]?\s?(?:\w\s-\s)?\w{0,2}\d")
# "Updated 17:52, …" without a day, or a label whose date stands elsewhere, is no stamp.
_PAGE = re.compile(
    r"(?<![A-Za-z])(?:pages?|pg\.?|pp?\.?|版[次号](?=[:： ]))\s{0,2}[:：]?\s?"
    r"(?P<page>(?:[A-Z]\s-\s)?[A-Z]{0,2}\d{1,3}[A-Z]?"
    r"(?:\s?[-–,&]\s?[A-Z]{0,2}\d{1,3})?)"
    r"(?![\w/])"
    r"|(?<![上下])第?\s{0,3}(?P<han>头|[A-Z]{0,2}\d{1,3}|[一二三四五六七八九]?十?[一二三四五六七八九]"
    r"|[一二三四五六七八九]?十)\s{0,3}版(?!本|权|社)",
    re.IGNORECASE,
)
# "第8页", "第三张", "頁 58" beside the paper's day; elsewhere it is the page of a site's text.
_LEAF = re.compile(
    r"第\s?(?P<han>\d{1,3}|[一二三四五六七八九]?十?[一二三四五六七八九])\s?[页頁张張](?![\u3400-\u9fff])"
    r"|(?<![\u3400-\u9fff])[页頁]\s{0,2}(?P<page>[A-H]?\d{1,3})(?!\d)"
)

StampKind = Literal["updated", "issued", "plain"]


@dataclass(frozen=True)
class Stamp:
    """A date in a text, with the time of day if one is printed; `day` is None for the 30th of
    February. `is_ambiguous`: day and month may be the other way round."""

    start: int
    end: int
    kind: StampKind
    day: date | None
    at: time | None = None
    is_ambiguous: bool = False
    # The number before the slash can only be a day.
    is_day_first: bool = False
    printed: str = ""

    @property
    def swapped(self) -> date | None:
        return date(self.day.year, self.day.day, self.day.month) if self.day else None


@dataclass(frozen=True)
class PageMark:
    start: int
    end: int
    page: str


def find_stamps(text: str) -> Iterator[Stamp]:
    """Every full date of a text, in order."""
    for match in _STAMP.finditer(text) if _MAY_STAMP.search(text.casefold()) else ():
        kind: StampKind = (
            "updated" if match["updated"] else "issued" if match["issued"] else "plain"
        )
        year, month, day, ambiguous = _numbers(match)
        try:
            found = date(year, month, day)
        except ValueError:
            found = None
        start, end = match.span()
        day_first = match["sep"] == "/" and int(match["d2"]) > 12
        yield Stamp(
            start, end, kind, found, _clock(match), ambiguous, day_first, match["written"].strip()
        )


def _numbers(match: re.Match[str]) -> tuple[int, int, int, bool]:
    """Year, month, day; "/" stands in American dates unless the first number is no month."""
    if match["m1"]:
        # The Republic of China counts its years from 1912.
        year = int(match["y1"] or int(match["roc"]) + 1911)
        return year, int(match["m1"]), int(match["d1"]), False
    if match["y0"]:
        return int(match["y0"]), int(match["m0"]), int(match["d0"]), False
    if match["roc9"]:
        return int(match["roc9"]) + 1911, int(match["m9"]), int(match["d9"]), False
    if match["y8"]:
        return int(match["y8"]), int(match["m8"]), int(match["d8"]), False
    if match["y2"]:
        first, second = int(match["d2"]), int(match["m2"])
        if second > 12 or (match["sep"] == "/" and first <= 12):
            return int(match["y2"]), first, second, second <= 12 and first != second
        return int(match["y2"]), second, first, False
    if match["y7"]:
        short, month, day = (int(match[name]) for name in ("y7", "m7", "d7"))
        year = short + (2000 if short < 50 else 1900)
        if month > 12:
            return year, day, month, False
        return year, month, day, day <= 12 and day != month
    for number in "346":
        if match[f"y{number}"]:
            # Of a week's days, "29 July - 4 August 1993", the first counts.
            named = (match["first"] if number == "4" else "") or match[f"m{number}"]
            month = MONTHS_BY_NAME[named[:3].casefold()]
            return int(match[f"y{number}"]), month, int(match[f"d{number}"]), False
    if match["roc5"]:
        _before, hundred, rest = match["roc5"].rpartition("百")
        roc = (100 if hundred else 0) + han_number(rest.lstrip("零〇") or "〇")
        return roc + 1911, han_number(match["m5"]), han_number(match["d5"]), False
    digits = match["y5"].translate(str.maketrans(_HAN_DIGIT, "000123456789"))
    return int(digits), han_number(match["m5"]), han_number(match["d5"]), False


def _clock(match: re.Match[str]) -> time | None:
    for side in "ba":
        if match[f"{side}h"] is None:
            continue
        hour = int(match[f"{side}h"])
        minute = int(match[f"{side}m"] or match[f"{side}m2"] or 0)
        half = (match[f"{side}half"] or match[f"{side}half2"] or "").casefold()
        half = half or {"上": "a", "下": "p"}.get((match["noon"] or "")[:1], "")
        if half:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    return None


def find_pages(text: str, *, is_dated: bool = False) -> Iterator[PageMark]:
    """Every page number of a text, in order, as our records write it: "03" is 3, "b8" is B8."""
    for match in _PAGE.finditer(text) if _MAY_PAGE.search(text) else ():
        page = _label(match["page"]) if match["page"] else _han_page(match["han"])
        if page:
            yield PageMark(*match.span(), page)
    for match in _LEAF.finditer(text) if is_dated else ():
        yield PageMark(*match.span(), _label(match["page"] or "") or _han_page(match["han"]))


def _label(page: str) -> str:
    label = re.sub(r"\s+", "", re.sub(r"(?<=[A-Za-z]) - ", "", page)).upper()
    return label.lstrip("0") or label if label.isdecimal() else label


def _han_page(label: str) -> str:
    if label == "头":
        return "1"
    return _label(label) if re.search(r"\d", label) else str(han_number(label))


def han_number(text: str) -> int:
    """二十一 is 21, and so is 廿一."""
    text = re.sub(r"[廿卅]十?", lambda match: "二十" if match[0][0] == "廿" else "三十", text)
    tens, ten, units = text.rpartition("十")
    digits = "〇一二三四五六七八九"
    number = digits.index(units[-1]) if units else 0
    return number + 10 * (digits.index(tens[-1]) if tens else 1) if ten else number
