"""A story's source text with its stretches by field, for the left half of the review: pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from archive.contrib.intake.admin.labels import OF_BLOCKS, OF_FIELDS
from archive.contrib.intake.documents import Span
from archive.contrib.intake.layout.lines import fold
from archive.contrib.intake.layout.stamps import find_pages, find_stamps
from archive.contrib.intake.record_json import Record

# More than this isn't shown: a browser can't be worked in with it.
MOST_SHOWN = 300_000


@dataclass(frozen=True)
class Stretch:
    """Words of one field; `start` is where they begin in the text, `kind` "" for none."""

    start: int
    text: str
    kind: str = ""


@dataclass(frozen=True)
class SourceRow:
    """A line of the source, from 1."""

    number: int
    start: int
    stretches: tuple[Stretch, ...]


def source_rows(record: Record, text: str) -> list[SourceRow]:
    """The text's lines; where spans lie in each other, the shorter one wins."""
    text = text[:MOST_SHOWN]
    painted, kinds = _paint(record, text)
    rows, start = [], 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        words = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        stretches = tuple(_stretches(words, start, painted, kinds))
        rows.append(SourceRow(number, start, stretches))
        start += len(line)
    return rows


def _paint(record: Record, text: str) -> tuple[bytearray, list[str]]:
    """For each character the number of its kind; the kinds by number, of which 0 is none."""
    length = len(text)
    painted, kinds = bytearray(length), [""]
    shown = _told_apart(record, text)
    spans = [(kind, start, end) for kind, (start, end) in shown if 0 <= start < end]
    for kind, start, end in sorted(spans, key=lambda one: one[1] - one[2]):
        if kind not in kinds:
            kinds.append(kind)
        end = min(end, length)
        if start < end:
            painted[start:end] = bytes([kinds.index(kind)]) * (end - start)
    return painted, kinds


def _told_apart(record: Record, text: str) -> Iterator[tuple[str, Span]]:
    """Of fields that one line gives, as a citation does, the first has the line, and each other
    its own words in it."""
    taken: set[Span] = set()
    for kind, (start, end) in spans_of(record):
        if (start, end) not in taken:
            taken.add((start, end))
            yield kind, (start, end)
        elif own := _own_words(kind, record, text[start:end]):
            yield kind, (start + own[0], start + own[1])


def _own_words(kind: str, record: Record, line: str) -> Span | None:
    """Where the line says the field."""
    folded = fold(line)
    if kind in ("published", "page"):
        if kind == "published":
            places = [(one.start, one.end) for one in find_stamps(folded)]
        else:
            places = [(one.start, one.end) for one in find_pages(folded, is_dated=True)]
        return next(iter(places), None)
    people = record.get("bylines") or []
    values = [one["name"] for one in people] if kind == "byline" else [record.get(kind)]
    told = ((line.find(one), one) for one in values if isinstance(one, str) and one)
    return next(((at, at + len(one)) for at, one in told if at >= 0), None)


def _stretches(line: str, start: int, painted: bytearray, kinds: list[str]) -> Iterator[Stretch]:
    at = 0
    for number, run in groupby(painted[start : start + len(line)]):
        length = sum(1 for _one in run)
        yield Stretch(start + at, line[at : at + length], kinds[number])
        at += length


def spans_of(record: Record) -> Iterator[tuple[str, Span]]:
    """(kind, span) of all that the record has from the text."""
    for name, reading in (record.get("fields") or {}).items():
        spans = reading.get("spans") or ([reading["span"]] if reading.get("span") else [])
        blocks = record.get("blocks") or []
        for number, (start, end) in enumerate(spans):
            if name == "blocks":
                kind = blocks[number]["type"] if number < len(blocks) else "paragraph"
                kind = OF_BLOCKS.get(kind, kind)
            else:
                kind = OF_FIELDS.get(name, name)
            yield kind, (start, end)
