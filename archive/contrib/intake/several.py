"""A text file that holds several stories, cut where that is sure: pure.

Between two stories stands a line of marks, and each names its paper and date; or each is numbered
as a database's export does it ("2 of 50 DOCUMENTS", "End of Document"). The end of a page parts
nothing: pages of one story may all have the paper's name and date at their head.
"""

import re

from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.lines import Line

_RULE = re.compile(r"\s{0,80}[-=_*~#—]{5,200}\s{0,80}")
_END = re.compile(r"\s{0,80}end of document\s{0,80}", re.IGNORECASE)
_START = re.compile(r"\s{0,80}\d{1,5} of \d{1,5} documents?\s{0,80}", re.IGNORECASE)
# Where a paper names itself.
_EDGE_LINES = 6


def story_texts(text: str) -> list[str]:
    """The stories' texts, which together are the whole; one where nothing is sure."""
    of_database = _cut(text, starts=_START, ends=_END)
    if len(of_database) > 1:
        return of_database
    parts = _cut(text, ends=_RULE)
    return parts if len(parts) > 1 and all(map(_is_cited, parts)) else [text]


def is_number_of_story(line: str) -> bool:
    """Whether a database put the line around a story."""
    return bool(_START.fullmatch(line) or _END.fullmatch(line))


def _cut(text: str, *, ends: re.Pattern[str], starts: re.Pattern[str] | None = None) -> list[str]:
    """Behind the lines that end a story, and before those that start one; each part has words."""
    parts: list[list[str]] = [[]]
    has_words = is_over = False
    for line in text.splitlines(keepends=True):
        is_start = bool(starts and starts.fullmatch(line))
        is_end = bool(ends.fullmatch(line))
        is_words = not is_end and any(map(str.isalnum, line))
        if has_words and is_words and (is_over or is_start):
            parts.append([])
            has_words = is_over = False
        parts[-1].append(line)
        is_over = is_over or is_end
        has_words = has_words or (is_words and not is_start)
    return ["".join(lines) for lines in parts]


def _is_cited(part: str) -> bool:
    """Whether a line at its start or end says in which paper and when it was printed."""
    lines = [line for line in part.splitlines() if any(one.isalnum() for one in line)]
    edges = [*lines[:_EDGE_LINES], *lines[_EDGE_LINES:][-_EDGE_LINES:]]
    found = (read_citation(Line(number, line)) for number, line in enumerate(edges, 1))
    return any(one is not None and one.is_printed and one.publication for one in found)
