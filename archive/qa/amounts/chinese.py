"""Reads the figures of a Chinese text: digits, numerals or both ("3亿5000万", "一万二")."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from archive.qa.amounts import base, calendar
from archive.qa.amounts.base import Amount, digits
from archive.qa.amounts.units import (
    CURRENCY_ZH,
    TIME_ZH,
    UNIT_LATIN,
    UNIT_ZH,
    in_whole,
    sign_before,
)
from archive.text.scripts import HAN

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "○": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HAN_DIGITS = "零〇○一二两三四五六七八九"
SCALES = "十百千万亿兆"
# 千瓦 is a unit, no thousand.
_SCALE = "(?:[十百万亿兆]|千(?![瓦克米卡帕赫伏焦]))"
_PIECE = re.compile(rf"(?P<arabic>{ARABIC})|(?P<digits>[{HAN_DIGITS}]+)|(?P<scale>[{SCALES}])")


@lru_cache(maxsize=4096)
def value_of(text: str) -> tuple[Fraction, ...]:
    """What the number may mean, likeliest first; () if it is none, such as "三三两两"."""
    whole, _point, decimals = text.replace("有", "").partition("点")
    # Sections of ten thousand are added up.
    total = section = short = Fraction(0)
    number: Fraction | None = None
    scale = 1
    for match in _PIECE.finditer(whole):
        if match["scale"]:
            scale = _SCALES[match["scale"]]
            if scale < 10**4:
                section += (1 if number is None else number) * scale
            else:
                section += number or 0
                if scale > 10**4:
                    section, total = section + total, Fraction(0)
                section, total = Fraction(0), total + (section or 1) * scale
            number = None
            continue
        read = digits(match["arabic"]) if match["arabic"] else _spelled(match["digits"])
        if read is None or number is not None:
            return ()
        # 一万二 is 12,000, 一万零二 10,002.
        is_short = match["digits"] and len(match["digits"]) == 1 and match.end() == len(whole)
        if is_short and scale >= 100:
            short = read * (scale // 10 - 1)
        number = read
    value = total + section + (number or 0)
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


_NUMERAL = rf"(?:[{HAN_DIGITS}]|{_SCALE})"
_CORE = (
    # 八十有七, of an age.
    rf"[{HAN_DIGITS}]?十有[{HAN_DIGITS}](?![{HAN}])|"
    rf"(?:{ARABIC})(?: ?{_SCALE}+)?(?:(?<=[{SCALES}])(?:\d+|{_NUMERAL}){_SCALE}*)*"
    rf"|{_NUMERAL}+(?:点[{HAN_DIGITS}]+)?"
)
_TOKEN = re.compile(
    # What any of them begins with, since most characters begin none.
    rf"(?=[\dA-Za-z._+{HAN_DIGITS}{SCALES}上首双俩对半廿卅本荣-])(?:"
    r"(?P<skip>https?://[!-~]+|www\.[!-~]+|(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z.]+)"
    rf"|(?P<share>(?P<whole>百|千|万|{_NUMERAL}+|\d+)分之(?P<part>{_CORE}))"
    r"|(?P<label>(?<![A-Za-z])[A-Za-z]+[-·]?\d[A-Za-z\d.·-]*|(?<![\d.])\d+(?:\.\d+){2,}|\d+[·•]\d+)"
    r"|(?P<decade>(?:(?P<last>上个?)|(?P<century>\d{1,2}|[一二十]+))世纪(?P<tens>\d0|[一二三四五六七八九]?十)年代)"
    r"|(?P<seconds>\d+秒\d{2}(?!\d))"
    rf"|(?P<plan>十[一二三四]五(?=规划|计划|时期|期间|[”」’]))"
    rf"|(?P<number>(?<![\d.])(?:{_CORE}))"
    r"|(?P<first>(?<![那这几两一岁])首(?=[次个位名家届批座条部款任日例轮场艘架颗]))"
    r"|(?P<soft>[双俩对半廿卅]|上世纪|本世纪|荣枯线))"
)
_SOFT: dict[str, tuple[int, ...]] = {
    **dict.fromkeys("双俩对", (2,)),
    **dict.fromkeys(("廿", "上世纪"), (20,)),
    "卅": (30,),
    "本世纪": (21,),
    # What parts growth from decline in a survey of purchasing managers.
    "荣枯线": (50,),
}
_VAGUE = re.compile(rf"[多余来几]({_SCALE}*)(?=[{HAN}])")
_PERCENT = re.compile(r" ?[%％]|(?P<pp> ?个?百分点)|(?P<bp> ?个?基点)")
_TENTHS = re.compile(
    rf"成(?:(?P<half>半)|(?P<more>[{HAN_DIGITS}])(?!{_SCALE}))?(?![立为功员长就果本都交效型分因品语套人年])"
)
_AGAIN = re.compile(r"多?倍")
_MORE_BY = re.compile(r"增|涨|多|高|扩|升|翻|加|长|大|快|超|出|约|近|逾|了")
_OFF = re.compile(r"折(?!叠|腾|射|合|磨|断)")
_DECADE = re.compile(r"年代(?![码表价理购替言售工])")
_YEAR = re.compile(r"年(?!代|龄|轻|级)")
_MONTH = re.compile(r"月(?:份|底|初|中|末)?")
_DAY = re.compile(r"[日号](?!线|楼|院|文件|公报|令|码|店|馆|机|车)")
_HALF = re.compile(r"(?:个|年|天|倍|小时|[十百千万亿]+)半|半(?=[年个天小])")
_AND_JIAO = re.compile(rf"块(?P<more>[{HAN_DIGITS}\d])(?![{SCALES}\d多个家名条张])")
_HALF_OF = re.compile("年|月|小时")
# 二厘七 is 2.7 per cent of interest.
_INTEREST = re.compile(rf"厘(?P<more>[{HAN_DIGITS}])?(?![米升定清])")
# The years before the first year of an emperor's reign, or of the Republic.
_REIGNS = {
    "贞观": 626,
    "开元": 712,
    "洪武": 1367,
    "永乐": 1402,
    "宣德": 1425,
    "成化": 1464,
    "弘治": 1487,
    "正德": 1505,
    "嘉靖": 1521,
    "万历": 1572,
    "天启": 1620,
    "崇祯": 1627,
    "顺治": 1643,
    "康熙": 1661,
    "雍正": 1722,
    "乾隆": 1735,
    "嘉庆": 1795,
    "道光": 1820,
    "咸丰": 1850,
    "同治": 1861,
    "光绪": 1874,
    "宣统": 1908,
    "民国": 1911,
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
}
_CLASSIFIERS = (
    "个家名位座对项所届条艘辆只部场次份篇幅间栋块片群批支种类样款处门国省市县州城岁天周年人"
    "章枚头匹台轮局集册本张首起例宗件桩颗粒棵株架口户层步阵套双把扇封员节架顶根道尊句段期组"
)
_REGNAL = re.compile(r"世(?![纪界代])")
_LATIN = re.compile(r"[A-Za-z]")
# After these, 十一 is a holiday; 三八, 五四, 八一 and their like aren't read at all.
_AND_MINUTES = re.compile(rf"零?(?P<minutes>\d{{1,2}}|[{HAN_DIGITS}十]{{1,3}})分")
_HOLIDAY = re.compile(r"(?:黄金周|长假|假期|期间)")


def read(text: str) -> list[Amount]:
    """All figures, in reading order."""
    taken = list(calendar.read_chinese(text))
    found = (amount for match in _TOKEN.finditer(text) for amount in _amounts(text, match))
    amounts = list(base.apart([*taken, *base.outside(found, taken)]))
    return base.share_units(text, amounts, base.CHINESE)


def _amounts(text: str, match: re.Match[str]) -> Iterator[Amount]:
    start, end, word = match.start(), match.end(), match[0]
    if match["number"]:
        yield from _number(text, start, end)
    elif match["share"]:
        yield from _share(match)
    elif match["label"]:
        numbers = re.findall(r"\d+(?:\.\d+)?", word)
        yield Amount(start, end, tuple(map(Fraction, numbers)), "any", firm=False)
    elif match["decade"]:
        century = Fraction(20) if match["last"] else value_of(match["century"])[0]
        year = (century - 1) * 100 + value_of(match["tens"])[0]
        yield Amount(start, end, (year,), "decade")
    elif match["seconds"]:
        yield Amount(start, end, (Fraction(word.replace("秒", ".")),), "any")
    elif match["plan"]:
        plan = value_of(word[:-1])
        # The seventh plan began in 1986.
        begin = 1986 + 5 * (plan[0] - 7)
        values = (*plan, Fraction(5), begin, begin + 4)
        yield Amount(start, end, values, "any", firm=False)
    elif match["first"]:
        yield Amount(start, end, (Fraction(1),), "any", firm=False, pair="ordinal")
    elif match["soft"]:
        yield _soft(text, start, end, word)


def _soft(text: str, start: int, end: int, word: str) -> Amount:
    pair: base.PairedKind = ""
    values = tuple(map(Fraction, _SOFT.get(word, ())))
    if word == "半":
        values = _halves(text, start, end)
        is_share = text[start - 1 : start] in ("一", "过") or text[end : end + 1] == "数"
        pair = "share" if is_share else ""
    return Amount(start, end, values, "any", firm=False, pair=pair)


def _halves(text: str, start: int, end: int) -> tuple[Fraction, ...]:
    """Half of something; of an hour also 30 minutes, of a year also 6 months."""
    if text[start - 1 : start] in ("时", "点") or re.match("个?小时", text[end : end + 3]):
        return Fraction(1, 2), Fraction(30)
    return (Fraction(1, 2), Fraction(6)) if text[end : end + 1] == "年" else (Fraction(1, 2),)


def _share(match: re.Match[str]) -> Iterator[Amount]:
    whole, part = value_of(match["whole"]), value_of(match["part"])
    if match["part"] == "百":
        part = (Fraction(100),)
    if whole and part and whole[0]:
        firm = match["whole"] in "百千" and any(c.isdigit() or c == "点" for c in match["part"])
        share = tuple(value / whole[0] for value in part)
        firm = firm or part[0] > 10
        yield Amount(match.start(), match.end(), share, "ratio", firm=firm, pair="share")


def _number(text: str, start: int, end: int) -> Iterator[Amount]:
    word = text[start:end]
    values = value_of(word)
    if not values:
        yield from _about(start, end, word, is_tenths=text[end : end + 1] == "成")
        return
    if word == "00" and text[start - 1 : start] in (":", "："):
        return
    tail = word[len(word.rstrip(SCALES)) :]
    scale = value_of(tail)[0] if tail else Fraction(1)
    firm = _is_firm(text, start, end, values[0])
    amount = Amount(start, end, values, firm=firm, scale=scale)
    if word == "十一" and not amount.firm:
        # The first of October.
        amount = replace(amount, values=(*values, Fraction(10), Fraction(1)), kind="any")
    if vague := _VAGUE.match(text, end):
        amount = _vague(amount, vague)
    yield _with_context(text, amount)


def _about(start: int, end: int, word: str, *, is_tenths: bool) -> Iterator[Amount]:
    """三四十 may be thirty or forty, 三四成 as much percent; 九一八 is a date."""
    found = re.fullmatch(rf"([{HAN_DIGITS}])([{HAN_DIGITS}])([{SCALES}]+)", word)
    if found and (low := value_of(found[1] + found[3])) and (high := value_of(found[2] + found[3])):
        yield Amount(start, end, low, "any", firm=False, upper=high[0] * 2 - low[0])
    elif len(word) in (2, 3) and not set(word) & set(SCALES):
        numbers = [_DIGITS[char] for char in word]
        rest = numbers[-1] + 10 * sum(numbers[1:-1])
        tenth = Fraction(1, 10 if is_tenths else 1)
        values = tuple(n * tenth for n in (numbers[0], rest, *numbers))
        yield Amount(start, end, values, "any", firm=False)


def _is_firm(text: str, start: int, end: int, value: Fraction) -> bool:
    word = text[start:end]
    if word[0].isdigit():
        return value != 1 or text[start - 1 : start] != "第"
    if len(word) == 1 or word[0] in "百千万亿" or value <= 10:
        return False
    is_holiday = word == "十一" and (text[start - 1 : start] in "“双" or _HOLIDAY.match(text, end))
    return not is_holiday


def _vague(amount: Amount, vague: re.Match[str]) -> Amount:
    factor = value_of(vague[1])[0] if vague[1] else Fraction(1)
    bare = amount.values[0]
    zeros = 1
    while bare and bare % (zeros * 10) == 0:
        zeros *= 10
    return replace(
        amount,
        end=vague.end(),
        values=(bare * factor,),
        upper=(bare + zeros) * factor,
        scale=amount.scale * factor,
    )


def _with_context(text: str, amount: Amount) -> Amount:
    """Take in the unit, currency, part of a date and the like that stand around a figure."""
    at = amount.end
    if sign := sign_before(text, amount.start):
        return replace(amount, start=sign[0], kind="money", unit=sign[1])
    if jiao := _AND_JIAO.match(text, at):
        # 八块五 is 8.5 yuan.
        whole = amount.values[0] + value_of(jiao["more"])[0] / 10
        return replace(amount, end=jiao.end(), values=(whole,), kind="money", unit="CNY")
    if half := _HALF.match(text, at):
        more = amount.values[0] + Fraction(1, 2)
        # A year and a half is eighteen months.
        amount = replace(amount, values=(*amount.values, more, more * 12))
        if _HALF_OF.match(text, half.end()):
            at = half.end()
            amount = replace(amount, end=at) if text[at : at + 1] == "小" else amount
    if percent := _PERCENT.match(text, at):
        return base.as_percent(amount, percent)
    if money := CURRENCY_ZH.match(text, at):
        code, part = in_whole(money[1])
        values = tuple(value * part for value in amount.values)
        return replace(amount, end=money[0], values=values, kind="money", unit=code)
    if dated := _dated(text, amount):
        return dated
    if unit := UNIT_ZH.match(text, at) or UNIT_LATIN.match(text, at):
        return replace(amount, end=unit[0], kind="measure", unit=unit[1])
    return _counted(text, amount)


def _dated(text: str, amount: Amount) -> Amount | None:
    value, at = amount.values[0], amount.end
    if decade := _DECADE.match(text, at):
        years = (value,) if value >= 1000 else (1900 + value, 2000 + value, 1800 + value)
        return replace(amount, end=decade.end(), values=years, kind="decade", firm=True)
    if year := _YEAR.match(text, at):
        if (before := _REIGNS.get(text[max(0, amount.start - 2) : amount.start])) and value < 100:
            return replace(amount, end=year.end(), values=(before + value, value), kind="year")
        if 1000 <= value < 2100 and at - amount.start == 4:
            return replace(amount, end=year.end(), kind="year")
        if at - amount.start == 2 and 9 < value < 100:
            return replace(amount, values=(value, 1900 + value, 2000 + value))
    if value <= 12 and (month := _MONTH.match(text, at)):
        return replace(amount, end=month.end(), kind="month", firm=True)
    if value <= 31 and (day := _DAY.match(text, at)):
        return replace(amount, end=day.end(), kind="day")
    return None


def _counted(text: str, amount: Amount) -> Amount:
    value, at = amount.values[0], amount.end
    if again := _AGAIN.match(text, at):
        # 是三倍 is three times as much, 增长两倍 as well.
        is_more = _MORE_BY.search(text[max(0, amount.start - 4) : amount.start])
        values = (value, value + 1) if is_more else (value,)
        return replace(amount, values=values, end=again.end(), kind="any", pair="count")
    if value < 10 and _OFF.match(text, at):
        return replace(amount, values=(value / 10, 1 - value / 10, value), kind="any", firm=False)
    if value < 10 and (tenths := _TENTHS.match(text, at)):
        share = value / 10 + (Fraction(1, 20) if tenths["half"] else 0)
        share += Fraction(_DIGITS[tenths["more"]], 100) if tenths["more"] else 0
        end = tenths.end()
        return replace(amount, values=(share, value), end=end, kind="any", firm=False, pair="share")
    if value < 20 and (rate := _INTEREST.match(text, at)):
        share = (value + Fraction(_DIGITS[rate["more"]] if rate["more"] else 0, 10)) / 100
        return replace(amount, values=(share, value), end=rate.end(), kind="any", firm=False)
    if text[amount.start - 1 : amount.start] == "第" or _REGNAL.match(text, at):
        return replace(amount, pair="ordinal")
    if time := TIME_ZH.match(text, at):
        amount = replace(amount, unit=time[1])
        if time[1] == "h" and (more := _AND_MINUTES.match(text, time[0])):
            longer = value + value_of(more["minutes"])[0] / 60
            amount = replace(amount, end=more.end(), values=(longer,))
    is_count = 2 <= value <= 10 and at < len(text) and text[at] in _CLASSIFIERS
    return replace(amount, pair="count" if is_count else "")
