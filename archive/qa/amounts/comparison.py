"""Lays the figures of two texts side by side, by value."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from archive.qa.amounts import chinese, english
from archive.qa.amounts.base import Amount, Kind, PairedKind
from archive.qa.amounts.units import converts, same_currency
from archive.text.language import CHINESE

_READERS: dict[bool, Callable[[str], list[Amount]]] = {True: chinese.read, False: english.read}
# Where a text says when only by looking at the calendar, the other may name the day, the month or
# the year: one date for each such word.
_DAYS, _YEARS = "week|day|night|weekend", "year|spring|summer|autumn|fall|winter|season|decade"
_WHICH = "last|this|next|previous|same|past|following|current|that|coming|each|every"
_SINCE = "before|after|earlier|later|ago"
_RELATIVE = {
    False: re.compile(
        r"\b(?:(?P<day>yesterday|today|tonight|tomorrow|now|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
        rf"|(?:{_WHICH}) (?:{_DAYS})|(?:{_DAYS})s? (?:{_SINCE}))"
        rf"|(?P<month>(?:{_WHICH}) month|months? (?:{_SINCE}))"
        rf"|(?P<year>annual(?:ly)?|year-on-year|(?:{_WHICH}) (?:{_YEARS})|years? (?:{_SINCE})))\b",
        re.I,
    ),
    True: re.compile(
        r"(?P<day>[昨今明当次翌每][日天晚早]|前天|[本上下]周|周[一二三四五六日]|星期|[目日]前|同日)"
        r"|(?P<month>[本上下当同]个?月|月[内底初]|环比)|(?P<year>[去今明前当同次翌每]年|年[内底初]|同比)"
    ),
}
_DATES = ("day", "month", "year")
_GROUPS = {"year": "date", "month": "date", "day": "date", "decade": "date", "any": "number"}
_PAIRS: tuple[PairedKind, ...] = (
    "weekday",
    "quarter",
    "half",
    "clock",
    "ordinal",
    "share",
    "count",
)
# A dollar sum in brackets after one in yuan is for the foreign reader, and the other way round.
_IN_BRACKETS = re.compile(r"[(（](?:about |around |some |or |约合?|合)?(?:US)?$")
_FIGURE = re.compile(r"(?<!\d)\d{1,3}(?:[ '’\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
_MOST_AMOUNTS = 500
# A figure of so many digits may be another one rounded.
_FEWEST_DIGITS = 3
_FULL_WIDTH = {0xFF10 + n: ord("0") + n for n in range(10)} | {0xFF0E: ord(".")}

Kinds = set[tuple[Kind, str]]


@dataclass(frozen=True)
class Comparison:
    """What has no counterpart: conflicts are pairs where each side says something else.

    `likely` are conflicts of what a good translation may well leave out or say otherwise.
    """

    conflicts: tuple[tuple[Amount, Amount], ...] = ()
    missing: tuple[Amount, ...] = ()
    added: tuple[Amount, ...] = ()
    likely: tuple[tuple[Amount, Amount], ...] = ()


@lru_cache(maxsize=16_384)
def amounts_in(text: str, language: str) -> tuple[Amount, ...]:
    """The figures of a text in English or Chinese, full-width digits too."""
    return tuple(_READERS[language == CHINESE](text.translate(_FULL_WIDTH)))


@lru_cache(maxsize=2048)
def compare(source: str, source_language: str, target: str, target_language: str) -> Comparison:
    """Compare two plain texts, each in English or Chinese."""
    ours, theirs = amounts_in(source, source_language), amounts_in(target, target_language)
    if not ours and not theirs:
        return Comparison()
    if len(ours) + len(theirs) > _MOST_AMOUNTS:
        # A table, no sentence: each would be weighed against each.
        return compare_figures(source, target)
    missing, added = _unmatched(ours, theirs), _unmatched(theirs, ours)
    likely = [*_paired(missing, added)]
    told = {one for pair in likely for one in pair}
    missing, added = ([a for a in side if a not in told] for side in (missing, added))
    left = [a for a in missing if _wants_an_answer(a)]
    right = [a for a in added if _wants_an_answer(a)]
    if not (left or right):
        return Comparison(likely=tuple(likely))
    vague_there = _relatives(target, theirs, is_chinese=target_language == CHINESE)
    vague_here = _relatives(source, ours, is_chinese=source_language == CHINESE)
    conflicts = _conflicts(left, right, is_vague=bool(vague_there or vague_here))
    told = {one for pair in conflicts for one in pair}
    return Comparison(
        tuple(conflicts),
        _unexcused(source, [a for a in left if a not in told], vague_there),
        _unexcused(target, [a for a in right if a not in told], vague_here),
        tuple(likely),
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


def _relatives(text: str, amounts: Sequence[Amount], *, is_chinese: bool) -> Counter[str]:
    """How many days, months and years the text leaves to its reader."""
    said = Counter(match.lastgroup for match in _RELATIVE[is_chinese].finditer(text))
    kinds = {amount.kind for amount in amounts}
    # Chinese papers write 22日 for a day of this month; English ones write "Sept 22".
    if "day" in kinds and "month" not in kinds:
        said["month"] += len(amounts)
    budget = accumulate(said[kind] for kind in _DATES)
    return +Counter(dict(zip(_DATES, budget, strict=True)))


def _unexcused(text: str, amounts: list[Amount], relatives: Counter[str]) -> tuple[Amount, ...]:
    """What has to be in the other text, whose relative words may stand for some dates."""
    left = Counter(relatives)
    found = []
    for amount in amounts:
        left[amount.kind] -= 1
        if left[amount.kind] < 0 and not _is_aside(text, amount):
            found.append(amount)
    return tuple(found)


def _paired(missing: list[Amount], added: list[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """Where both sides have as many unmatched weekdays, ordinals, fractions … they differ."""
    for kind in _PAIRS:
        ours, theirs = ([a for a in side if _is_of(a, kind)] for side in (missing, added))
        if len(ours) == len(theirs):
            yield from zip(ours, theirs, strict=True)


def _is_of(amount: Amount, pair: PairedKind) -> bool:
    is_plain = amount.kind in ("number", "any") and amount.scale == 1
    return amount.pair == pair and (is_plain or pair not in ("count", "ordinal"))


def _unmatched(ours: Sequence[Amount], theirs: Sequence[Amount]) -> list[Amount]:
    kinds, others = ({(a.kind, a.unit) for a in amounts} for amounts in (ours, theirs))
    ranks = [one for one in theirs if _is_of(one, "ordinal")]
    # As many ordinals in both texts are those of one another; else they may be said in any way.
    are_ranked = len(ranks) == sum(_is_of(one, "ordinal") for one in ours)
    return [
        one
        for one in ours
        if not any(
            _agree(one, other, kinds, others)
            for other in (ranks if are_ranked and _is_of(one, "ordinal") else theirs)
        )
    ]


def _agree(one: Amount, other: Amount, ours: Kinds, theirs: Kinds) -> bool:
    if one.kind == other.kind or "any" in (one.kind, other.kind):
        if one.kind == other.kind == "money":
            return same_currency(one.unit, other.unit) and _meet(one, other)
        if one.kind == other.kind == "number" and "" not in (one.unit, other.unit):
            same = one.unit == other.unit
            return _meet(one, other) if same else _is_as_long(one, other)
        if one.kind == other.kind == "measure" and one.unit != other.unit:
            return converts(one.values[0], one.unit, other.values[0], other.unit)
        if one.kind == other.kind == "ratio" and one.unit != other.unit:
            return False
        return _meet(one, other)
    if {one.kind, other.kind} == {"measure", "money"}:
        # A pound is either.
        return {one.unit, other.unit} == {"lb", "GBP"} and _meet(one, other)
    if {one.kind, other.kind} == {"clock", "number"}:
        time, plain = (one, other) if one.kind == "clock" else (other, one)
        hours = {value * 60 % 720 for value in plain.values if value <= 12 and not plain.unit}
        hours |= {value * 60 for value in plain.values if not plain.unit}
        return any(value in hours or value % 720 in hours for value in time.values)
    if one.kind == "number":
        return _is_short_for(other, one, ours)
    if other.kind == "number":
        return _is_short_for(one, other, theirs)
    return False


def _is_as_long(one: Amount, other: Amount) -> bool:
    return any(
        converts(value, one.unit, other_value, other.unit)
        for value in one.values
        for other_value in other.values
    )


def _is_short_for(full: Amount, plain: Amount, kinds: Kinds) -> bool:
    """Whether the plain figure, in a text with these kinds, leaves out what the full one has."""
    if full.kind in ("year", "day", "measure", "decade"):
        return _meet(full, plain)
    if full.kind == "month":
        return not any(kind == "month" for kind, _ in kinds) and _meet(full, plain)
    if full.kind == "money":
        has_money = any(k == "money" and same_currency(full.unit, unit) for k, unit in kinds)
        # A rate of exchange needs no currency: "set at 6.8920".
        has_money = has_money or full.values[0] * 100 % 1 != 0
        return has_money and _meet(full, plain)
    has_ratio = any(kind == "ratio" or unit == "points" for kind, unit in kinds)
    return has_ratio and full.face == plain.face


def _meet(one: Amount, other: Amount) -> bool:
    return (
        any(value in other.values for value in one.values)
        or _is_rounded(one, other)
        or any(
            span.upper is not None and span.values[0] <= value < span.upper
            for span, other_one in ((one, other), (other, one))
            for value in other_one.values
        )
    )


def _is_rounded(one: Amount, other: Amount) -> bool:
    """Whether one is the other's figure with fewer digits, three at least: 26.3 for 26.304."""
    if not (one.scale > 1 and other.scale > 1):
        return False
    short, full = sorted((one.values[0], other.values[0]), key=lambda value: len(_digits(value)))
    size = len(_digits(short))
    return _FEWEST_DIGITS <= size < len(_digits(full)) and abs(short - full) * 2 <= Fraction(
        10
    ) ** (len(str(int(full))) - size)


def _digits(value: Fraction) -> str:
    """The significant ones."""
    return f"{float(value):.12g}".split("e")[0].replace(".", "").strip("0")


def _wants_an_answer(amount: Amount) -> bool:
    """One of something may be "a" or nothing at all in the other language."""
    is_one = amount.values[0] <= 1 and amount.kind in ("number", "measure", "any", "money")
    is_one = is_one and amount.values[0].denominator == 1
    return amount.firm and not is_one


def _is_aside(text: str, amount: Amount) -> bool:
    """A converted sum or measure; "(110 Fahrenheit)" says of what only in front."""
    may_be = amount.kind in ("money", "measure", "number")
    return may_be and bool(_IN_BRACKETS.search(text[max(0, amount.start - 12) : amount.start]))


def _group(amount: Amount) -> str:
    return _GROUPS.get(amount.kind, amount.kind)


def _conflicts(
    missing: list[Amount], added: list[Amount], *, is_vague: bool
) -> list[tuple[Amount, Amount]]:
    """Pairs of one group; before them those of one value, whose unit alone differs."""
    rules: tuple[Callable[[Amount, Amount], bool], ...] = (
        lambda a, b: a.face == b.face and (a.kind == b.kind or _group(a) != "date"),
        lambda a, b: a.kind == b.kind and (a.kind != "money" or same_currency(a.unit, b.unit)),
        lambda a, b: a.kind == b.kind,
        # One text's year isn't the other's day where a word such as "Monday" may stand for either.
        lambda a, b: _group(a) == _group(b) and not (is_vague and _group(a) == "date"),
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
