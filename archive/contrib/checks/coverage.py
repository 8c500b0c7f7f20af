"""Clauses that nothing in the other text answers, by the optional dictionary.

A clause is answered where a word of it may translate one of the other text, or where both share a
figure, a place, a role, a pair of opposites or that somebody speaks. Clauses with names,
in brackets and in quotations are left alone. Without the dictionary nothing is said.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from archive.contrib.checks.opposites import opposites_in
from archive.contrib.checks.places import places_in
from archive.contrib.checks.sentences import RATIO
from archive.contrib.checks.speakers import QUOTED, SAYS, roles_in
from archive.contrib.checks.words import chinese_words
from archive.qa.amounts.comparison import amounts_in
from archive.qa.base import Span
from archive.text.chinese import EMPTY
from archive.text.dictionary import Glosses, installed_glosses
from archive.text.english import WORD, stem, stems
from archive.text.language import CHINESE, ENGLISH
from archive.text.sentences import CLAUSE_MARK

_CLAUSE = {
    True: re.compile(CLAUSE_MARK),
    False: re.compile(
        rf"{CLAUSE_MARK}|\b(?:and|but|while|who|which|that|after|before|because|as|when|where)\b"
    ),
}
# Names may be written in ways that no dictionary has.
_NAME = {True: re.compile("[A-Za-z·]|道$|^根?据"), False: re.compile(r"(?<=[a-z] )[A-Z]")}
# What is told the readers of one language.
_IN_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
# So many words that mean something are telling.
_FEWEST = 4


def unanswered_clause(
    source: str, source_language: str, target: str, target_language: str
) -> tuple[Span, bool] | None:
    """The first clause without a counterpart, and whether it stands in the source."""
    glosses = installed_glosses()
    if not glosses:
        return None
    is_into_chinese = target_language == CHINESE
    chinese, english = (target, source) if is_into_chinese else (source, target)
    ratio = RATIO[is_into_chinese]
    for (start, end), is_chinese in (
        *((span, True) for span in _in_chinese(chinese, english, glosses)),
        *((span, False) for span in _in_english(english, chinese)),
    ):
        lengths = len(chinese), len(english)
        rest = (
            (lengths[0] - (end - start), lengths[1])
            if is_chinese
            else (lengths[0], lengths[1] - (end - start))
        )
        # Without it the two texts are more of a length.
        if min(rest) > 0 and _gap(*rest, ratio) < _gap(*lengths, ratio):
            return (start, end), is_chinese != is_into_chinese
    return None


def _gap(chinese: int, english: int, ratio: float) -> float:
    return abs(math.log(chinese / (english * ratio)))


def _in_chinese(chinese: str, english: str, glosses: Glosses) -> Iterator[Span]:
    said = set(stems(english))
    for start, end in _clauses(chinese, CHINESE):
        words = [word for word in _words(chinese[start:end]) if glosses.of(word)]
        is_said = len(words) < _FEWEST or any(said & _meanings(word) for word in words)
        if not is_said and not _is_answered(chinese, (start, end), CHINESE, english):
            yield start, end


def _in_english(english: str, chinese: str) -> Iterator[Span]:
    meant = frozenset[str]().union(*map(_meanings, _words(chinese)))
    for start, end in _clauses(english, ENGLISH):
        words = [*filter(None, map(stem, WORD.findall(english[start:end])))]
        is_said = len(words) < _FEWEST or meant.intersection(words)
        if not is_said and not _is_answered(english, (start, end), ENGLISH, chinese):
            yield start, end


@lru_cache(maxsize=20_000)
def _meanings(word: str) -> frozenset[str]:
    """What the word may be in English, or its characters."""
    glosses = installed_glosses()
    return frozenset(one for part in {word, *word} for one in (glosses.of(part) if glosses else ()))


@lru_cache(maxsize=1024)
def _words(chinese: str) -> tuple[str, ...]:
    return tuple(word for _at, word in chinese_words(chinese) if word not in EMPTY)


def _clauses(text: str, language: str) -> Iterator[Span]:
    at = 0
    for mark in _CLAUSE[language == CHINESE].finditer(text):
        yield at, mark.start()
        at = mark.end()
    yield at, len(text)


def _is_answered(text: str, span: Span, language: str, other: str) -> bool:
    """Whether the clause shares a mark with the other text, or is one that can't be judged."""
    start, end = span
    clause = text[start:end]
    asides = (*QUOTED.finditer(text), *_IN_BRACKETS.finditer(text))
    is_aside = any(one.start() < end and start < one.end() for one in asides)
    if is_aside or _NAME[language == CHINESE].search(clause):
        return True
    other_language = ENGLISH if language == CHINESE else CHINESE
    marks = {mark for _at, mark in _marks(other, other_language)}
    is_marked = any(start <= at < end and mark in marks for at, mark in _marks(text, language))
    return is_marked or bool(roles_in(other, other_language) & roles_in(clause, language))


@lru_cache(maxsize=1024)
def _marks(text: str, language: str) -> tuple[tuple[int, object], ...]:
    """Where a figure, a place, one of two opposites or a word of speech stands."""
    found: list[tuple[int, object]] = []
    for amount in amounts_in(text, language):
        found += [(amount.start, value) for value in amount.values]
        if amount.kind not in ("number", "any"):
            found.append((amount.start, amount.kind))
    for place in places_in(text, language):
        found += [(place.start, name) for name in place.countries | place.city]
    for group, poles in opposites_in(text, language).poles.items():
        found += [
            (start, ("opposites", group)) for spans in poles.values() for start, _end in spans
        ]
    found += [(one.start(), "says") for one in SAYS[language == CHINESE].finditer(text)]
    return tuple(found)
