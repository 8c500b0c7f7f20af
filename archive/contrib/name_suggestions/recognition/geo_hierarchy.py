"""Countries, US states and Chinese provinces: what a story says of where a place lies.

They tell places apart and are never suggested: only the archive's own names are. The tables come
first, codes and names, a row a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django_countries import countries

from archive.entities.countries import country_name
from archive.entities.glossary.terms import Form, Glossary, Term
from archive.text.language import LANGUAGES, detect
from archive.text.normalisation import fold

STATES = """
AL Alabama; Ala.; 亚拉巴马州; 亚拉巴马; 阿拉巴马州; 阿拉巴马
AK Alaska; 阿拉斯加州; 阿拉斯加
AZ Arizona; Ariz.; 亚利桑那州; 亚利桑那
AR Arkansas; Ark.; 阿肯色州; 阿肯色
CA California; Calif.; 加利福尼亚州; 加利福尼亚; 加州
CO Colorado; Colo.; 科罗拉多州; 科罗拉多
CT Connecticut; Conn.; 康涅狄格州; 康涅狄格; 康州
DE Delaware; Del.; 特拉华州; 特拉华
DC District of Columbia; D.C.; 华盛顿哥伦比亚特区; 哥伦比亚特区
FL Florida; Fla.; 佛罗里达州; 佛罗里达; 佛州
GA Georgia; Ga.; 佐治亚州; 佐治亚; 乔治亚州
HI Hawaii; 夏威夷州; 夏威夷
ID Idaho; 爱达荷州; 爱达荷
IL Illinois; Ill.; 伊利诺伊州; 伊利诺伊; 伊利诺斯州
IN Indiana; Ind.; 印第安纳州; 印第安纳
IA Iowa; 艾奥瓦州; 艾奥瓦; 爱荷华州; 爱荷华
KS Kansas; Kan.; 堪萨斯州; 堪萨斯
KY Kentucky; Ky.; 肯塔基州; 肯塔基
LA Louisiana; 路易斯安那州; 路易斯安那
ME Maine; 缅因州; 缅因
MD Maryland; Md.; 马里兰州; 马里兰
MA Massachusetts; Mass.; 马萨诸塞州; 马萨诸塞; 麻省; 麻州
MI Michigan; Mich.; 密歇根州; 密歇根; 密西根州
MN Minnesota; Minn.; 明尼苏达州; 明尼苏达
MS Mississippi; Miss.; 密西西比州
MO Missouri; Mo.; 密苏里州; 密苏里
MT Montana; Mont.; 蒙大拿州; 蒙大拿
NE Nebraska; Neb.; 内布拉斯加州; 内布拉斯加
NV Nevada; Nev.; 内华达州; 内华达
NH New Hampshire; N.H.; 新罕布什尔州; 新罕布什尔
NJ New Jersey; N.J.; 新泽西州; 新泽西
NM New Mexico; N.M.; 新墨西哥州
NY New York; N.Y.; New York state; 纽约州
NC North Carolina; N.C.; 北卡罗来纳州; 北卡罗来纳; 北卡
ND North Dakota; N.D.; 北达科他州
OH Ohio; 俄亥俄州; 俄亥俄
OK Oklahoma; Okla.; 俄克拉何马州; 俄克拉荷马州
OR Oregon; Ore.; 俄勒冈州; 俄勒冈
PA Pennsylvania; Pa.; 宾夕法尼亚州; 宾夕法尼亚; 宾州
RI Rhode Island; R.I.; 罗德岛州; 罗得岛州
SC South Carolina; S.C.; 南卡罗来纳州; 南卡罗来纳; 南卡
SD South Dakota; S.D.; 南达科他州
TN Tennessee; Tenn.; 田纳西州; 田纳西
TX Texas; 得克萨斯州; 得克萨斯; 德克萨斯州; 得州; 德州
UT Utah; 犹他州; 犹他
VT Vermont; Vt.; 佛蒙特州; 佛蒙特
VA Virginia; Va.; 弗吉尼亚州; 弗吉尼亚
WA Washington; Washington state; Washington State; Wash.; 华盛顿州
WV West Virginia; W.Va.; 西弗吉尼亚州
WI Wisconsin; Wis.; 威斯康星州; 威斯康星
WY Wyoming; Wyo.; 怀俄明州; 怀俄明
"""

PROVINCES = """
AH Anhui; 安徽省; 安徽
FJ Fujian; 福建省; 福建
GS Gansu; 甘肃省; 甘肃
GD Guangdong; 广东省; 广东
GX Guangxi; Guangxi Zhuang Autonomous Region; 广西壮族自治区; 广西
GZ Guizhou; 贵州省; 贵州
HI Hainan; 海南省; 海南
HE Hebei; 河北省; 河北
HL Heilongjiang; 黑龙江省; 黑龙江
HA Henan; 河南省; 河南
HB Hubei; 湖北省; 湖北
HN Hunan; 湖南省; 湖南
JS Jiangsu; 江苏省; 江苏
JX Jiangxi; 江西省; 江西
JL Jilin; 吉林省
LN Liaoning; 辽宁省; 辽宁
NM Inner Mongolia; Inner Mongolia Autonomous Region; 内蒙古自治区; 内蒙古
NX Ningxia; 宁夏回族自治区; 宁夏
QH Qinghai; 青海省
SN Shaanxi; 陕西省; 陕西
SD Shandong; 山东省; 山东
SX Shanxi; 山西省; 山西
SC Sichuan; 四川省; 四川
XZ Tibet; Xizang; 西藏自治区; 西藏
XJ Xinjiang; 新疆维吾尔自治区; 新疆
YN Yunnan; 云南省; 云南
ZJ Zhejiang; 浙江省; 浙江
"""

# Beside the names that django-countries gives: short ones, their peoples, capitals that stand
# for a country of an unclear name.
ALSO_COUNTRIES = """
US US; U.S.; USA; America; United States; American; Americans; 美国; 美利坚
GB UK; U.K.; Britain; England; Scotland; Wales; British; English; London; 英国; 英格兰; 苏格兰
CN Chinese; 中国
NZ New Zealander; New Zealanders; 新西兰; 纽西兰; 惠灵顿
AU Australian; 澳大利亚; 澳洲
CA Canadian; 加拿大
CL Chilean; 智利
BR Brazilian; 巴西
GE Georgian; Tbilisi; Caucasus; 格鲁吉亚; 第比利斯
JP Japanese; 日本
KR South Korea; South Korean; 韩国
PH Philippine; Filipino; Boracay; 菲律宾
CU Cuban; 古巴
ES Spanish; 西班牙
IE Irish; 爱尔兰
RU Russia; Russian; 俄罗斯
VN Vietnam; Vietnamese; 越南
"""

# Names that papers print without saying more, and where the places of that name lie.
HOMONYMS = """
Portland; 波特兰 = US-OR US-ME
Fuzhou = CN-FJ CN-JX
Suzhou = CN-JS CN-AH
Taizhou = CN-JS CN-ZJ
Yichun = CN-HL CN-JX
Yulin = CN-SN CN-GX
奥克兰 = US-CA NZ
圣地亚哥 = US-CA CL
圣保罗 = US-MN BR
Kansas City; 堪萨斯城 = US-MO US-KS
Long Beach = US-CA US-NY
长滩 = US-CA US-NY PH
Springfield; 斯普林菲尔德 = US-IL US-MA US-MO
Birmingham; 伯明翰 = GB US-AL
Cambridge = GB US-MA
Richmond = US-VA US-CA CA
Columbia = US-SC US-MO
Charleston = US-SC US-WV
Manchester = GB US-NH
Newcastle = GB AU
Victoria = CA AU
Georgia = GE US-GA
Santiago = CL CU ES
Vancouver; 温哥华 = CA US-WA
Rochester = US-NY US-MN
Columbus = US-OH US-GA
Jackson = US-MS US-MI
Aurora = US-CO US-IL
Arlington = US-TX US-VA
Glendale = US-AZ US-CA
Pasadena = US-CA US-TX
Reading; 雷丁 = GB US-PA
"""


# Regions whose name is as often something else: clues only beside a name.
_UNCLEAR = frozenset({"washington", "new york", "georgia"})


@dataclass(frozen=True, slots=True)
class Area:
    """A country by its ISO code, or a region in it ("OR"); "" where it isn't known."""

    country: str = ""
    region: str = ""

    @classmethod
    def of_code(cls, code: str) -> Area:
        """By ISO 3166: "US-OR", "NZ"."""
        country, _dash, region = code.partition("-")
        return cls(country, region)

    def agrees(self, other: Area) -> bool | None:
        """Whether a place in the one can lie in the other; None if too little is known."""
        if not (self.country and other.country):
            return None
        if self.country != other.country:
            return False
        if not (self.region and other.region):
            return None if self.region or other.region else True
        return self.region == other.region


@dataclass(frozen=True, slots=True)
class Clue:
    """An area that stands at text[start:end]; `is_clear` if its name means nothing else."""

    start: int
    end: int
    text: str
    area: Area
    is_clear: bool = True


def clues(text: str, language: str) -> list[Clue]:
    """The areas that a text names, in order."""
    found = []
    for hit in _atlas().find(text, language):
        written = text[hit.start : hit.end]
        clear = fold(written).text not in _UNCLEAR and len(hit.terms) == 1
        area = Area.of_code(hit.terms[0].key)
        found.append(Clue(hit.start, hit.end, written, area, clear))
    return found


@cache
def _atlas() -> Glossary:
    return Glossary(
        tuple(
            Term(number, code, "place", tuple(Form(name, detect(name)) for name in names))
            for number, code, names in [
                *((number, *row) for number, row in enumerate(_regions(), 1)),
                # Several countries of one name are one: Congo.
                *((0, *row) for row in _countries()),
            ]
        )
    )


def _regions() -> Iterator[tuple[str, list[str]]]:
    for country, table in (("US", STATES), ("CN", PROVINCES)):
        for code, names in _rows(table):
            yield f"{country}-{code}", names


def _countries() -> Iterator[tuple[str, list[str]]]:
    others = dict(_rows(ALSO_COUNTRIES))
    for code in dict(countries):
        names = [country_name(code, language) for language in LANGUAGES]
        # “Macedonia, the former …”: the first part is what papers print.
        names += [re.split(r"[,(（]", name)[0].strip() for name in names] + others.get(code, [])
        yield code, [name for name in dict.fromkeys(names) if name]


def _rows(table: str) -> Iterator[tuple[str, list[str]]]:
    for line in table.strip().splitlines():
        code, _space, names = line.partition(" ")
        yield code, names.split("; ")


@cache
def _codes() -> dict[str, Area]:
    return {fold(name).text: Area.of_code(code) for code, names in _regions() for name in names}


def area_of(country: str, regions: dict[str, str]) -> Area:
    """Where an entity lies, by its country and the names of its region."""
    for language in LANGUAGES:
        found = _codes().get(fold(regions.get(language, "")).text)
        if found and found.country == country:
            return found
    return Area(country, next(filter(None, (regions.get(language) for language in LANGUAGES)), ""))


@cache
def _homonyms() -> dict[str, tuple[Area, ...]]:
    rows = (line.split(" = ") for line in HOMONYMS.strip().splitlines())
    return {
        fold(name).text: tuple(map(Area.of_code, places.split()))
        for names, places in rows
        for name in names.split("; ")
    }


def homonyms(text: str) -> tuple[Area, ...]:
    """Where the well-known places of this name lie, whether the archive has them or not."""
    return _homonyms().get(fold(text).text, ())
