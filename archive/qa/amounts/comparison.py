"""Lays the figures of two texts side by side, by value."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from archive.qa.amounts import chinese, english
from archive.qa.amounts.base import Amount, Kind
from archive.qa.amounts.units import converts, same_currency
from archive.text.language import CHINESE

READERS: dict[bool, Callable[[str], list[Amount]]] = {True: chinese.read, False: english.read}
# Where a text says when only by looking at the calendar, the other may name the day.
_RELATIVE = {
    False: re.compile(
        r"\b(?:yesterday|today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
        r"|(?:last|this|next|previous|same|past|following|current|that|coming|each|every)"
        r" (?:year|month|week|day|spring|summer|autumn|fall|winter|season)"
        r"|(?:year|month|week|day) (?:before|after|earlier|later|ago)|now|annual(?:ly)?)\b",
        re.I,
    ),
    True: re.compile(
        r"[昨今明去前上本同当次翌每][年月日天周晚早]|[本上下]周|周[一二三四五六日]|星期|[年月]内|[年月][初底]|目前|日前"
    ),
}
_GROUPS = {"year": "date", "month": "date", "day": "date", "decade": "date", "any": "number"}
# A dollar sum in brackets after one in yuan is for the foreign reader, and the other way round.
_IN_BRACKETS = re.compile(r"[(（](?:about |around |some |or |约合?|合)?(?:US)?$")
_FIGURE = re.compile(r"(?<!\d)\d{1,3}(?:[ '’\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
_FULL_WIDTH = {0xFF10 + n: ord("0") + n for n in range(10)} | {0xFF0E: ord(".")}

Kinds = set[tuple[Kind, str]]


@dataclass(frozen=True)
class Comparison:
    """What has no counterpart: conflicts are pairs where each side says something else."""

    conflicts: tuple[tuple[Amount, Amount], ...] = ()
    missing: tuple[Amount, ...] = ()
    added: tuple[Amount, ...] = ()
    small: tuple[Amount, Amount] | None = None


@lru_cache(maxsize=2048)
def compare(source: str, source_language: str, target: str, target_language: str) -> Comparison:
    """Compare two plain texts, each in English or Chinese."""
    source, target = source.translate(_FULL_WIDTH), target.translate(_FULL_WIDTH)
    from_chinese, to_chinese = source_language == CHINESE, target_language == CHINESE
    ours, theirs = READERS[from_chinese](source), READERS[to_chinese](target)
    if not ours and not theirs:
        return Comparison()
    missing, added = _unmatched(ours, theirs), _unmatched(theirs, ours)
    vague_there = _said_vaguely(target, theirs, is_chinese=to_chinese)
    vague_here = _said_vaguely(source, ours, is_chinese=from_chinese)
    firm_missing = [a for a in missing if a.kind not in vague_there and _wants_an_answer(source, a)]
    firm_added = [a for a in added if a.kind not in vague_here and _wants_an_answer(target, a)]
    conflicts = _conflicts(firm_missing, firm_added)
    left, right = {one for one, _ in conflicts}, {other for _, other in conflicts}
    return Comparison(
        tuple(conflicts),
        tuple(a for a in firm_missing if a not in left),
        tuple(a for a in firm_added if a not in right),
        _small(missing, added) if not (firm_missing or firm_added) else None,
    )


@lru_cache(maxsize=2048)
def compare_figures(source: str, target: str) -> Comparison:
    """Compare two texts in languages whose words for numbers aren't known: their digits alone.

    What parts digits ("1,200", "1 200", "1.200") says nothing; figures of one digit are often
    words in the other language.
    """
    ours, theirs = _figures(source), _figures(target)
    values = {one.values for one in ours}, {one.values for one in theirs}
    return Comparison(
        missing=tuple(one for one in ours if one.values not in values[1]),
        added=tuple(one for one in theirs if one.values not in values[0]),
    )


def _figures(text: str) -> list[Amount]:
    return [
        Amount(match.start(), match.end(), (Fraction(re.sub(r"\D", "", match[0])),))
        for match in _FIGURE.finditer(text)
        if len(match[0]) > 1
    ]


def _said_vaguely(text: str, amounts: list[Amount], *, is_chinese: bool) -> tuple[str, ...]:
    """The kinds of dates that the text leaves to its reader."""
    if _RELATIVE[is_chinese].search(text):
        return "year", "month", "day"
    kinds = {amount.kind for amount in amounts}
    # Chinese papers write 22日 for a day of this month; English ones write "Sept 22".
    return ("year", "month") if "day" in kinds and "month" not in kinds else ()


def _unmatched(ours: list[Amount], theirs: list[Amount]) -> list[Amount]:
    kinds, others = ({(a.kind, a.unit) for a in amounts} for amounts in (ours, theirs))
    return [one for one in ours if not any(_agree(one, other, kinds, others) for other in theirs)]


def _agree(one: Amount, other: Amount, ours: Kinds, theirs: Kinds) -> bool:
    if one.kind == other.kind or "any" in (one.kind, other.kind):
        if one.kind == other.kind == "money":
            return same_currency(one.unit, other.unit) and _meet(one, other)
        if one.kind == other.kind == "measure" and one.unit != other.unit:
            return converts(one.values[0], one.unit, other.values[0], other.unit)
        return _meet(one, other)
    if one.kind == "number":
        return _is_short_for(other, one, ours)
    if other.kind == "number":
        return _is_short_for(one, other, theirs)
    return False


def _is_short_for(full: Amount, plain: Amount, kinds: Kinds) -> bool:
    """Whether the plain figure, in a text with these kinds, leaves out what the full one has."""
    if full.kind in ("year", "day", "measure", "decade"):
        return _meet(full, plain)
    if full.kind == "month":
        return not any(kind == "month" for kind, _ in kinds) and _meet(full, plain)
    if full.kind == "money":
        has_money = any(k == "money" and same_currency(full.unit, unit) for k, unit in kinds)
        return has_money and _meet(full, plain)
    return any(kind == "ratio" for kind, _ in kinds) and full.face == plain.face


def _meet(one: Amount, other: Amount) -> bool:
    return bool(set(one.values) & set(other.values)) or any(
        span.upper is not None and span.values[0] <= value < span.upper
        for span, other_one in ((one, other), (other, one))
        for value in other_one.values
    )


def _wants_an_answer(text: str, amount: Amount) -> bool:
    """One of something may be "a" or nothing at all in the other language."""
    is_one = amount.values[0] == 1 and amount.kind in ("number", "measure", "any")
    is_aside = amount.kind == "money" and _IN_BRACKETS.search(text[: amount.start][-12:])
    return amount.firm and not is_one and not is_aside


def _group(amount: Amount) -> str:
    return _GROUPS.get(amount.kind, amount.kind)


def _conflicts(missing: list[Amount], added: list[Amount]) -> list[tuple[Amount, Amount]]:
    """Pairs of one group; before them those of one value, whose unit alone differs."""
    rules: tuple[Callable[[Amount, Amount], bool], ...] = (
        lambda a, b: a.face == b.face,
        lambda a, b: a.kind == b.kind,
        lambda a, b: _group(a) == _group(b),
        lambda a, b: {_group(a), _group(b)} <= {"number", "measure"},
        lambda a, b: {_group(a), _group(b)} <= {"number", "money"},
    )
    found: list[tuple[Amount, Amount]] = []
    ours, theirs = list(missing), list(added)
    for rule in rules:
        fitting = [(a, b) for a in ours for b in theirs if rule(a, b)]
        for one, another in sorted(fitting, key=lambda pair: _distance(*pair)):
            if one in ours and another in theirs:
                found.append((one, another))
                ours.remove(one)
                theirs.remove(another)
    return sorted(found, key=lambda pair: pair[0].start)


def _distance(one: Amount, other: Amount) -> float:
    """How unlikely it is that a slip made the one from the other: by size, then by place."""
    sizes = [math.log(float(abs(amount.face)) + 1) for amount in (one, other)]
    return abs(sizes[0] - sizes[1]) + abs(one.start - other.start) / 10_000


def _small(missing: list[Amount], added: list[Amount]) -> tuple[Amount, Amount] | None:
    """The one small number in words that each side counts with, where they differ."""
    ours, theirs = [a for a in missing if a.counts], [a for a in added if a.counts]
    return (ours[0], theirs[0]) if len(ours) == len(theirs) == 1 else None
