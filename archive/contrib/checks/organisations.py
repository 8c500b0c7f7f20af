"""Ministries, courts, banks, clubs and companies in a text of either language.

Those that `data/organisations.txt` lists are known by name. Others are compared by what
their names are made of: the sort of body ("ministry", 部) and what it is for ("commerce", 商务).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.checks.words import WordList, english_words
from archive.qa.base import ENGLISH_AND_CHINESE, Check, Finding, Pair, Story
from archive.text.language import CHINESE

FILE = Path(__file__).parent / "data" / "organisations.txt"
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
# How far a name reaches from its head: in words, and in characters.
_WORDS_BEFORE, _WORDS_AFTER, _LONGEST_TOPIC = 4, 8, 6
_JOINS = frozenset({"and", "of", "for", "the", "on", "de"})
_HAN_JOINS = "和与及、"


@dataclass(frozen=True)
class Body:
    """A body at text[start:end]: its numbers in the list, or what its name is made of."""

    start: int
    end: int
    numbers: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    topics: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    # The group of the list.
    sort: str = ""
    firm: bool = True


@dataclass
class _Names:
    """One language's names and vocabulary."""

    numbers: dict[str, set[int]] = field(default_factory=dict)
    soft: set[str] = field(default_factory=set)
    sorts: dict[str, str] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    topics: dict[str, set[str]] = field(default_factory=dict)
    scopes: dict[str, str] = field(default_factory=dict)
    # By the first word, the longest first.
    starts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, number: int, names: str, sort: str) -> None:
        for written in names.split(", "):
            name = written.removeprefix("?")
            self.numbers.setdefault(name, set()).add(number)
            self.sorts[name] = sort
            if name != written:
                self.soft.add(name)

    def learn(self, role: str, number: int, words: str) -> None:
        for word in words.split(", "):
            if role == "head":
                self.heads[word] = number
            elif role == "topic":
                self.topics.setdefault(word, set()).add(str(number))
            else:
                self.scopes[word] = f"s{number}"

    def index(self) -> None:
        for name in sorted(self.numbers, key=len, reverse=True):
            if start := _LATIN.match(name):
                self.starts.setdefault(start[0], []).append(name)


@cache
def _tables() -> tuple[_Names, _Names]:
    """English and Chinese names."""
    english, chinese = _Names(), _Names()
    lines = FILE.read_text(encoding="utf-8").splitlines()
    sort = ""
    for number, line in enumerate(one for one in lines if not one.startswith("#")):
        if line.startswith("["):
            sort = line
            continue
        *role, words, characters = line.split("\t")
        for names, written in ((english, words), (chinese, characters)):
            if role:
                names.learn(role[0], number, written)
            else:
                names.add(number, written, sort)
    english.index()
    return english, chinese


@cache
def _chinese_names() -> tuple[WordList, WordList]:
    """The listed bodies, and the heads of others."""
    names = _tables()[1]
    return WordList(names.numbers), WordList(names.heads)


@cache
def _made_of() -> dict[int, tuple[frozenset[int], frozenset[str], frozenset[str]]]:
    """By a listed body's number, the heads, topics and scopes of all its names."""
    found: dict[int, tuple[set[int], set[str], set[str]]] = {}
    for names, composed in zip(_tables(), (_composed_english, _composed_chinese), strict=True):
        for name, numbers in names.numbers.items():
            for body in composed(name):
                for number in numbers:
                    heads, topics, scopes = found.setdefault(number, (set(), set(), set()))
                    heads |= body.heads
                    topics |= body.topics
                    scopes |= body.scopes
    return {n: (frozenset(h), frozenset(t), frozenset(s)) for n, (h, t, s) in found.items()}


@lru_cache(maxsize=4096)
def bodies_in(text: str, language: str) -> tuple[Body, ...]:
    """In reading order."""
    if language == CHINESE:
        # Many names stay in Latin letters.
        words = [(match.start(), match[0]) for match in _LATIN.finditer(text)]
        named = [*_listed_chinese(text), *_listed_english(text, words)]
        composed = _composed_chinese(text)
    else:
        named = [*_listed_english(text, english_words(text))]
        composed = _composed_english(text)
    spans = [(one.start, one.end) for one in named]
    others = [one for one in composed if not any(a < one.end and one.start < b for a, b in spans)]
    return tuple(sorted([*named, *others], key=lambda one: one.start))


def _listed(names: _Names, name: str, start: int) -> Body:
    numbers = frozenset(names.numbers[name])
    made_of = [_made_of().get(number, (frozenset(),) * 3) for number in numbers]
    heads, topics, scopes = (frozenset().union(*sets) for sets in zip(*made_of, strict=True))
    end = start + len(name)
    is_firm = name not in names.soft
    return Body(start, end, numbers, heads, topics, scopes, names.sorts[name], is_firm)


def _listed_english(text: str, words: Iterable[tuple[int, str]]) -> Iterator[Body]:
    names = _tables()[0]
    end = 0
    for start, word in words:
        if start < end:
            continue
        forms = names.starts.get(word) or names.starts.get(re.split("['’-]", word)[0]) or ()
        for name in forms:
            after = start + len(name)
            if text.startswith(name, start) and not text[after : after + 1].isalnum():
                yield _listed(names, name, start)
                end = after
                break


def _listed_chinese(text: str) -> Iterator[Body]:
    names = _tables()[1]
    for start, name in _chinese_names()[0].finditer(text):
        yield _listed(names, name, start)


def _composed_english(text: str) -> Iterator[Body]:
    """Ministry of Commerce, foreign ministry, Beijing Municipal Education Commission."""
    names = _tables()[0]
    words = english_words(text)
    for place, (start, word) in enumerate(words):
        head = names.heads.get(word.lower())
        if head is None:
            continue
        topics: set[str] = set()
        scopes: set[str] = set()
        first, last = start, start + len(word)
        for at, before in reversed(words[max(0, place - _WORDS_BEFORE) : place]):
            is_near = text[at + len(before) : first].strip(" ,&") in ("", "and")
            if not is_near or not (_take(names, before, topics, scopes) or before == "and"):
                break
            first = at
        follows = words[place + 1 : place + 1 + _WORDS_AFTER]
        if word[0].isupper() and follows and follows[0][1] in ("of", "for", "on"):
            for at, after in follows:
                if text[last:at].strip(" ,&") or not (after in _JOINS or after[0].isupper()):
                    break
                _take(names, after, topics, scopes)
                last = at + len(after)
        if topics or scopes:
            made = frozenset(topics), frozenset(scopes)
            yield Body(first, last, frozenset(), frozenset({head}), *made)


def _take(names: _Names, word: str, topics: set[str], scopes: set[str]) -> bool:
    """Whether the word is one of the vocabulary; if so, it is noted."""
    word = word.lower().removesuffix("'s").removesuffix("’s")
    topics |= names.topics.get(word, set())
    if scope := names.scopes.get(word):
        scopes.add(scope)
    return word in names.topics or word in names.scopes


def _composed_chinese(text: str) -> Iterator[Body]:
    """商务部, 北京市教育委员会: from the head back as far as its vocabulary reaches."""
    names = _tables()[1]
    for start, head in _chinese_names()[1].finditer(text):
        topics: set[str] = set()
        scopes: set[str] = set()
        for size in range(1, len(head)):
            _take(names, head[:size], topics, scopes)
        first = start
        while first and (step := _step_back(names, text, first, topics, scopes)):
            first -= step
        if topics or scopes:
            number = frozenset({names.heads[head]})
            made = frozenset(topics), frozenset(scopes)
            yield Body(first, start + len(head), frozenset(), number, *made)


def _step_back(names: _Names, text: str, end: int, topics: set[str], scopes: set[str]) -> int:
    """The length of the vocabulary's longest word before `end`, or of a joining character."""
    for size in range(min(_LONGEST_TOPIC, end), 0, -1):
        if _take(names, text[end - size : end], topics, scopes):
            return size
    return int(text[end - 1] in _HAN_JOINS and end > 1)


def _agree(one: Body, other: Body) -> bool:
    if one.numbers & other.numbers:
        return True
    if (one.numbers and other.numbers) or not one.heads & other.heads:
        return False
    if one.topics and other.topics:
        return bool(one.topics & other.topics)
    ours, theirs = one.topics | one.scopes, other.topics | other.scopes
    return not ours or not theirs or bool(ours & theirs)


def confused(ours: tuple[Body, ...], theirs: tuple[Body, ...]) -> list[tuple[Body, Body]]:
    """Pairs of bodies of one sort, each of which the other text lacks."""
    missing, added = (
        [one for one in side if one.firm and not any(_agree(one, two) for two in others)]
        for side, others in ((ours, theirs), (theirs, ours))
    )
    return [
        (one, other)
        for one in missing
        for other in added
        if one.heads & other.heads or (one.sort and one.sort == other.sort)
    ]


class OrganisationValue(Check):
    check_id = "organisation-value"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Organisation")
    description = gettext_lazy("An organisation isn't that of the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        here = bodies_in(pair.source, story.source_language)
        there = bodies_in(pair.target, story.target_language)
        for ours, theirs in confused(here, there)[:1]:
            message = _("The source says “%(source)s”, the translation “%(target)s”.") % {
                "source": pair.source[ours.start : ours.end],
                "target": pair.target[theirs.start : theirs.end],
            }
            spans = (ours.start, ours.end), (theirs.start, theirs.end)
            yield self.finding(pair, message, source=spans[:1], target=spans[1:])
