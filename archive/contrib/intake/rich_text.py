"""Runs of a word processor's paragraph as lines: their words, and the same as inline HTML."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_PARTED = re.compile("[,;，；]")
_SAFE = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True)
class TextRun:
    """Words of one look. A line feed in them ends the line."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""


@dataclass(frozen=True)
class RichLine:
    """`markup` is "" where nothing in the line is emphasised or linked."""

    text: str
    markup: str
    is_bold: bool


def rich_lines(runs: list[TextRun]) -> Iterator[RichLine]:
    """The lines of a paragraph that hold something, white space folded."""
    line: list[TextRun] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(TextRun(first, run.is_bold, run.is_italic, run.link))
        for text in others:
            yield from _line(line)
            line = [TextRun(text, run.is_bold, run.is_italic, run.link)]
    yield from _line(line)


def _line(runs: list[TextRun]) -> Iterator[RichLine]:
    text = " ".join("".join(run.text for run in runs).split())
    if not text:
        return
    is_bold = all(run.is_bold for run in runs if run.text.strip())
    markup = " ".join("".join(_marked(runs)).split())
    yield RichLine(text, markup if "<" in markup else "", is_bold)


def _marked(runs: list[TextRun]) -> Iterator[str]:
    # A word processor cuts a sentence into runs at each correction of it.
    for (is_bold, is_italic, link), alike in groupby(
        runs, lambda run: (run.is_bold, run.is_italic, run.link)
    ):
        text = "".join(run.text for run in alike)
        inner = html.escape(text, quote=False)
        if not text.strip():
            yield inner
            continue
        # White space stays outside: it would be lost at the ends of an element.
        before, words, after = _parted(inner)
        if is_italic:
            words = f"<i>{words}</i>"
        if is_bold:
            words = f"<b>{words}</b>"
        if link.startswith(_SAFE):
            words = f'<a href="{html.escape(link)}">{words}</a>'
        yield f"{before}{words}{after}"


def _parted(text: str) -> tuple[str, str, str]:
    words = text.strip()
    at = text.index(words)
    return text[:at], words, text[at + len(words) :]


def keywords_of(text: str) -> tuple[str, ...]:
    """The keywords of a document's properties, parted by commas or semicolons."""
    return tuple(filter(None, (one.strip() for one in _PARTED.split(text))))
