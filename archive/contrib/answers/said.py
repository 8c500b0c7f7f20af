"""What the archive says of names, ties and countries, in its languages, to find words in."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

import rjieba
from django.db.models import Count
from django.utils.translation import override

from archive.entities.countries import country_name
from archive.entities.models import Entity
from archive.search.analysis import fold, is_han, name_key, pieces
from archive.search.meanings import also_written, days_of
from archive.search.said import description_of, names_of
from archive.text.language import LANGUAGES
from archive.ties.models import Tie

SUPERLATIVES = " ".join(
    [
        "most number have first earliest oldest",
        "newest latest recent last youngest very",
        "city cities place places town towns state states province provinces port ports",
        "最多 多 数量 统计 最早 最老 第一 首对 最新 最近 最晚 最后 两个 两座 一座 一个",
        "城市 省份 省 州 港口 港 地方",
    ]
)
_MOST_COUNTRIES = 2
# What stands behind a region's or a country's name.
AREAS = "state province city country 省 州 市 国"
PLACE_TYPES = {
    word: kind
    for kind, words in {
        Entity.PlaceType.CITY: "city cities town towns 城市 市",
        Entity.PlaceType.PORT: "port ports harbour harbor 港口 港",
        Entity.PlaceType.PROVINCE: "province provinces 省 省份",
        Entity.PlaceType.STATE: "state states 州",
    }.items()
    for word in words.split()
}
HAPPENED = "happen happened event take took place held 发生 举行 召开 什么 事 事情 活动"
# With what a list of what there is asks for it.
HELD = (
    "there here site database collection contain contained contains include included includes cover"
    " covered covers hold holds have has listed mentioned mention appear appears appearing named"
    " list index directory catalogue all every full complete show give see page"
    " 资料库 本站 网站 这里 收录 收有 收 包括 包含 涵盖 提到 提及 出现 涉及 列出 写到 都 有 列表"
    " 被 名单 一览 目录 索引 名录 所有 全部 完整 看 页面"
)
# With what a name's other form is asked for.
NAME_WORDS = (
    "name names called spelled spelling written pronounced translation translated Chinese English"
    " 中文 英文 名字 名称 中文名 英文名 译名 译成 翻译 叫 叫做 叫作 称为 写 念 读 拼音 拼写"
)
# What is said of any tie of two countries; a search for *Chinese sister cities* asks no more.
TIE_WORDS = (
    "sister friendship partner partnership tie pair relationship relation link connection versus vs"
    " compare comparison common 友好 姐妹 伙伴 结好 缔结 一对 哪一对 关系 往来 联系 比较 对比 渊源"
)
# How ties begin, which is also said of other things.
SIGNED = "sign signed signing agreement agreements 签约 签署 签订 签 签了 协议"
OF_ANY_TIE = " ".join(
    [
        *(TIE_WORDS, "城市"),
        *(form for kind in ("city", "state") for form in also_written(f"sister {kind}")),
    ]
)
_OF_PORTS = " ".join(also_written("sister port"))


def of_ties(kinds: Iterable[str]) -> str:
    """What is said of any tie of these kinds: of sister ports only where ports are tied."""
    return f"{OF_ANY_TIE} {_OF_PORTS}" if Tie.Kind.PORT_COOPERATION in kinds else OF_ANY_TIE


def all_said(entity: Entity) -> str:
    """The names, and what is said of the entity, in both languages."""
    kinds = [entity.get_place_type_display() if entity.is_place else entity.get_kind_display()]
    return "\n".join([names_of(entity), description_of(entity), *map(str, kinds)])


def begins(name: str, text: str) -> bool:
    """Whether the text is a name's first words or its last one, a surname; in Chinese, its first
    characters, two or more."""
    key, words = name_key(text), name.split()
    if not name.isascii():
        return len(key) > 1 and name_key(name).startswith(key)
    starts = any(name_key(" ".join(words[:end])) == key for end in range(1, len(words)))
    return starts or name_key(words[-1]) == key


def shortens(text: str, name: str) -> bool:
    """Whether the text is the name without some of its words, but the last one; of a Chinese
    name, without some of its characters: 美中友协 of 美中人民友好协会."""
    typed, whole = _units(text), _units(name)
    least = 2 if name.isascii() else 3
    if not least <= len(typed) < len(whole) or typed[-1] not in _last_word(name):
        return False
    rest = iter(whole)
    return all(one in rest for one in typed)


@lru_cache(maxsize=4096)
def _last_word(name: str) -> Sequence[str]:
    return _units(name)[-1:] if name.isascii() else _units(rjieba.cut(name)[-1])


@lru_cache(maxsize=4096)
def _units(text: str) -> Sequence[str]:
    found = [piece.text for piece in pieces(fold(text))]
    return [*chain.from_iterable(one if is_han(one) else [one] for one in found)]


@lru_cache(maxsize=64)
def labels_of(kind: str) -> str:
    """A kind's name in each of the archive's languages, and what else it is called."""
    said = []
    for code in LANGUAGES:
        with override(code):
            said.append(str(Tie.Kind(kind).label))
    return " ".join([*said, *(form for label in said for form in also_written(label))])


def countries_of_places() -> str:
    """The countries that have most of the places."""
    codes = Entity.objects.exclude(country="").order_by().values_list("country")
    most = codes.annotate(Count("pk")).order_by("-pk__count").values_list("country", flat=True)
    return " ".join(map(country_forms, most[:_MOST_COUNTRIES]))


@lru_cache(maxsize=512)
def country_forms(code: str) -> str:
    """A country's name in each of the archive's languages, and its short ways to be written."""
    said = [country_name(code, language) for language in LANGUAGES]
    return " ".join([*said, *(form for name in said for form in also_written(name))])


def partial_date_of(text: str) -> str:
    """The day, month or year that a part names, as ties have it: "1987-03-13"; or ""."""
    if text.isdigit() and len(text) == 4:
        return text
    days = days_of(text)
    if days is None:
        return ""
    return days.first.isoformat() if days.first == days.last else days.first.isoformat()[:7]
