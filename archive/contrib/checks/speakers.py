"""Who says what: the speaker of each statement of a text, in either language.

A speaker is known by role (`data/speakers.txt`), by country, and by a name that sounds the
same in both texts. Where both texts have as many statements, those of one place must be by one
speaker.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from archive.contrib.checks.people import (
    dotted_names,
    heard_in,
    is_alike,
    pinyin_names,
    sounds_like,
)
from archive.contrib.checks.places import places_in
from archive.contrib.checks.words import WordList, english_words
from archive.qa.base import Span
from archive.text.language import CHINESE, ENGLISH
from archive.text.scripts import HAN

FILE = Path(__file__).parent / "data" / "speakers.txt"
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|「[^「」]*」")
# By whether the language is Chinese.
SAYS = {
    False: re.compile(
        r"\b(?:sa(?:id|ys)|told|tells|add(?:ed|s)|argue[ds]|insist(?:ed|s)|claim(?:ed|s)|maintain(?:ed|s)|alleged|den(?:ied|ies)"
        r"|declined|stress(?:ed|es)|repl(?:ied|ies)|warn(?:ed|s)|explain(?:ed|s)|admit(?:ted|s)"
        r"|believe[ds]|blame[ds]|put(?=[^.;]{1,20}down to)|accuse[ds]|recall(?:ed|s))\b"
    ),
    True: re.compile(
        "(?:表|暗)示|指出|强调|主张|坦言|透露|认为|告诉|[坚辩声]称|否认|拒绝|警告|解释|承认|指责|回忆|(?<!据)归(?=[因咎于])"
        "|(?<![名职对简俗人被据堪号宣自通统誉史])称(?![为作号职呼赞霸])|(?<![据传小听虽再按])说(?![法明服客唱不])"
    ),
}
# Where the words about a speaker begin and end.
_STARTS_EN = re.compile(
    r"[.!?]\s|[;:—]|\s{3,}|\b(?:while|but|and|whereas|which|that|as|because|after|when|though|although)\b"
)
_ENDS_EN = re.compile(
    r"[.;:!?]|\s{3,}|,\s(?:who|whose|adding|referring|after|when|and)\b|\bthat\b|$"
)
_STARTS_ZH = re.compile(r"[，。；：！？、\n]|\s{2,}|^")
_ADDRESSED = re.compile("(?<!反)[对向](?![手方外])[^，。；对向]*$")
_SOMEWHERE = re.compile(r"(?:\b(?:in|at|from|to|near|on|of)(?: the)? |[在赴从到驻])$")
_MOST_STATEMENTS = 6
# "A pupil of Chen Mo" isn't Chen Mo.
_OF = re.compile(rf"^ ?an? [a-z]+ of [A-Z]|的[{HAN}]{{1,3}}$")
_TWO_NAMES = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")


@dataclass(frozen=True)
class Statement:
    """Its speaker's words at text[start:end], and what they say of the speaker."""

    start: int
    end: int
    words: str
    roles: frozenset[int]
    countries: frozenset[str]

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True)
class Person:
    """A name's forms in English and in Chinese."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]

    def is_in(self, words: str, language: str) -> bool:
        return any(
            form in words for form in (self.chinese if language == CHINESE else self.english)
        )


@cache
def _roles() -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """By an English and by a Chinese word, the lines it stands in."""
    english: dict[str, set[int]] = {}
    chinese: dict[str, set[int]] = {}
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(one for one in lines if not one.startswith("#")):
        for words, known in zip(line.split("\t"), (english, chinese), strict=True):
            for word in words.split(", "):
                known.setdefault(word, set()).add(number)
    return english, chinese


@cache
def _chinese_roles() -> WordList:
    return WordList(_roles()[1])


@lru_cache(maxsize=4096)
def roles_in(text: str, language: str) -> frozenset[int]:
    english, chinese = _roles()
    if language == CHINESE:
        found = (chinese[word] for _start, word in _chinese_roles().finditer(text))
        return frozenset().union(*found)
    words = [re.sub("['’]s?$", "", word.lower()) for _start, word in english_words(text)]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    met = {two for two in pairs if two in english or two.removesuffix("s") in english}
    taken = {word for two in met for word in two.split(" ")}
    known = (
        english.get(one) or english.get(one.removesuffix("s"))
        for one in [*met, *words]
        if one not in taken
    )
    return frozenset().union(*filter(None, known))


@lru_cache(maxsize=4096)
def statements_in(text: str, language: str) -> tuple[Statement, ...]:
    """Those whose speaker has a role, a country or may have a name."""
    bare = QUOTED.sub(lambda match: " " * len(match[0]), text)
    find = _spans_in_chinese if language == CHINESE else _spans_in_english
    found = []
    for start, end in find(bare):
        words = bare[start:end]
        countries = frozenset(
            code
            for place in places_in(words, language)
            for code in place.countries
            if not _SOMEWHERE.search(words[: place.start])
        )
        roles = roles_in(words, language)
        found.append(Statement(start, end, words, roles, countries))
    return tuple(found)


def _spans_in_chinese(text: str) -> Iterator[Span]:
    for says in SAYS[True].finditer(text):
        start = max(match.end() for match in _STARTS_ZH.finditer(text, 0, says.start()))
        words = text[start : says.start()]
        addressed = _ADDRESSED.search(words)
        end = start + (addressed.start() if addressed else len(words))
        if text[start:end].strip():
            yield start, end


def _spans_in_english(text: str) -> Iterator[Span]:
    for says in SAYS[False].finditer(text):
        starts = [match.end() for match in _STARTS_EN.finditer(text, 0, says.start())]
        start, end = max(starts, default=0), says.start()
        words = text[start:end].rstrip()
        if words.strip(" ,"):
            # "It is over, the mayor said", but "The mayor, Ann Lee, said".
            start += 0 if words.endswith(",") else words.rfind(",") + 1
            yield start, end
        elif words or text[:start].endswith(" "):
            # A quotation stands before it.
            stop = _ENDS_EN.search(text, says.end())
            yield says.end(), stop.start() if stop else len(text)


def _people(english: str, chinese: str) -> Iterator[Person]:
    for name in dotted_names(chinese):
        score, heard = sounds_like(name.text, english)
        if heard and is_alike(score):
            surname = re.sub("['’]s$", "", heard.text).split(" ")[-1]
            last = re.split("[·•・‧]", name.text)[-1]
            forms = {name.text, last, last[:-1]}
            yield Person((surname,), tuple(one for one in forms if len(one) > 1))
    for name in pinyin_names(english):
        if heard_text := heard_in(name.text, chinese):
            yield Person((name.text, name.text.split(" ")[0]), (heard_text,))


def misattributed(
    source: str, source_language: str, target: str, target_language: str
) -> tuple[Statement, Statement] | None:
    """The first statement that somebody else makes in the target."""
    ours = statements_in(source, source_language)
    theirs = statements_in(target, target_language) if ours else ()
    if not 0 < len(ours) <= _MOST_STATEMENTS or not theirs:
        return None
    is_into_chinese = target_language == CHINESE
    people = [*(_people(source, target) if is_into_chinese else _people(target, source))]
    here, there = (
        [one for one in (_Speaker.of(one, people, language) for one in side) if one.is_known]
        for side, language in ((ours, source_language), (theirs, target_language))
    )
    if len(here) != len(there):
        return None
    roles = roles_in(source, source_language), roles_in(target, target_language)
    for one, other in zip(here, there, strict=True):
        if _is_another(one, other, roles):
            return one.statement, other.statement
    return None


@dataclass(frozen=True)
class _Speaker:
    statement: Statement
    people: frozenset[int]
    # Of an English one: whether there is a name that nobody in the other text has.
    has_name: bool

    @classmethod
    def of(cls, statement: Statement, people: list[Person], language: str) -> "_Speaker":
        words = statement.words
        met = frozenset(n for n, one in enumerate(people) if one.is_in(words, language))
        has_name = language == ENGLISH and not met and bool(_TWO_NAMES.search(words))
        return cls(statement, met, has_name)

    @property
    def is_known(self) -> bool:
        return bool(self.people or self.statement.roles or self.statement.countries)


def _is_another(
    one: _Speaker, other: _Speaker, roles: tuple[frozenset[int], frozenset[int]]
) -> bool:
    ours, theirs = one.statement, other.statement
    is_same_role = bool(ours.roles & theirs.roles)
    # The other role is told of somebody else in the source, or the right one of nobody.
    is_swapped = bool(ours.roles and theirs.roles and not is_same_role)
    is_swapped = is_swapped and (bool(theirs.roles & roles[0]) or not ours.roles & roles[1])
    if one.people & other.people:
        if not ours.roles and not theirs.roles & roles[0]:
            return bool(theirs.roles and _OF.search(theirs.words))
        return is_swapped and bool(theirs.roles & roles[0]) and not ours.roles & roles[1]
    if ours.countries and theirs.countries and not ours.countries & theirs.countries:
        return True
    if one.people and other.people:
        return not is_same_role
    if is_swapped or is_same_role:
        return is_swapped
    return bool(other.people and one.has_name)
