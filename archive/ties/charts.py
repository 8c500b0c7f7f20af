"""Bar charts that are drawn on the server: SVG that a reader needs no script and no colour for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ROW_HEIGHT = 46
BAR_TOP, BAR_HEIGHT = 24, 14
# The longest bar leaves room for its figure.
LONGEST_PERCENT = 88


@dataclass(frozen=True)
class Bar:
    """A row; `percent` is the bar's length, `top` where the row begins, in pixels."""

    label: str
    number: int
    url: str
    language: str
    percent: float
    top: int

    @property
    def text_top(self) -> int:
        return self.top + BAR_TOP - 7

    @property
    def bar_top(self) -> int:
        return self.top + BAR_TOP

    @property
    def bar_height(self) -> int:
        return BAR_HEIGHT

    @property
    def figure_left(self) -> str:
        return f"{self.percent + 1:.2f}%"

    @property
    def figure_top(self) -> int:
        return self.top + BAR_TOP + BAR_HEIGHT - 2


@dataclass(frozen=True)
class Chart:
    """`id` is unique on the page; `heading` names what the rows are, `unit` what is counted."""

    id: str
    title: str
    heading: str
    unit: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        return ROW_HEIGHT * len(self.bars)


@dataclass(frozen=True)
class Row:
    """What a bar shows; `language` where the label isn't in the reader's."""

    label: str
    number: int
    url: str = ""
    language: str = ""


def bar_chart(id_: str, title: str, heading: str, unit: str, rows: Iterable[Row]) -> Chart:
    """Bars from zero on, their lengths in proportion; without rows, a chart without bars."""
    listed = list(rows)
    most = max((row.number for row in listed), default=0) or 1
    bars = tuple(
        Bar(
            row.label,
            row.number,
            row.url,
            row.language,
            round(LONGEST_PERCENT * row.number / most, 2),
            ROW_HEIGHT * place,
        )
        for place, row in enumerate(listed)
    )
    return Chart(id_, title, heading, unit, bars)
