"""Plain text: a story in any newspaper's layout, or several, cut where that is sure.

Between two stories stands a line of marks, and each names its paper and date, labels its headline
as a card does, or begins with a headline and a byline. Cards may be parted by blank lines alone,
headlines with a byline by more of them than paragraphs are. Or each is numbered as a database's
export does it ("2 of 50 DOCUMENTS", "End of Document"). The end of a page parts nothing: pages of
one story may all have the paper's name and date at their head.
"""

import html
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from django.utils.translation import gettext_lazy

from archive.contrib.intake.columns import FIELDS
from archive.contrib.intake.documents import DocumentLine, LineKind, SourceDocument
from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.layout.bylines import sign
from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.headers import LEAST_LABELS, label_of
from archive.contrib.intake.layout.lines import Line, ends_sentence, is_chinese, trim
from archive.contrib.intake.records import PHOTOGRAPHER, ParsedArticle
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.story_reader import read_story

_END = re.compile(r"\s{0,80}end of document\s{0,80}", re.IGNORECASE)
_START = re.compile(r"\s{0,80}\d{1,5} of \d{1,5} documents?\s{0,80}", re.IGNORECASE)
# Where a paper names itself.
_EDGE_LINES = 6
# A line's end, with the blank lines below it.
_BREAK = re.compile(r"\n(?:[^\S\n]*\n)*")
# Headline, standfirst, byline.
_HEAD_LINES = 3


def story_texts(text: str) -> list[str]:
    """The stories' texts, which together are the whole; one where nothing is sure."""
    of_database = _cut(text, starts=_START.fullmatch, ends=_END.fullmatch)
    if len(of_database) > 1:
        return of_database
    parts = _cut(text, ends=_is_rule)
    if len(parts) > 1 and all(map(_is_cited, parts)):
        return parts
    records = (record for part in parts for record in _records(part))
    first, *others = (story for record in records for story in _spaced(record))
    stories = [[first]]
    is_parted = _has_head(first)
    for part in others:
        # What begins no story of its own goes on with the one above.
        is_same_language = is_chinese(part) == is_chinese(stories[-1][0])
        if is_parted and _has_head(part) and is_same_language:
            stories.append([])
        stories[-1].append(part)
    return ["".join(story) for story in stories]


def is_number_of_story(line: str) -> bool:
    """Whether a database put the line around a story."""
    return bool(_START.fullmatch(line) or _END.fullmatch(line))


def _is_rule(line: str) -> bool:
    """Whether a line is marks alone, of whatever shape: "* * *", "———", "＊＊＊", "###"."""
    return bool(line.strip()) and not any(map(str.isalnum, line))


def _cut(
    text: str,
    *,
    ends: Callable[[str], object],
    starts: Callable[[str], object] = lambda _line: None,
) -> list[str]:
    """Behind the lines that end a story, and before those that start one; each part has words."""
    parts: list[list[str]] = [[]]
    has_words = is_over = False
    for line in text.splitlines(keepends=True):
        is_start, is_end = bool(starts(line)), bool(ends(line))
        is_words = not is_end and any(map(str.isalnum, line))
        if has_words and is_words and (is_over or is_start):
            parts.append([])
            has_words = is_over = False
        parts[-1].append(line)
        is_over = is_over or is_end
        has_words = has_words or (is_words and not is_start)
    return ["".join(lines) for lines in parts]


def _records(text: str) -> list[str]:
    """Cut at the blank lines below which the label that opens the first record comes again."""
    opening = ""
    records = [""]
    for block in _cut(text, ends=lambda line: not line.strip()):
        labels = [one for line in block.splitlines() if (one := label_of(line)) in FIELDS]
        if opening in labels:
            records.append("")
        opening = opening or next(iter(labels), "")
        records[-1] += block
    return records


def _spaced(text: str) -> list[str]:
    """Cut at the blank lines of which there are more in a row than between most lines."""
    gaps = [(found.end(), found[0].count("\n") - 1) for found in _BREAK.finditer(text)]
    counts = Counter(gap for _end, gap in gaps)
    usual = max(1, max(counts, key=counts.__getitem__, default=0))
    cuts = [0, *(end for end, gap in gaps if gap > usual and end < len(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _is_cited(part: str) -> bool:
    """Whether a line at its start or end says in which paper and when it was printed."""
    lines = _lines_with_words(part)
    edges = [*lines[:_EDGE_LINES], *lines[_EDGE_LINES:][-_EDGE_LINES:]]
    found = (read_citation(Line(number, line)) for number, line in enumerate(edges, 1))
    return any(one is not None and one.is_printed and one.publication for one in found)


def _has_head(part: str) -> bool:
    """Whether it labels its headline, or begins with one and a line below that signs the text."""
    headline, *below = lines = (*_lines_with_words(part), "")
    labels = [*filter(None, map(label_of, lines))]
    is_labelled = "headline" in labels and len(labels) >= LEAST_LABELS
    signed = next((at for at, line in enumerate(below[: _HEAD_LINES - 1]) if _is_byline(line)), -1)
    is_head = not headline.endswith((".", "。")) and not sign(headline)
    return is_labelled or (is_head and signed >= 0 and any(map(ends_sentence, below[signed + 1 :])))


def _is_byline(line: str) -> bool:
    """Whether a line signs a text, and not only its pictures."""
    signature = sign(line)
    return signature is not None and any(one.role != PHOTOGRAPHER for one in signature.bylines)


def _lines_with_words(part: str) -> list[str]:
    return [trim(line) for line in part.splitlines() if any(one.isalnum() for one in line)]


# A text that starts so is in another form: markup, JSON, a PDF or word processor file.
_OTHER_FORM = re.compile(r"\s*(?:<[?!]|%PDF|\{\\rtf|(?:\[\s*)?\{\s*[\"}])")
# Teletype messages begin so; what reads them is an app of its own.
_MESSAGE = re.compile(rb"[^\x02]{0,1000}\x01[^\x02]{1,1000}\x02")
# What a page's text keeps of its source when it was copied from there.
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_STRONG = re.compile(r"<(?P<tag>strong|b|h[1-6])>(?P<text>[^<>]+)</(?P=tag)>", re.IGNORECASE)


class PlainText(SourceFormat):
    """A story in any layout; several, where they are surely parted."""

    id = "text"
    name = gettext_lazy("newspaper plain text")
    description = gettext_lazy(
        "A story as plain text in any newspaper's layout, in English, Chinese or both: paragraphs "
        "by line, blank line or indent, wrapped or not."
    )
    suffixes = (".txt", ".text")

    def recognises(self, source: SourceFile) -> bool:
        if _MESSAGE.match(source.data):
            return False
        text = source.text.text
        # A typesetter's codes (<HEAD 36pt>) have no end tags.
        is_markup = text.lstrip().startswith("<") and "</" in text
        return not is_markup and not _OTHER_FORM.match(text)

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        return [
            read_story(
                SourceDocument(text, read_document_lines(text), warnings=source.text.warnings),
                source.name,
                language=language,
                item=item,
            )
            for item, text in enumerate(story_texts(source.text.text), start=1)
        ]


def read_document_lines(text: str) -> tuple[DocumentLine, ...]:
    """The lines that hold something, in order, each with its place in the text."""
    lines: list[DocumentLine] = []
    at = gap = 0
    for raw in text.splitlines(keepends=True):
        printed = trim(raw)
        words = trim(_ENTITY.sub(lambda entity: html.unescape(entity[0]), printed))
        if words:
            start = at + raw.index(printed)
            strong = _STRONG.fullmatch(words)
            kind: LineKind = "furniture" if is_number_of_story(words) else "text"
            lines.append(
                DocumentLine(
                    trim(strong["text"]) if strong else words,
                    (start, start + len(printed)),
                    kind,
                    gap=gap,
                    indent=start - at,
                    is_emphasised=bool(strong),
                )
            )
            gap = 0
        else:
            gap += 1
        at += len(raw)
    return tuple(lines)
