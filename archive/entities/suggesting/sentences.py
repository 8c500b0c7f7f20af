"""Cuts a passage into sentences, so that a name can be shown with what is said of it."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

# Titles and initials before which a full stop ends nothing.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Col|Capt|Lt|Sgt|Rev|Hon|St|Ste|Mt|Ft|No|vs|etc"
    r"|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|(?<![A-Za-z])[A-Z])\.$"
)
_ENDS = re.compile(
    r"""[.!?]+["'”’)\]]*(?=\s+["'“‘(\[]*[^a-z\s])|[。！？!?…]+["'”’」』）)]*|\n+""",
)


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence that holds text[start:end]; more than one if the span does."""
    first, last = span_at(text, start, end)
    return text[first:last]


def span_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds text[start:end] begins and ends, white space left out."""
    borders = _borders(text)
    first = borders[bisect_right(borders, start) - 1]
    after = bisect_right(borders, max(end - 1, start))
    last = borders[after] if after < len(borders) else len(text)
    piece = text[first:last]
    return first + len(piece) - len(piece.lstrip()), last - len(piece) + len(piece.rstrip())


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """All sentences of a text, in order."""
    borders = [*_borders(text), len(text)]
    spans = []
    for first, last in pairwise(borders):
        if text[first:last].strip():
            spans.append(span_at(text, first, last))
    return spans


@lru_cache(maxsize=256)
def _borders(text: str) -> tuple[int, ...]:
    """Where sentences begin."""
    borders = [0]
    for match in _ENDS.finditer(text):
        before = text[max(0, match.start() - 12) : match.start() + 1]
        if text[match.start()] == "." and _ABBREVIATED.search(before):
            continue
        if match.end() < len(text):
            borders.append(match.end())
    return tuple(borders)
