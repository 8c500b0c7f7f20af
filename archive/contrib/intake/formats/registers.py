"""A register in a text: a table that bars part, of which the first row names a story's fields."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, takewhile

from archive.contrib.intake.documents import DocumentLine, Span
from archive.contrib.intake.labels.marks import is_record

_BAR = re.compile(r"[|｜]")


@dataclass(frozen=True)
class RegisterRows:
    """The names of the columns, and the numbers of the lines that are rows."""

    heads: tuple[str, ...]
    starts: tuple[int, ...]

    def read(self, lines: Sequence[DocumentLine]) -> tuple[DocumentLine, ...]:
        """A row's cells as lines with their labels; what stands around it is beside the story."""
        return tuple(part for line in lines for part in self._read(line))

    def _read(self, line: DocumentLine) -> Iterator[DocumentLine]:
        cells = _cells(line)
        if not _is_row(self.heads, line) or _words(cells) == self.heads:
            yield replace(line, kind="furniture")
            return
        for head, (words, span) in zip(self.heads, cells, strict=True):
            if words:
                yield replace(line, text=words, span=span, label=head)


def find_rows(lines: Sequence[DocumentLine]) -> RegisterRows | None:
    """The rows of a text that is a register; None for another."""
    for at, line in enumerate(lines):
        heads = _words(_cells(line))
        if len(heads) > 1 and is_record(heads):
            rows = [*takewhile(partial(_is_row, heads), lines[at + 1 :])]
            starts = tuple(range(at + 1, at + 1 + len(rows)))
            return RegisterRows(heads, starts) if starts else None
    return None


def _is_row(heads: Sequence[str], line: DocumentLine) -> bool:
    return len(_cells(line)) == len(heads)


def _cells(line: DocumentLine) -> list[tuple[str, Span]]:
    """The words between the bars, each with its place; a bar at the line's edge parts nothing."""
    edges = [(0, 0), *(bar.span() for bar in _BAR.finditer(line.text)), (len(line.text),) * 2]
    cells: list[tuple[str, Span]] = []
    for (_start, first), (last, _end) in pairwise(edges):
        words = line.text[first:last].strip()
        start = line.span[0] + line.text.index(words, first)
        cells.append((words, (start, start + len(words))))
    return cells[not cells[0][0] : len(cells) - (not cells[-1][0])]


def _words(cells: Sequence[tuple[str, Span]]) -> tuple[str, ...]:
    return tuple(words for words, _span in cells)
