"""Where sentences and clauses end, in either language: for all rooms, by marks alone.

A text needn't say which language it is in, and may hold words of both. Why no library does it:
docs/design.md.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from archive.text.dates import MONTHS

# Titles, firms and initials before whose full stop a sentence goes on; a Han character may stand
# right before them.
_ABBREVIATED = re.compile(
    r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Col|Capt|Lt|Sgt|Rev|Hon|St|Ste|Mt|Ft|No"
    r"|vs|etc|Inc|Co|Ltd|Jr|Sr|[A-Z]"
    rf"|{'|'.join(name[:3] for name in MONTHS if name != 'May')}|Sept)\.$"
)
_ENDS = re.compile(r"""[.!?]+["'”’)\]]*(?=\s+["'“‘(\[]*[^a-z\s])|[。！？!?…]+["'”’」』）)]*|\n+""")
# "3.4. Notes for readers": a number counts what comes after it.
_COUNTS = re.compile(r"\s*\d+(?:\.\d+)*\.")
# What parts clauses, as a part of a pattern. Marks that stand in figures too need a blank.
CLAUSE_MARK = r"[，；：。！？…“”]|[,;:!?—\"()](?=\s|$|\")|\.(?=\s|$)"


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


def sentence_ends(text: str) -> list[int]:
    """Where each sentence ends, with its marks; the last is the text's end."""
    return [*_sentences(text)[0][1:], len(text)]


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Where sentences begin, the space before them included, and where their words stand."""
    starts = [0]
    for match in _ENDS.finditer(text):
        if text[match.start()] == ".":
            before = text[max(0, match.start() - 12) : match.start() + 1]
            if _ABBREVIATED.search(before) or _COUNTS.fullmatch(text, starts[-1], match.end()):
                continue
        if match.end() < len(text):
            starts.append(match.end())
    spans = []
    for first, last in pairwise([*starts, len(text)]):
        piece = text[first:last]
        start = first + len(piece) - len(piece.lstrip())
        spans.append((start, start + len(piece.strip())))
    return starts, spans
