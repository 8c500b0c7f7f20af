"""Countries and large cities in a text of either language, from `data/places.txt`, and the check of
them: one that the source doesn't name, in place of one that it does.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.checks.words import WordList
from archive.qa.base import ENGLISH_AND_CHINESE, Check, Finding, Pair, Story
from archive.text.language import CHINESE

FILE = Path(__file__).parent / "data" / "places.txt"
_CAPITALISED = re.compile(r"\b[A-Z][A-Za-z.]*")
# "Jordan Miller" is a person, "Paris Match" a magazine; so is "Michael Jordan" amid a sentence.
_NAME_FOLLOWS = re.compile(r" [A-Z][a-z]")
_NAME_BEFORE = re.compile(r"[^\s.!?:“\"] [A-Z][a-z]+\.? $")
# "哥伦比亚河" is the Columbia: what follows makes another name of it.
_HEADS = (*"河江湖海洋湾峡岛山省州", "大学")
# Where a single character is a country: 中美, 驻英, 美方.
_SHORT_BEFORE, _SHORT_AFTER = (
    set("驻访赴对在旅留抵离援抗反亲涉北南东西全遣两从"),
    set("方国元军籍裔语文媒企股商资朝超甲人队总式系制货洲欧"),
)


@dataclass(frozen=True)
class PlaceName:
    """A country or a city at text[start:end].

    `countries` are the codes that it may belong to, `city` tells it from others of the country.
    What isn't `firm` answers a place of the other text and needs no answer itself.
    """

    start: int
    end: int
    countries: frozenset[str]
    city: frozenset[str] = frozenset()
    firm: bool = True


@dataclass
class _Names:
    """By a name in one language, the countries or the city that it means."""

    countries: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cities: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # By the first word, the longest first.
    starts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    nouns: set[str] = field(default_factory=set)

    def index(self) -> None:
        for name in sorted(self.countries.keys() | self.cities.keys(), key=len, reverse=True):
            if start := _CAPITALISED.match(name):
                self.starts[start[0]].append(name)


@cache
def _tables() -> tuple[_Names, _Names]:
    """English and Chinese names."""
    english, chinese = _Names(), _Names()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, words, characters, *rest = line.split("\t")
        for name in words.split(", "):
            english.countries[name].add(code)
        for name in characters.split(", "):
            chinese.countries[name].add(code)
        english.nouns.add(words.split(", ")[0])
        for city in filter(None, "".join(rest).split(", ")):
            name, _equals, translated = city.partition("=")
            english.cities[name] |= {translated, code}
            chinese.cities[translated] |= {translated, code}
            english.nouns.add(name)
    english.index()
    return english, chinese


@lru_cache(maxsize=4096)
def places_in(text: str, language: str) -> tuple[PlaceName, ...]:
    """In reading order; home is nowhere: China needs no answer in the other language."""
    return tuple(_in_chinese(text) if language == CHINESE else _in_english(text))


def _place(names: _Names, name: str, start: int, *, firm: bool = True) -> PlaceName:
    if name in names.cities:
        codes = frozenset(one for one in names.cities[name] if one.isascii())
        city = frozenset(names.cities[name]) - codes
        return PlaceName(start, start + len(name), codes, city, firm)
    codes = frozenset(names.countries[name])
    return PlaceName(start, start + len(name), codes, firm=firm and "CN" not in codes)


def _in_english(text: str) -> Iterator[PlaceName]:
    names, _chinese = _tables()
    end = 0
    for word in _CAPITALISED.finditer(text):
        start = word.start()
        forms = names.starts.get(word[0]) or names.starts.get(word[0].rstrip(".")) or []
        for name in forms if start >= end else []:
            end_of_it = start + len(name)
            if text.startswith(name, start) and not text[end_of_it : end_of_it + 1].isalpha():
                is_other = name in names.nouns and bool(
                    _NAME_FOLLOWS.match(text, end_of_it)
                    or any(
                        _NAME_BEFORE.search(text, 0, at.start())
                        for at in re.finditer(rf"\b{re.escape(name)}\b", text)
                    )
                )
                # "Lao Jin" is an old man.
                is_other |= name == "Lao" and bool(_NAME_FOLLOWS.match(text, end_of_it))
                yield _place(names, name, start, firm=not is_other)
                end = end_of_it
                break


def _in_chinese(text: str) -> Iterator[PlaceName]:
    _english, names = _tables()
    for start, name in _chinese_names().finditer(text):
        if len(name) > 1:
            is_other = text.startswith(_HEADS, start + len(name))
            yield _place(names, name, start, firm=not is_other)
        elif _is_short(text, start, names):
            yield _place(names, name, start, firm=False)


@cache
def _chinese_names() -> WordList:
    _english, names = _tables()
    return WordList(names.countries.keys() | names.cities.keys())


def _is_short(text: str, at: int, names: _Names) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    is_beside_one = any(other in names.countries for other in (before, after) if other)
    return is_beside_one or before in _SHORT_BEFORE or after in _SHORT_AFTER


def unanswered(
    ours: tuple[PlaceName, ...], theirs: tuple[PlaceName, ...], *, by_itself: bool = False
) -> list[PlaceName]:
    """Those of ours that the other text neither names nor may mean.

    A city's country may stand for it, unless each is to be answered `by_itself`.
    """
    countries = {code for other in theirs for code in other.countries}
    named = {code for other in theirs if not other.city for code in other.countries}
    cities = {city for other in theirs for city in other.city}

    def is_answered(one: PlaceName) -> bool:
        if one.city:
            return bool(one.city & cities or (not by_itself and one.countries & named))
        return bool(one.countries & countries)

    return [one for one in ours if one.firm and not is_answered(one)]


def misplaced(
    ours: tuple[PlaceName, ...], theirs: tuple[PlaceName, ...]
) -> list[tuple[PlaceName, PlaceName]]:
    """Where one text has a place that the other lacks, and the other one that this lacks.

    A city that its country stands for ("Hungary's minister said Budapest") is one of them where
    nothing else is.
    """
    missing = unanswered(ours, theirs) or unanswered(ours, theirs, by_itself=True)
    added = unanswered(theirs, ours) or unanswered(theirs, ours, by_itself=True)
    return list(zip(missing, added, strict=False))


class PlaceValue(Check):
    check_id = "place-value"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Country or city")
    description = gettext_lazy("A country or a large city isn't that of the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        here = places_in(pair.source, story.source_language)
        there = places_in(pair.target, story.target_language)
        for ours, theirs in misplaced(here, there):
            message = _("The source says “%(source)s”, the translation “%(target)s”.") % {
                "source": pair.source[ours.start : ours.end],
                "target": pair.target[theirs.start : theirs.end],
            }
            spans = (ours.start, ours.end), (theirs.start, theirs.end)
            yield self.finding(pair, message, source=spans[:1], target=spans[1:])
