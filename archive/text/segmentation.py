"""Cuts a body (StreamField JSON) into segments, and composes the other language from them.

A segment's key is the block's id and the path inside it: "3f2a…", "3f2a…/caption",
"3f2a…/items/9c1b…", "3f2a…/r0c2". Both languages' bodies share the block ids, so one key
names the same piece of text in both.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archive.text import richtext

PLAIN = "plain"
RICH = "rich"

Raw = dict[str, Any]

_WORDLESS = re.compile(r"[^\W\d_]")
# What a cell is: a bare year, a Chinese date, or something that is said at all.
_YEAR, _DATE, _SAYS = (re.compile(form) for form in (r"[12]\d{3}", r"[12]\d{3}年", r"\w"))


@dataclass(frozen=True)
class SourceSegment:
    """A piece of text to translate; `markup` is PLAIN or RICH (database-form HTML)."""

    key: str
    kind: str
    text: str
    markup: str = PLAIN

    @cached_property
    def digest(self) -> str:
        return digest(self.text, self.markup)

    @cached_property
    def plain_text(self) -> str:
        return plain_text(self.text, self.markup)


@dataclass(frozen=True)
class Plain:
    kind: str


@dataclass(frozen=True)
class Rich:
    kind: str


@dataclass(frozen=True)
class Table:
    """Wagtail's TableBlock: `table_caption`, and cells that hold words or, on wish, `figures`."""

    figures: bool = False


@dataclass(frozen=True)
class Items:
    """A ListBlock: each item has an id."""

    item: "BlockSpec"


@dataclass(frozen=True)
class Struct:
    fields: Mapping[str, "BlockSpec"]


BlockSpec = Plain | Rich | Table | Items | Struct


def plain_text(text: str, markup: str) -> str:
    """A segment's text without its tags."""
    return richtext.plain_text(text) if markup == RICH else text


def digest(text: str, markup: str = PLAIN) -> str:
    """A hash of the words alone: white space, Unicode form, links and emphasis don't count."""
    folded = " ".join(unicodedata.normalize("NFC", plain_text(text, markup)).split())
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


def extract(body: list[Raw], specs: Mapping[str, BlockSpec]) -> list[SourceSegment]:
    """The segments of a body in reading order; pieces without words are left out."""
    return [
        segment
        for block in body
        if block["type"] in specs
        for segment in _read(specs[block["type"]], block["value"], block["id"])
    ]


def compose(
    body: list[Raw], specs: Mapping[str, BlockSpec], targets: Mapping[str, str | None]
) -> list[Raw]:
    """The body in the other language: its structure, with the targets in place of the texts.

    `targets` maps a key to its text; None leaves the piece out, and a block none of whose text
    is left goes with it. Pieces without words (numbers in a table) stay as they are.
    """
    composed = []
    for block in body:
        spec = specs.get(block["type"])
        keys = [s.key for s in _read(spec, block["value"], block["id"])] if spec else []
        left_out = keys and all(targets.get(key) is None for key in keys)
        if left_out and block["type"] not in ("image", "gallery", "embed"):
            continue
        value = _write(spec, block["value"], block["id"], targets) if spec else block["value"]
        composed.append({**block, "value": value})
    return composed


def canonical(body: list[Raw], specs: Mapping[str, BlockSpec]) -> list[Raw]:
    """The body with its rich texts folded: two that say and show the same are equal.

    An editor's form numbers blocks anew, and writes entities and attributes in its own way.
    """
    return [
        {**block, "value": _canonical(specs.get(block["type"]), block["value"])} for block in body
    ]


def _canonical(spec: BlockSpec | None, value: Any) -> Any:
    match spec:
        case Rich():
            return richtext.folded(value)
        case Struct(fields):
            parts = value or {}
            folded = {name: _canonical(field, parts.get(name)) for name, field in fields.items()}
            return {**parts, **folded}
        case Items(item):
            return [{**entry, "value": _canonical(item, entry["value"])} for entry in value or []]
        case _:
            return value


def _read(spec: BlockSpec, value: Any, key: str) -> Iterator[SourceSegment]:
    match spec:
        case Plain(kind):
            if value and value.strip():
                yield SourceSegment(key, kind, value.strip())
        case Rich(kind):
            if not richtext.is_blank(value):
                yield SourceSegment(key, kind, richtext.without_block_keys(value), RICH)
        case Struct(fields):
            for name, field in fields.items():
                yield from _read(field, (value or {}).get(name), f"{key}/{name}")
        case Items(item):
            for entry in value or []:
                yield from _read(item, entry["value"], f"{key}/{entry['id']}")
        case Table(figures):
            value = value or {}
            if (value.get("table_caption") or "").strip():
                yield SourceSegment(f"{key}/table_caption", "caption", value["table_caption"])
            for row, column, text in _cells(value, figures=figures):
                yield SourceSegment(f"{key}/r{row}c{column}", "cell", text)


def _cells(value: Raw, *, figures: bool = False) -> Iterator[tuple[int, int, str]]:
    """The cells that hold words, or `figures` too: those read the same in both languages."""
    for row, cells in enumerate(value.get("data") or []):
        for column, text in enumerate(cells):
            if text and (_WORDLESS.search(text) or (figures and text.strip())):
                yield row, column, text


def _write(spec: BlockSpec, value: Any, key: str, targets: Mapping[str, str | None]) -> Any:
    match spec:
        case Plain() | Rich():
            return (targets.get(key) or "") if list(_read(spec, value, key)) else value
        case Struct(fields):
            written = {
                name: _write(field, (value or {}).get(name), f"{key}/{name}", targets)
                for name, field in fields.items()
            }
            return {**(value or {}), **written}
        case Items(item):
            return [
                {**entry, "value": _write(item, entry["value"], f"{key}/{entry['id']}", targets)}
                for entry in value or []
                if not _item_left_out(item, entry, key, targets)
            ]
        case Table():
            table = deepcopy(value or {})
            if (table.get("table_caption") or "").strip():
                table["table_caption"] = targets.get(f"{key}/table_caption") or ""
            for row, column, _text in _cells(value or {}):
                table["data"][row][column] = targets.get(f"{key}/r{row}c{column}") or ""
            _date_years(table.get("data") or [])
            return table


def _date_years(rows: list[list[Any]]) -> None:
    """Write a year as the dates of its column are: 1979 beside 1982年10月 becomes 1979年.

    A bare year has no words to translate. Only a column of dates is touched: below its first row,
    a heading perhaps, it has years, dates, and signs for what isn't known.
    """
    for column in range(max(map(len, rows), default=0)):
        cells = [str(row[column] or "").strip() for row in rows if column < len(row)][1:]
        dates = [cell for cell in cells if _DATE.search(cell)]
        others = [cell for cell in cells if not _DATE.search(cell) and _SAYS.search(cell)]
        if dates and all(map(_YEAR.fullmatch, others)):
            for row in rows[1:]:
                if column < len(row) and _YEAR.fullmatch(str(row[column] or "").strip()):
                    row[column] = f"{str(row[column]).strip()}年"


def _item_left_out(
    item: BlockSpec, entry: Raw, key: str, targets: Mapping[str, str | None]
) -> bool:
    # A list item without its text is an empty bullet; a gallery's picture still shows.
    if isinstance(item, Struct):
        return False
    keys = [segment.key for segment in _read(item, entry["value"], f"{key}/{entry['id']}")]
    return bool(keys) and all(targets.get(k) is None for k in keys)
