"""What a text says in figures, wherever it is written in digits or in words."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["number", "any", "ratio", "money", "measure", "year", "month", "day", "decade"]


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
    # A small number in words that counts things: "three companies", "三家".
    counts: bool = False

    @property
    def face(self) -> Fraction:
        """The figure as it is printed, without per cent."""
        return self.values[0] * 100 if self.kind == "ratio" else self.values[0]


def digits(text: str) -> Fraction:
    """The value of "1,234.5"."""
    return Fraction(text.replace(",", "").replace("，", ""))
