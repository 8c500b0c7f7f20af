"""What a text says in figures, wherever it is written in digits or in words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Kind = Literal[
    "number",
    "any",
    "ratio",
    "money",
    "measure",
    "year",
    "month",
    "day",
    "decade",
    "weekday",
    "quarter",
    "half",
    "clock",
]
# Of what a good translation may leave out: where both texts say another one, one of them errs.
PairedKind = Literal["", "count", "ordinal", "share", "weekday", "quarter", "half", "clock"]


@dataclass(frozen=True)
class Amount:
    """A figure at text[start:end].

    `values` holds what it may mean, likeliest first: "7 pm" is 7 or 19. A ratio is a share of one.
    With `upper`, any value from the first one up to it is meant: "20多" is 20 to 29. What isn't
    `firm` may answer a figure of the other text and needs no answer itself: "one of them".
    """

    start: int
    end: int
    values: tuple[Fraction, ...]
    kind: Kind = "number"
    # A currency's or a unit's code.
    unit: str = ""
    firm: bool = True
    upper: Fraction | None = None
    # What the first value was multiplied by: 10⁶ for "3 million".
    scale: Fraction = Fraction(1)
    # A small number that counts things ("three companies", "三家"), an ordinal, a fraction.
    pair: PairedKind = ""

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    def words_in(self, text: str) -> str:
        """How the text writes it."""
        return text[self.start : self.end].strip()

    @property
    def face(self) -> Fraction:
        """The figure as it is printed, without per cent."""
        return self.values[0] * 100 if self.kind == "ratio" else self.values[0]


VULGAR = {
    "¼": Fraction(1, 4),
    "½": Fraction(1, 2),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}


def digits(text: str) -> Fraction:
    """The value of "1,234.5"."""
    text = text.replace(",", "").replace("，", "")
    part = VULGAR.get(text[-1:])
    return Fraction(text[:-1] or 0) + part if part else Fraction(text)


def outside(amounts: Iterable[Amount], taken: Iterable[Amount]) -> Iterator[Amount]:
    """Those that don't overlap what is read already; both in reading order."""
    left = iter(sorted(taken, key=lambda amount: amount.start))
    other = next(left, None)
    for one in amounts:
        while other and other.end <= one.start:
            other = next(left, None)
        if not other or other.start >= one.end:
            yield one


def as_percent(amount: Amount, sign: re.Match[str]) -> Amount:
    """The amount with a match of "%" and the like; groups "pp…" and "bp" tell points of them."""
    said = {name for name, value in sign.groupdict().items() if value}
    whole = 10_000 if "bp" in said else 100
    return replace(
        amount,
        end=sign.end(),
        values=tuple(value / whole for value in amount.values),
        upper=amount.upper / whole if amount.upper is not None else None,
        kind="ratio",
        unit="points" if said else "",
        firm=True,
    )


def apart(amounts: Iterable[Amount]) -> Iterator[Amount]:
    """Those that don't overlap one before them; in reading order."""
    end = 0
    for one in sorted(amounts, key=lambda amount: (amount.start, -amount.end)):
        if one.start >= end:
            yield one
            end = one.end


ENGLISH = re.compile(r"\s?(?:-|–|—|to|or|and|and up to|/)\s?(?:the )?")
CHINESE = re.compile(r"\s?(?:-|–|—|~|～|至|到|或|和|与|、)\s?(?:第)?")


def share_units(text: str, amounts: list[Amount], between: re.Pattern[str]) -> list[Amount]:
    """Amounts whose unit, scale or century may be that of the amount behind them."""
    shared = list(amounts)
    for number in range(len(shared) - 2, -1, -1):
        one, following = shared[number], shared[number + 1]
        if between.fullmatch(text[one.end : following.start]):
            shared[number], shared[number + 1] = _share(one, following)
    return shared


def _share(one: Amount, following: Amount) -> tuple[Amount, Amount]:
    if one.kind == "year" and following.kind == "number" and following.values[0] < 100:
        full = one.values[0] // 100 * 100 + following.values[0]
        return one, replace(following, values=(*following.values, full))
    if one.kind == "number" and following.kind in ("ratio", "measure", "money", "month", "day"):
        factor = following.scale / 100 if following.kind == "ratio" else following.scale
        return _widened(one, factor, "any"), following
    if one.kind == "money" and following.kind in ("money", "number") and one.scale == 1:
        return _widened(one, following.scale, "money"), replace(
            following, kind="money", unit=following.unit or one.unit
        )
    if one.kind == "number" and one.scale == 1 and following.scale != 1:
        return _widened(one, following.scale, "number"), following
    return one, following


def _widened(amount: Amount, factor: Fraction, kind: Kind) -> Amount:
    values = (*amount.values, *(value * factor for value in amount.values))
    return replace(amount, values=values, kind=kind)
