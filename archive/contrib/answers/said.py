"""What the archive says of names, ties and countries, in its languages, to find words in."""

from functools import lru_cache

from django.db.models import Count
from django.utils.translation import override

from archive.contrib.answers.own_pages import fields_of
from archive.entities.countries import country_name
from archive.entities.models import Entity
from archive.search.analysis import name_key
from archive.search.meanings import also_written, days_of
from archive.text.language import LANGUAGES
from archive.ties.models import Tie

SUPERLATIVES = " ".join(
    [
        "most number city cities have first earliest oldest",
        "newest latest recent last youngest very",
        "城市 最多 数量 统计 最早 最老 第一 首对 最新 最近 最晚 最后 两个 两座 一座 一个 地方",
    ]
)
_MOST_COUNTRIES = 2
HAPPENED = "happen happened event take took place held 发生 举行 召开 什么 事 事情 活动"
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
OF_ANY_TIE = " ".join(
    [
        *(TIE_WORDS, "城市"),
        *(form for kind in ("city", "port", "state") for form in also_written(f"sister {kind}")),
    ]
)


def all_names(entity: Entity) -> str:
    names = [entity.name_in(code) for code in LANGUAGES]
    return "\n".join([*names, *(one.text for one in entity.names.all())])


def all_said(entity: Entity) -> str:
    """The names, and what is said of the entity, in both languages."""
    kinds = [entity.get_place_type_display() if entity.is_place else entity.get_kind_display()]
    said = fields_of(entity, "description", "region")
    return "\n".join([all_names(entity), *said, *map(str, kinds)])


def begins(name: str, text: str) -> bool:
    """Whether the text is a name's first words or its last one, a surname; in Chinese, its first
    characters, two or more."""
    key, words = name_key(text), name.split()
    if not name.isascii():
        return len(key) > 1 and name_key(name).startswith(key)
    starts = any(name_key(" ".join(words[:end])) == key for end in range(1, len(words)))
    return starts or name_key(words[-1]) == key


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
