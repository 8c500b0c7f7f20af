"""Superscript and subscript digits as Unicode has them: a field of plain text keeps no look, and
10⁹ would become 109."""

import re
from typing import Literal

Position = Literal["", "superscript", "subscript"]

# A hyphen or dash beside raised digits is a minus.
_PLAIN = "0123456789+-−–n"
_PLACED = {
    "superscript": str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ"),
    "subscript": str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋ₙ"),
}
_NUMBER = re.compile(rf"\s*[{re.escape(_PLAIN)}]+\s*")


def is_number(text: str) -> bool:
    """Whether all of it has raised forms; a footnote's mark or the "th" of "4th" hasn't."""
    return bool(_NUMBER.fullmatch(text))


def placed(text: str, position: Position) -> str:
    """The text in that position, as far as it is a number; other words stay as they are."""
    return text.translate(_PLACED[position]) if position and is_number(text) else text
