"""Displays of databases that print a record's fields in a fixed order, without labels.

Factiva's plain text: section, headline; byline; "176 words", the day, the paper, its code, edition,
page, language, copyright; then the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from archive.contrib.intake.documents import DocumentLine
from archive.contrib.intake.layout.bylines import bare_names, sign
from archive.contrib.intake.layout.lines import fold
from archive.contrib.intake.layout.stamps import find_stamps

_COUNT = re.compile(r"\d[\d,]* (?:words|characters)|\d[\d,]* ?(?:字|个字)")
_CODE, _PAGE, _TIME = (
    re.compile(r"[A-Z]{3,8}"),
    re.compile(r"[A-Z]{0,2}\d{1,3}"),
    re.compile(r"\d\d?:\d\d"),
)
_RIGHTS = re.compile(r"\(c\)|©|copyright", re.IGNORECASE)
_WIDE = re.compile(r"\S\s{6,}\S")
# How many lines stand above the count, and below it.
_ABOVE, _BELOW = 6, 10


def with_labels(lines: Sequence[DocumentLine]) -> Sequence[DocumentLine]:
    """The lines with the labels that the display leaves out; as they are in another text."""
    at = next((n for n, line in enumerate(lines) if _COUNT.fullmatch(fold(line.text))), 0)
    below = [*lines[at + 1 : at + 1 + _BELOW]]
    if not 0 < at <= _ABOVE or not below or not _is_day(below[0]):
        return lines
    fields = [below[0], *takewhile(lambda line: not line.gap, below[1:])]
    labels = {
        **dict(_head(lines[:at])),
        at: "Word count",
        **dict(enumerate(_fields(fields), at + 1)),
    }
    return [
        replace(line, label=labels[n]) if labels.get(n) else line for n, line in enumerate(lines)
    ]


def _is_day(line: DocumentLine) -> bool:
    stamp = next(find_stamps(fold(line.text)), None)
    return stamp is not None and stamp.printed == fold(line.text).strip()


def _head(lines: Sequence[DocumentLine]) -> Iterator[tuple[int, str]]:
    """Above the count: the headline, with the section above it; below, who signs, with a post.

    A line made for the eye, the database's own head, is none of them.
    """
    told = [
        n
        for n, line in enumerate(lines)
        if line.kind != "furniture" and not _WIDE.search(line.text)
    ]
    names = (n for n in told[1:] if sign(lines[n].text) or bare_names(lines[n].text))
    parted = (n for n in told[1:] if lines[n].gap)
    first = next(parted, None) or next(names, None) or len(lines)
    yield from ((n, "Author") for n in told if n >= first)
    yield from zip([n for n in told if n < first][::-1], ("Headline", "Section"), strict=False)


def _fields(lines: Sequence[DocumentLine]) -> Iterator[str]:
    is_named = False
    for number, line in enumerate(lines):
        text = line.text.strip()
        if not number:
            yield "Date"
        elif _RIGHTS.match(text):
            yield "Copyright"
        elif _PAGE.fullmatch(text):
            # Of two numbers the first is the edition's.
            below = lines[number + 1].text.strip() if number + 1 < len(lines) else ""
            yield "Edition" if _PAGE.fullmatch(below) else "Page"
        elif _TIME.fullmatch(text):
            yield "Date time"
        elif _CODE.fullmatch(text):
            yield "Source code"
        elif not is_named:
            is_named = True
            yield "Publication"
        else:
            yield "Language" if text.isalpha() and len(text) < 12 else "Edition"
