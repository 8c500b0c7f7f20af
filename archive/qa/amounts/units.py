"""Currencies and units of measure in both languages' words, and how units convert."""

import re
from fractions import Fraction

from archive.text.scripts import HAN

# A "$" may be any country's dollar, a "¥" yuan or yen.
DOLLAR, YEN_SIGN = "$", "¥"
_DOLLARS = {DOLLAR, "USD", "HKD", "CAD", "AUD", "SGD", "NZD", "TWD"}
_YENS = {YEN_SIGN, "CNY", "JPY"}


_FRANCS = {"FRANC", "CHF"}


def same_currency(one: str, other: str) -> bool:
    pair = {one, other}
    groups = ((DOLLAR, _DOLLARS), (YEN_SIGN, _YENS), ("FRANC", _FRANCS))
    return one == other or any(sign in pair and pair <= group for sign, group in groups)


_CURRENCY_EN = {
    "USD": r"US dollars?|U\.S\. dollars?|American dollars?|USD",
    "HKD": r"Hong Kong dollars?|HKD",
    "CAD": r"Canadian dollars?|CAD",
    "AUD": r"Australian dollars?|AUD",
    "SGD": r"Singapore dollars?|SGD",
    "TWD": r"(?:New )?Taiwan dollars?|NTD",
    DOLLAR: r"dollars?",
    "FEN": r"fen",
    "JIAO": r"jiao|mao",
    "CENT": r"(?:US )?cents?",
    "PENCE": r"pence|penny",
    "CNY": r"yuan|renminbi|RMB|CNY",
    "JPY": r"yen|JPY",
    "EUR": r"euros?|EUR",
    "GBP": r"pounds? sterling|GBP",
    "RUB": r"rou?bles?",
    "INR": r"rupees?",
    "KRW": r"won",
    "NZD": r"New Zealand dollars?|NZD",
    "CHF": r"Swiss francs?|CHF",
    "FRANC": r"francs?",
    "BRL": r"reais|reals|(?<=-)real",
    "KRONA": r"(?:[A-Za-z]{1,15} )?kron(?:or|er|ur|as?|e)\b",
    "PESO": r"(?:[A-Za-z]{1,15} )?pesos?",
    "RIYAL": r"(?:[A-Za-z]{1,15} )?ri[ya]als?",
    **{
        code: rf"(?:[A-Za-z]{{1,15}} )?{word}"
        for code, word in (
            ("ZAR", "rand"),
            ("TRY", "liras?"),
            ("PLN", "zlot(?:y|ys|ych|ies)"),
            ("ILS", "shekels?"),
            ("DIRHAM", "dirhams?"),
            ("DINAR", "dinars?"),
            ("THB", "baht"),
            ("MYR", "ringgit"),
            ("IDR", "rupiahs?"),
            ("VND", "dong"),
            ("NGN", "nairas?"),
            ("SHILLING", "shillings?"),
            ("UAH", "hryvnias?"),
            ("HUF", "forints?"),
            ("BDT", "taka"),
            ("KZT", "tenge"),
        )
    },
}
_SIGNS_EN = {
    "HKD": r"HK\$",
    "CAD": r"(?:CA?|CAN)\$",
    "AUD": r"AU?\$",
    "SGD": r"SG?\$",
    "TWD": r"NT\$",
    "USD": r"US ?\$|U\.S\. ?\$|USD",
    DOLLAR: r"\$|＄",
    "CNY": r"RMB|CNY|CN¥",
    YEN_SIGN: r"¥|￥",
    "EUR": r"€|EUR",
    "GBP": r"£",
    "INR": r"Rs\.?|₹",
}
_CURRENCY_ZH = {
    "USD": "美元|美金",
    "HKD": "港元|港币",
    "CAD": "加元|加拿大元|加币",
    "AUD": "澳元|澳大利亚元|澳币",
    "SGD": "新加坡元|新元|新币",
    "NZD": "新西兰元",
    "TWD": "新台币|台币",
    "JPY": "日元|日圆",
    "EUR": "欧元",
    "GBP": "英镑",
    "RUB": "卢布",
    "INR": "卢比",
    "KRW": "韩元|韩圆",
    "CHF": "瑞士法郎|瑞郎",
    "FRANC": "法郎",
    "BRL": "雷亚尔",
    "KRONA": "(?:瑞典|挪威|丹麦|冰岛|捷克)?克朗",
    "PESO": f"[{HAN}]{{0,5}}?比索",
    "RIYAL": "(?:沙特|伊朗|卡塔尔|也门)?里亚尔",
    "ZAR": "(?:南非)?兰特",
    "TRY": "(?:土耳其)?里拉",
    "PLN": "兹罗提",
    "ILS": "(?:新)?谢克尔",
    "DIRHAM": "迪拉姆",
    "DINAR": f"[{HAN}]{{0,5}}?第纳尔",
    "THB": "泰铢|铢",
    "MYR": "林吉特|令吉",
    "IDR": "印尼盾|印尼卢比",
    "VND": "越南盾",
    "NGN": "奈拉",
    "SHILLING": f"[{HAN}]{{0,4}}?先令",
    "UAH": "格里夫纳",
    "HUF": "福林",
    "BDT": "塔卡",
    "KZT": "坚戈",
    "FEN": "分钱",
    "JIAO": "毛(?:钱|(?=[，。；、]|涨|一|到))|角钱|(?<=[0-9])角(?![形星])",
    "CENT": "[美欧]分",
    "PENCE": "便士",
    "CNY": "元|人民币|块钱|块(?=[，。；、！？”]|$)",
}
# Each unit: its dimension, its size in that dimension's base, English words, Chinese words.
_UNITS: tuple[tuple[str, str, float, str, str], ...] = (
    ("km2", "area", 1e6, r"square kilomet(?:er|re)s?|sq\.? ?km|km2|km²", "平方公里|平方千米"),
    ("m2", "area", 1, r"square met(?:er|re)s?|sq\.? ?m|m2|m²", "平方米|平米"),
    ("mi2", "area", 2.58999e6, r"square miles?", "平方英里"),
    ("ft2", "area", 0.092903, r"square f(?:ee|oo)t|sq\.? ?ft", "平方英尺"),
    ("ha", "area", 1e4, r"hectares?|ha", "公顷"),
    ("acre", "area", 4046.86, r"acres?", "英亩"),
    ("mu", "area", 666.667, r"mu", "亩"),
    ("m3", "volume", 1000, r"cubic met(?:er|re)s?|m3|m³", "立方米"),
    ("ft3", "volume", 28.3168, r"cubic f(?:ee|oo)t", "立方英尺"),
    ("bbl", "volume", 158.987, r"barrels?", "桶"),
    ("gal", "volume", 3.78541, r"gallons?", "加仑"),
    ("ml", "volume", 0.001, r"millilit(?:er|re)s?|ml", "毫升"),
    ("l", "volume", 1, r"lit(?:er|re)s?", "公升|升"),
    ("km", "length", 1000, r"kilomet(?:er|re)s?|km", "公里|千米"),
    ("cm", "length", 0.01, r"centimet(?:er|re)s?|cm", "厘米|公分"),
    ("mm", "length", 0.001, r"millimet(?:er|re)s?|mm", "毫米"),
    ("m", "length", 1, r"met(?:er|re)s?", "米"),
    ("nmi", "length", 1852, r"nautical miles?", "海里"),
    ("mi", "length", 1609.344, r"miles?", "英里"),
    ("ft", "length", 0.3048, r"f(?:ee|oo)t|ft", "英尺"),
    ("in", "length", 0.0254, r"inch(?:es)?", "英寸"),
    ("yd", "length", 0.9144, r"yards?", "码"),
    ("li", "length", 500, r"li", "华里"),
    ("t", "mass", 1000, r"(?:metric )?tons?|tonnes?", "吨|公吨"),
    ("kg", "mass", 1, r"kilogram(?:me)?s?|kilos?|kg", "公斤|千克"),
    ("mcg", "mass", 1e-9, r"microgram(?:me)?s?|µg|μg|mcg", "微克"),
    ("mg", "mass", 1e-6, r"milligram(?:me)?s?|mg", "毫克"),
    ("g", "mass", 0.001, r"gram(?:me)?s?", "克"),
    ("lb", "mass", 0.45359, r"pounds?|lbs?", "磅"),
    ("oz", "mass", 0.0283495, r"ounces?", "盎司"),
    ("jin", "mass", 0.5, r"jin", "斤"),
    ("TWh", "energy", 1e9, r"terawatt[- ]hours?|TWh", "太瓦时"),
    ("MWh", "energy", 1e3, r"megawatt[- ]hours?|MWh", "兆瓦时"),
    ("GWh", "energy", 1e6, r"gigawatt[- ]hours?|GWh", "吉瓦时"),
    ("kWh", "energy", 1, r"kilowatt[- ]hours?|kWh", "千瓦时|度电"),
    ("GW", "power", 1e6, r"gigawatts?|GW", "吉瓦"),
    ("MW", "power", 1e3, r"megawatts?|MW", "兆瓦"),
    ("kW", "power", 1, r"kilowatts?|kW", "千瓦"),
    ("C", "temperature", 1, r"degrees? (?:Celsius|centigrade)|°C|℃", "摄氏度|℃|°C"),
    ("F", "temperature", 1, r"degrees? Fahrenheit|°F|℉", "华氏度|℉|°F"),
)
# For patterns of other modules: what follows a measure's figure in English.
MEASURES = "|".join(unit[3] for unit in _UNITS)
_DIMENSION = {unit: dimension for unit, dimension, *_rest in _UNITS}
_SIZE = {unit: size for unit, _dimension, size, *_rest in _UNITS}
# Conversions are rounded to two figures as a rule.
_ROUNDING = 0.035


# What a hundredth or a tenth is of.
_PARTS_OF = {
    "FEN": ("CNY", Fraction(1, 100)),
    "JIAO": ("CNY", Fraction(1, 10)),
    "CENT": (DOLLAR, Fraction(1, 100)),
    "PENCE": ("GBP", Fraction(1, 100)),
}


def in_whole(unit: str) -> tuple[str, Fraction]:
    """The currency of a sum, and what its figure is to be multiplied by: cents are of a dollar."""
    return _PARTS_OF.get(unit, (unit, Fraction(1)))


# How long it takes, in seconds. A number of them stays a number; the unit is compared where both
# texts say one.
TIMES = {
    "s": (1, r"seconds", "秒钟?"),
    "min": (60, r"minutes?", "分钟"),
    "h": (3600, r"hours?", "个?小时"),
    "d": (86_400, r"days?", "天"),
    "w": (604_800, r"weeks?", "周(?![年岁])|个?星期"),
    "mo": (2_629_800, r"months?", "个月"),
    "yr": (31_557_600, r"years?", "周?年(?!代|级|轻|月|前后|[内底初])|周?岁"),
}
_TIME_ROUNDING = 0.12


class UnitPattern:
    """Reads a unit at a place of the text."""

    def __init__(self, words: dict[str, str], template: str) -> None:
        self._codes = tuple(words)
        self.regex = re.compile(template % "|".join(f"({written})" for written in words.values()))
        # Most figures have none, which is told in a fifth of the time where nothing is captured.
        self._any = re.compile(template % "|".join(words.values()))

    def code(self, match: re.Match[str]) -> str:
        return self._codes[(match.lastindex or 1) - 1]

    def match(self, text: str, at: int) -> tuple[int, str] | None:
        """The end and the code of the unit that begins at `at`."""
        found = self._any.match(text, at) and self.regex.match(text, at)
        return (found.end(), self.code(found)) if found else None


TIME_EN = UnitPattern({u: t[1] for u, t in TIMES.items()}, r"[- ](?:%s)\b")
TIME_ZH = UnitPattern({u: t[2] for u, t in TIMES.items()}, r"多?(?:%s)")
CURRENCY_EN = UnitPattern(_CURRENCY_EN, r"[ -]?(?:worth of )?(?:%s)\b")
CURRENCY_ZH = UnitPattern(_CURRENCY_ZH, r" ?(?:%s)")
UNIT_EN = UnitPattern({u[0]: u[3] for u in _UNITS}, r"[ -]?(?:%s)(?![\w²³])")
UNIT_ZH = UnitPattern({u[0]: u[4] for u in _UNITS}, r" ?(?:%s)")
# Units that Chinese texts leave in Latin letters.
UNIT_LATIN = UnitPattern({u[0]: u[3] for u in _UNITS}, r" ?(?:%s)(?![A-Za-z²³])")
_BEFORE = UnitPattern(_SIGNS_EN, r"(?:%s)$")


def sign_before(text: str, start: int) -> tuple[int, str] | None:
    """Where the currency's sign right before text[start] begins, and its code."""
    before = text[max(0, start - 6) : start].rstrip()
    if not before or (before[-1] not in "$＄¥￥€£₹s." and not before[-1].isupper()):
        return None
    found = _BEFORE.regex.search(before)
    if not found:
        return None
    return max(0, start - 6) + found.start(), _BEFORE.code(found)


_ONE_OF = re.compile(r"\(\?:([^|)]*)\|[^)]*\)")
_MAYBE = re.compile(r"\(\?:(?!es\))[^)]*\)\?")
_WORDS = {unit: {"en": english, "zh": chinese} for unit, _kind, _size, english, chinese in _UNITS}


def same_dimension(one: str, other: str) -> bool:
    """Whether both are units, of lengths or of weights and so on."""
    return one in _DIMENSION and _DIMENSION[one] == _DIMENSION.get(other)


def unit_word(unit: str, *, is_chinese: bool) -> str:
    """The first of a unit's words, in English for several: 公里, "kilometers"; "" for none."""
    words = _WORDS.get(unit, {}).get("zh" if is_chinese else "en", "")
    first = _MAYBE.sub("", _ONE_OF.sub(r"\1", words)).split("|")[0]
    first = first.replace("(?:es)?", "es").replace("s?", "s").replace("[- ]", " ")
    return "" if re.search(r"[\\?()\[\]]", first) else first


def converts(value: Fraction, unit: str, other_value: Fraction, other_unit: str) -> bool:
    """Whether the one is the other in another unit, as far as journalists round."""
    if unit in TIMES and other_unit in TIMES:
        one, other = float(value) * TIMES[unit][0], float(other_value) * TIMES[other_unit][0]
        return abs(one - other) <= _TIME_ROUNDING * max(one, other)
    if _DIMENSION.get(unit) != _DIMENSION.get(other_unit) or unit == other_unit:
        return False
    one, other = float(value) * _SIZE[unit], float(other_value) * _SIZE[other_unit]
    if _DIMENSION[unit] == "temperature":
        one, other = _celsius(float(value), unit), _celsius(float(other_value), other_unit)
        return abs(one - other) < 1
    return abs(one - other) <= _ROUNDING * max(abs(one), abs(other))


def _celsius(value: float, unit: str) -> float:
    return (value - 32) / 1.8 if unit == "F" else value
