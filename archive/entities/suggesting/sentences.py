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
    return _piece(text, *span_at(text, start, end))


def span_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds text[start:end] begins and ends, white space left out."""
    starts, spans = _sentences(text)
    first = spans[bisect_right(starts, start) - 1]
    last = spans[bisect_right(starts, max(end - 1, start)) - 1]
    return first[0], last[1]


@lru_cache(maxsize=256)
def _piece(text: str, first: int, last: int) -> str:
    """One text for all names of a sentence: as many copies of a long one would fill the memory."""
    return text[first:last]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """All sentences of a text, in order."""
    return [span for span in _sentences(text)[1] if span[0] < span[1]]


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Where sentences begin, the space before them included, and where their words stand."""
    starts = [0]
    for match in _ENDS.finditer(text):
        before = text[max(0, match.start() - 12) : match.start() + 1]
        if text[match.start()] == "." and _ABBREVIATED.search(before):
            continue
        if match.end() < len(text):
            starts.append(match.end())
    return starts, [_stripped(text, *pair) for pair in pairwise([*starts, len(text)])]


def _stripped(text: str, first: int, last: int) -> tuple[int, int]:
    piece = text[first:last]
    start = first + len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
