"""A text's lines, with the white space around them."""

from dataclasses import dataclass

_MARGIN = " \t\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\x1c\x1d\x1e\x1f"


@dataclass(frozen=True)
class Line:
    """A line that isn't blank; `number` counts from 1, `gap` is the blank lines before it."""

    number: int
    text: str
    gap: int = 0


def trim(text: str) -> str:
    """Without white space at the ends, the full-width and the invisible kinds included."""
    return text.strip().strip(_MARGIN)


def read_lines(text: str) -> list[Line]:
    """The lines that hold something, in order."""
    lines: list[Line] = []
    last = 0
    for number, raw in enumerate(text.splitlines(), start=1):
        if trimmed := trim(raw):
            lines.append(Line(number, trimmed, number - last - 1))
            last = number
    return lines


def usual_gap(lines: list[Line]) -> int:
    """How many blank lines most of the lines have before them."""
    gaps = sorted(line.gap for line in lines[1:])
    return gaps[len(gaps) // 2] if gaps else 0
