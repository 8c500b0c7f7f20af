"""Reads each line by itself: what its own form says it surely is, whatever stands around it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from archive.contrib.intake.documents import Span
from archive.contrib.intake.layout import bylines, captions, datelines, furniture
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.citations import (
    Citation,
    read_citation,
    read_signed,
    split_citation,
)
from archive.contrib.intake.layout.contacts import Contact, read_contact
from archive.contrib.intake.layout.lines import Line, fold, key
from archive.contrib.intake.records import ParsedByline, ParsedCaption

# "prose" is running text by its form, "open" a line of which the form says nothing.
Form = Literal[
    "citation", "contact", "signature", "agencies", "editors", "credit", "caption", "furniture",
    "list_item", "table_row", "quote", "prose", "open", "dateline", "correction",
]  # fmt: skip
Role = Literal[
    "headline", "standfirst", "byline", "citation", "contact", "caption", "paragraph", "subhead",
    "quote", "list", "table", "dateline", "unplaced", "",
]  # fmt: skip

_BULLET = re.compile(r"\s*(?:[•●▪‣*·∙]|[-–—](?=\s)|\(?\d{1,2}[.)](?=\s))\s*(?=\S)")
_BY = re.compile(r"(?:^|[|/]\s?)by\s", re.IGNORECASE)
_BRIEF_MARKS = ("▲", "△", "▼")
_CELLS = re.compile(r"\t+| {0,3}\| {0,3}|(?<=\S)(?:\u3000+| {3,})(?=\S)")
# "… it does. (Editor: Li Na) 1070709"
_CLOSED = re.compile(
    r"[。.!?！？”」\"](?:\s?[(（【][^()（）【】]{2,40}[)）】]\s?\d{0,8}|\s?\d{7})$"
)
_LEADING_BRACKET = re.compile(r"[(（\[【][^()（）\[\]【】]{2,40}[)）\]】]\s*(?=\S)")
_LAST_BRACKET = re.compile(r"(?<=\S)\s*[(（\[【][^()（）\[\]【】]{2,40}[)）\]】]$")
# A line of this size is running text even without a full stop.
_LONG = 220
# A list's item of this size may be a paragraph.
_POINT = 70
# Where the format says that it is a paragraph, this does.
_LONG_PARAGRAPH = 100
_FORMATTED: dict[str, Form] = {
    "caption": "caption",
    "credit": "credit",
    "furniture": "furniture",
    "list_item": "list_item",
    "table_row": "table_row",
    "quote": "quote",
}


_AGREED, _MOST_TOLD = 0.8, 20_000

# What a line is among its neighbours; "other" is no part of the story's text.
Label = Literal["headline", "standfirst", "byline", "paragraph", "subhead", "caption", "other"]


@dataclass(frozen=True)
class LineLabel:
    """The most probable label of a line, and its probability (0–1)."""

    label: Label
    probability: float


@dataclass
class StoryLine:
    """A line on its way into a field. `role` is the field, `confidence` how surely."""

    line: Line
    form: Form = "open"
    citation: Citation | None = None
    contact: Contact | None = None
    signature: Signature | None = None
    caption: ParsedCaption | None = None
    # What kind of furniture it is.
    furniture: str = ""
    role: Role = ""
    confidence: float = 0.5
    # What it most probably is; None where its format says more.
    guess: LineLabel | None = None
    # How many characters of it say "Headline:", 原标题：.
    label: int = 0
    # Where the names are that end a paragraph.
    signed_at: Span | None = None
    # What of the line its field doesn't hold.
    left: list[str] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        """Whether the neighbours may decide what it is."""
        return not self.role and self.form in ("prose", "open")

    def seems(self, *labels: Label, least: float = 0.5) -> bool:
        """Whether it is most probably one of these, and at least so surely."""
        guess = self.guess
        return guess is not None and guess.label in labels and guess.probability >= least

    def agreed(self, label: Label, sure: float) -> float:
        """How sure a line's own form is of what it is: less where the learnt labels doubt it."""
        return sure if self.guess is None or self.seems(label, least=_AGREED) else min(sure, 0.8)

    def put(self, role: Role, confidence: float) -> None:
        self.role, self.confidence = role, confidence


def told_in(items: Iterable[StoryLine]) -> str:
    """The running text, as `shared_words` compares it."""
    return key(" ".join(item.line.text for item in items if item.form == "prose")[:_MOST_TOLD])


def read_forms(lines: list[Line]) -> list[StoryLine]:
    """Every line with its form; a citation in brackets behind a paragraph is a line of its own."""
    items: list[StoryLine] = []
    for line in chain.from_iterable(map(_without_jumps, lines)):
        may_split = bool(items) and line.kind in ("text", "paragraph")
        if may_split and (split := split_citation(line)) and not read_citation(line):
            text, tail, citation = split
            items.append(_read_form(text))
            items.append(StoryLine(tail, "citation", citation=citation))
        else:
            items.append(_read_form(line))
    _read_rows(items)
    return items


def _without_jumps(line: Line) -> Iterator[Line]:
    """A paragraph without what stands in brackets at its edges and says where it goes on."""
    parts = [line]
    if line.kind == "text" and (led := _LEADING_BRACKET.match(line.text)):
        parts = [line.part(0, led.end()), line.part(led.end())]
    elif line.kind == "text" and (ended := _LAST_BRACKET.search(line.text)):
        parts = [line.part(0, ended.start()), line.part(ended.start())]
    yield from parts if any(furniture.is_jump(part.text) for part in parts) else [line]


def _read_form(line: Line) -> StoryLine:
    if line.kind in _FORMATTED:
        return _formatted(line)
    if line.kind == "byline":
        return _signed(line)
    if line.kind == "dateline":
        return StoryLine(line, "dateline")
    if line.kind in ("headline", "standfirst", "subhead"):
        return StoryLine(line)
    text = line.text
    if contact := read_contact(text):
        return StoryLine(line, "contact", contact=contact)
    if furniture.is_jump(text):
        return StoryLine(line, "furniture", furniture="navigation")
    citation = read_citation(line)
    kind = furniture.read_furniture(text) if not citation or citation.is_name_only else None
    if citation and not kind and not (citation.is_name_only and line.is_emphasised):
        return StoryLine(line, "citation", citation=citation)
    if bylines.desk_editors(text):
        people = bylines.helped(text)
        return StoryLine(line, "editors", signature=Signature(people) if people else None)
    if signature := bylines.sign(furniture.split_end_mark(text)[0]):
        is_byline = bool(_BY.search(text))
        credit = None if is_byline else captions.bare_credit(text)
        caption = ParsedCaption("", credit) if credit else None
        return StoryLine(
            line, "credit" if credit else "signature", signature=signature, caption=caption
        )
    if kind:
        return StoryLine(line, "furniture", furniture=kind)
    return _caption_or_text(line)


def _caption_or_text(line: Line) -> StoryLine:
    text = line.text
    credit = None if furniture.read_section(text) else captions.bare_credit(text)
    if agencies := bylines.agencies(text):
        return StoryLine(line, "agencies", signature=Signature(agencies))
    if credit:
        return StoryLine(line, "credit", caption=ParsedCaption("", credit))
    if datelines.DATELINE_ONLY.fullmatch(text):
        return StoryLine(line)
    if caption := captions.read_caption(text):
        return StoryLine(line, "caption", caption=replace(caption, text=without_mark(caption.text)))
    is_long = line.size > (_LONG_PARAGRAPH if line.kind == "paragraph" else _LONG)
    ends = line.ends_sentence or line.is_enumeration
    ends = ends or bool(furniture.split_end_mark(text)[1] or _CLOSED.search(text))
    return StoryLine(line, "prose" if ends or is_long else "open")


def _formatted(line: Line) -> StoryLine:
    """A line of which its format says what it is."""
    form = _FORMATTED[line.kind]
    if form == "caption":
        caption = captions.read_caption(line.text)
        if caption is None or not caption.credit:
            caption = ParsedCaption(
                *captions.stated_caption(caption.text if caption else line.text)
            )
        return StoryLine(line, form, caption=caption)
    if form == "credit":
        return StoryLine(line, form, caption=ParsedCaption("", line.text))
    return StoryLine(line, form, furniture="navigation" if form == "furniture" else "")


def _signed(line: Line) -> StoryLine:
    if line.signers:
        people = tuple(ParsedByline(name, place=place or None) for name, place in line.signers)
        return StoryLine(line, "signature", signature=Signature(people))
    if citation := read_signed(line.text):
        return StoryLine(line, "citation", citation=citation)
    signature = bylines.sign(line.text)
    people = bylines.agencies(line.text) or bylines.bare_names(line.text)
    return StoryLine(
        line, "signature", signature=signature or (Signature(people) if people else None)
    )


def _read_rows(items: list[StoryLine]) -> None:
    """Lists and tables: two lines or more, one below the other, of the same make."""
    if not any(item.form == "prose" for item in items):
        # Where all of the text begins with ▲, the mark is no picture's.
        marked = [
            one for one in items if one.form == "caption" and one.line.text[:1] in _BRIEF_MARKS
        ]
        are_shown = all(one.caption and captions.bare_credit(one.caption.credit) for one in marked)
        for item in () if are_shown else marked:
            if item.form == "caption":
                item.form, item.caption, item.line = "prose", None, item.line.part(1)
                item.put("paragraph", 0.85)
    for start, end in _runs(items, lambda item: bool(_BULLET.match(item.line.text))):
        # Where hardly anything else is running text, sentences behind bullets are.
        own = items[start:end]
        below = [item for item in items[end:] if item.form == "prose"]
        is_text = not any(item.form == "prose" for item in items[:start])
        is_text = is_text and len(below) < len(own)
        is_text = is_text and all(
            item.line.ends_sentence and item.line.size > _POINT for item in own
        )
        for item in own:
            item.form = "prose" if is_text else "list_item"
    for start, end in _runs(items, lambda item: _cells(item.line) >= 3):
        for item in items[start:end]:
            item.form, item.caption = "table_row", None


def _runs(items: list[StoryLine], belongs: Callable[[StoryLine], bool]) -> list[tuple[int, int]]:
    """Where two or more free lines in a row belong together: first, and one past the last."""
    runs, start = [], 0
    marks = [
        item.form in ("prose", "open", "caption")
        and item.line.kind in ("text", "paragraph")
        and belongs(item)
        for item in items
    ]
    for at, mark in enumerate([*marks, False]):
        if not mark:
            if at - start >= 2:
                runs.append((start, at))
            start = at + 1
    return runs


def _cells(line: Line) -> int:
    return len(_CELLS.split(line.text)) if len(line.text) < 500 else 0


def without_bullet(text: str) -> str:
    """Without the mark of a list's item; its number is a word like others."""
    match = _BULLET.match(text)
    if match is None or any(character.isdigit() for character in match[0]):
        return text
    return text[match.end() :]


def cells(text: str) -> str:
    """A table's row with its cells parted by tabs."""
    return "\t".join(cell.strip() for cell in _CELLS.split(text.strip("| ")))


_MARKS = re.compile(r"^(?:>{1,4}|[■□◆◇●○▲△▶►▌◎※★☆▪▼↑↓#]{1,4}|【(?=[^】]{2,24}】$)|==+)\s*")


def without_mark(text: str) -> str:
    """A subhead without the sign that marks it."""
    bare = _MARKS.sub("", fold(text[:4]) + text[4:])
    if bare == text:
        return text
    return text[len(text) - len(bare) :].rstrip("】 =")


def has_mark(text: str) -> bool:
    return bool(_MARKS.match(fold(text[:4]) + text[4:]))
