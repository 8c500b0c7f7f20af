"""A text's lines, and what a language's newspapers do differently with them."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass

from archive.intake.records import ParsedByline

_MARGIN = " \t\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\x1c\x1d\x1e\x1f"


@dataclass(frozen=True)
class SourceLine:
    """A line that isn't blank; `number` counts from 1, `gap` is the blank lines before it."""

    number: int
    text: str
    gap: int = 0


def trim(text: str) -> str:
    """Without white space at the ends, the full-width and the invisible kinds included."""
    return text.strip().strip(_MARGIN)


def read_lines(text: str) -> list[SourceLine]:
    """The lines that hold something, in order."""
    lines: list[SourceLine] = []
    last = 0
    for number, raw in enumerate(text.splitlines(), start=1):
        if trimmed := trim(raw):
            lines.append(SourceLine(number, trimmed, number - last - 1))
            last = number
    return lines


def usual_gap(lines: list[SourceLine]) -> int:
    """How many blank lines most of the lines have before them."""
    gaps = sorted(line.gap for line in lines[1:])
    return gaps[len(gaps) // 2] if gaps else 0


@dataclass(frozen=True)
class Signature:
    """A byline line: who signs, and the paper that it names for them, if any."""

    bylines: tuple[ParsedByline, ...]
    publication: str | None = None


@dataclass(frozen=True)
class Opening:
    """A first paragraph cut in two: the dateline (and who it names), and the text."""

    dateline: str
    text: str
    bylines: tuple[ParsedByline, ...] = ()


class Grammar(ABC):
    """One language's forms. All methods take one trimmed line."""

    language: str
    # The longest line that can be a subhead, and a standfirst, in characters.
    longest_subhead: int
    longest_standfirst: int
    # What ends running text, and what may follow it: closing quotes and brackets.
    endings: tuple[str, ...]
    closers: str
    # What credits a picture, and where within a caption that could begin.
    credits: tuple[re.Pattern[str], ...]
    credit_start: re.Pattern[str]

    def ends_sentence(self, text: str) -> bool:
        """Whether the line ends as running text does."""
        return text.rstrip(self.closers).endswith(self.endings)

    @abstractmethod
    def sign(self, text: str) -> Signature | None:
        """A byline that says so itself: "By Li Na in Zhanjiang", "本报记者 李娜"."""

    @abstractmethod
    def agencies(self, text: str) -> tuple[ParsedByline, ...]:
        """The agencies when the line names nothing else: "Xinhua", "新华社"."""

    def is_credit(self, text: str) -> bool:
        """Whether the words credit a picture: "Photo by Li Na", "李娜 摄"."""
        return any(form.fullmatch(text) for form in self.credits)

    @abstractmethod
    def unlabel(self, text: str) -> str | None:
        """A caption that says it is one ("图：…"), without the label; None otherwise."""

    @abstractmethod
    def open(self, text: str) -> Opening | None:
        """The first paragraph's dateline, cut off; None if there is none."""
