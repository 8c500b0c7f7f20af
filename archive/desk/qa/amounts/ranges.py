"""Ranges share what stands at their end: "5 to 10 percent", "10亿至20亿美元"."""

import re
from dataclasses import replace

from archive.desk.qa.amounts.base import Amount

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
    if _is_short_year(one, following):
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


def _is_short_year(one: Amount, following: Amount) -> bool:
    return one.kind == "year" and following.kind == "number" and following.values[0] < 100


def _widened(amount: Amount, factor: object, kind: str) -> Amount:
    values = (*amount.values, *(value * factor for value in amount.values))  # type: ignore[operator]
    return replace(amount, values=values, kind=kind)  # type: ignore[arg-type]
