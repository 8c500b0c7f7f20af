"""A record of a source that labels its fields, as the document that the layout reads.

What a label says is known to the layout: the headline, the running text, the captions are lines of
that kind, the paper, the day and the page are the document's metadata. What no label holds stays as
it is where the record labels no text, and stands beside the story where it does. Labels that nobody
knows, and the archive's own, are kept with their words, beside the story.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import (
    DocumentLine,
    DocumentMetadata,
    LineKind,
    SourceDocument,
    Span,
    parted,
)
from archive.contrib.intake.labels.displays import with_labels
from archive.contrib.intake.labels.marks import (
    LabelMark,
    closes,
    find_marks,
    is_rule,
    record_starts,
)
from archive.contrib.intake.labels.names import (
    NOTES,
    OTHER,
    WAITING,
    is_empty,
    is_of_databases,
    names_issue,
)
from archive.contrib.intake.labels.values import fill, is_day
from archive.contrib.intake.layout.captions import stated_credit
from archive.contrib.intake.layout.english import is_post
from archive.contrib.intake.layout.lines import is_chinese, is_sentence, key, trim

_KINDS: dict[str, LineKind] = {
    "headline": "headline",
    "standfirst": "standfirst",
    "dateline": "dateline",
    "caption": "caption",
    "credit": "credit",
    "body": "text",
}
_ORDER = ("headline", "standfirst", "dateline")
# What is a line of the document and no metadata.
_ONCE = ("headline", "dateline")
_VALUES = (
    *("publication", "date", "page", "section", "byline", "language", "url", "contact"),
    *("identifier", "keywords", "rights"),
)
# A person sees these in a story's form; the words of others stay beside it, too.
_SHOWN = ("publication", "date", "page", "section", "byline")
_TEXT = ("text", "paragraph", "subhead", "list_item", "quote")
# What may hold the story's text where a record has no label for it.
_SUMMING = ("standfirst", NOTES)
# In English characters: a longer summary of one paragraph is the text; a shorter one of several
# is none.
_LONGEST_SUMMARY, _SHORTEST_TEXT = 600, 150
# A line of this share of the widest goes on below.
_FULL = 0.7
_NARROWEST = 50


@dataclass
class LabelledValue:
    """What one label holds: its own line's words, and the lines that it goes on in."""

    mark: LabelMark
    lines: list[DocumentLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        # A post below a name is none of it: "By Tom Reed", "Staff Writer".
        is_posted = self.mark.field == "byline" and any(
            is_post(line.text) for line in self.lines[1:]
        )
        return ("; " if is_posted else " ").join(line.text for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return is_empty(self.text)


def split_records(document: SourceDocument) -> list[SourceDocument]:
    """The records of a document of which the rows say by a label what they hold."""
    if not any(line.label for line in document.lines):
        return [document]
    starts = record_starts(find_marks(document.lines), document.lines)
    return parted(document, starts) if starts else [document]


def read_labels(document: SourceDocument) -> SourceDocument:
    """The document with what its labels say; as it is where it has none."""
    document = replace(document, lines=tuple(with_labels(document.lines)))
    marks = find_marks(document.lines)
    if not marks:
        return document
    values, loose = _gathered(marks, document)
    return _document(values, loose, document)


def _gathered(
    marks: Sequence[LabelMark], document: SourceDocument
) -> tuple[list[LabelledValue], list[tuple[int, DocumentLine]]]:
    """Each label with its lines; and the lines that belong to none, with their numbers."""
    lines = document.lines
    by_line: dict[int, list[LabelMark]] = {}
    for mark in marks:
        by_line.setdefault(mark.at, []).append(mark)
    widest = max((len(line.text) + line.indent for line in lines), default=0)
    values: list[LabelledValue] = []
    loose: list[tuple[int, DocumentLine]] = []
    current: LabelledValue | None = None
    last = max(by_line)
    for at, line in enumerate(lines):
        if at in by_line:
            first = by_line[at][0]
            for mark in by_line[at]:
                current = LabelledValue(mark)
                values.append(current)
                if part := _part(line, mark.value, mark.end):
                    current.lines.append(part)
            if len(by_line[at]) == 1 and current and first.style == "cell":
                current.lines = [replace(line, label="")] if line.text else []
            if closing := _part(line, by_line[at][-1].end):
                loose.append((at, replace(closing, kind="furniture")))
                current = None
            continue
        if closes(line.text):
            loose.append((at, replace(line, kind="furniture")))
            current = None
            continue
        if current and not (
            _goes_on(current, line, lines, at, widest)
            or _sums_up_more(current, line, is_amid=at < last)
        ):
            current = None
        if current:
            current.lines.append(line)
        else:
            loose.append((at, line))
    return values, loose


def _goes_on(
    value: LabelledValue, line: DocumentLine, lines: Sequence[DocumentLine], at: int, widest: int
) -> bool:
    """Whether a line goes on with what the label above holds."""
    mark = value.mark
    own, above = lines[mark.at], lines[at - 1]
    if is_rule(line.text) or line.kind not in (*_TEXT, "furniture"):
        return False
    if mark.style == "single" or (mark.style == "cell" and line.gap):
        return False
    if mark.field == "body" or mark.style == "cell":
        return True
    if not value.lines:
        # The value stands below its label.
        return mark.style in ("alone", "tagged", "coded") or not line.gap
    if line.gap:
        return False
    is_tag = mark.style in ("alone", "tagged", "coded") or own.text.startswith("[")
    if is_tag and mark.value >= len(own.text):
        return True
    is_wrapped = widest <= 110 and len(above.text) + above.indent >= max(_NARROWEST, _FULL * widest)
    is_open = above.text.endswith((";", ",", "；", "、")) and mark.field in ("headline", "byline")
    is_hanging = line.indent >= own.indent + (3 if is_chinese(line.text) else 2)
    return is_hanging or is_wrapped or is_open


def _sums_up_more(value: LabelledValue, line: DocumentLine, *, is_amid: bool) -> bool:
    """Whether a line belongs to the summary or the note above: it goes on to the next label."""
    mark = value.mark
    if mark.field not in _SUMMING or mark.style in ("single", "alone", "cell"):
        return False
    is_plain = line.kind in _TEXT and not is_rule(line.text)
    # A blank line ends it, but where tags of a database's own make stand around all that it says.
    is_open = not line.gap or (is_amid and mark.style in ("coded", "tagged", "bracketed"))
    return is_plain and is_open and bool(value.lines)


def _is_whole_text(
    value: LabelledValue,
    values: Sequence[LabelledValue],
    loose: Sequence[tuple[int, DocumentLine]],
) -> bool:
    """Whether a summary, or a note, is the story's text: of several paragraphs, or as long as no
    summary is, where nothing else is the text."""
    if value.mark.field not in _SUMMING or value.is_empty:
        return False
    size = _size(value.lines)
    is_long = len(value.lines) > 1 or (size > _LONGEST_SUMMARY and value.mark.field != NOTES)
    others = [one for one in values if one.mark.field in ("body", *_SUMMING) and one is not value]
    told = [one for one in others if not one.is_empty]
    return (
        is_long
        and size > _SHORTEST_TEXT
        and all(is_sentence(line.text) for line in value.lines)
        and not any(one.mark.field == "body" or _size(one.lines) > size for one in told)
        and _size([line for _at, line in loose if is_sentence(line.text)]) < size
    )


def _size(lines: Sequence[DocumentLine]) -> int:
    """In English characters: Chinese says as much in a third."""
    return sum(len(line.text) * (3 if is_chinese(line.text) else 1) for line in lines)


def _part(line: DocumentLine, start: int, end: int | None = None) -> DocumentLine | None:
    """A piece of a line, with its place in the source; None where it has no words."""
    piece = line.text[start:end]
    text = trim(piece)
    if not text:
        return None
    first = start + piece.index(text)
    is_exact = line.span[1] - line.span[0] == len(line.text)
    span = (line.span[0] + first, line.span[0] + first + len(text)) if is_exact else line.span
    return replace(
        line, text=text, span=span, markup="" if start else line.markup, indent=line.indent + first
    )


def _document(
    values: Sequence[LabelledValue],
    loose: Sequence[tuple[int, DocumentLine]],
    document: SourceDocument,
) -> SourceDocument:
    story = DocumentBuilder()
    spans: dict[str, tuple[Span, ...]] = {}
    found: list[tuple[int, int, DocumentLine]] = []
    told: list[tuple[str, LabelledValue]] = []
    whole = next((one for one in values if _is_whole_text(one, values, loose)), None)
    has_body = whole is not None or any(
        one.mark.field == "body" and not one.is_empty for one in values
    )
    has_title = any(one.mark.field == "headline" and not one.is_empty for one in values)
    taken: set[tuple[str, bool]] = set()
    for value in values:
        mark = value.mark
        line = document.lines[mark.at]
        label = _part(line, mark.start, mark.value) if mark.style != "cell" else None
        field = "body" if value is whole else _field(value, values)
        kind = _KINDS.get(field)
        if mark.field == "caption" and _is_kind(value.text):
            kind = None
        if mark.field == "credit" and any(
            one.mark.at == mark.at and one.mark.field == "byline" for one in values
        ):
            kind = None  # "记者：… 摄影：…" names who took pictures, and is no picture's.
        again = (mark.field, is_chinese(value.text))
        if mark.field in _ONCE and again in taken and not value.is_empty:
            kind = None
        elif mark.field in _ONCE and not value.is_empty:
            taken.add(again)
        if kind == "headline" and (cut := _deck(value)):
            found.append((_ORDER.index("standfirst"), mark.at + 1, cut[1]))
            value = replace(value, lines=cut[0])
        if kind and not value.is_empty:
            if label:
                found.append((len(_ORDER), mark.at, replace(label, kind="furniture")))
            is_first = has_title and field in _ORDER
            rank = _ORDER.index(field) if is_first else len(_ORDER)
            found += [(rank, mark.at, one) for one in _lines(value, kind)]
        elif field not in _VALUES or value.is_empty or is_of_databases(mark.label):
            found += [(len(_ORDER) + 1, mark.at, one) for one in _notes(value, document)]
        else:
            told.append((field, value))
            if field not in _SHOWN:
                found += [(len(_ORDER) + 1, mark.at, one) for one in _notes(value, document)]
                continue
            own = label.span if label else line.span
            spans[field] = (
                *spans.get(field, ()),
                own,
                *(one.span for one in value.lines),
            )
    for field, value in sorted(
        told, key=lambda one: one[1].mark.name.rank if one[1].mark.name else 0
    ):
        fill(
            story,
            field,
            value.text,
            role=value.mark.name.role if value.mark.name else "",
        )
    above = min((one.mark.at for one in values), default=0)
    fields = {one.mark.field for one in values if not one.is_empty}
    is_whole = has_title and {"publication", "date"} <= fields
    for at, line in loose:
        if line.kind == "headline" and has_title:
            line = replace(line, kind="furniture")
        is_beside = is_rule(line.text) or (is_whole if at < above else has_body)
        if is_beside and line.kind == "text":
            line = replace(line, kind="unplaced" if is_sentence(line.text) else "furniture")
        found.append(
            (len(_ORDER) + (at > above and is_beside and not is_rule(line.text)), at, line)
        )
    found.sort(key=lambda one: one[:2])
    found = _without_repeats(found, values)
    said = _merged(document.metadata, story, spans)
    # What the source says outside its text, such as a letter's subject, is none beside a label.
    said = replace(said, headline="") if has_title else said
    return replace(
        document,
        lines=tuple(line for _rank, _at, line in found),
        metadata=said,
        warnings=(*document.warnings, *story.notes),
    )


def _field(value: LabelledValue, values: Sequence[LabelledValue]) -> str:
    """What a value is, where its label alone doesn't say it."""
    field, at = value.mark.field, values.index(value)
    if field == "body" and any(
        key(other.text).startswith(key(value.text))
        and other is not value
        and other.text != value.text
        for other in values
        if other.mark.field == "body"
    ):
        return OTHER  # "正文快照": the text's beginning, above the text.
    above = values[at - 1] if at else None
    is_dated = any(one.mark.field == "date" and not one.is_empty for one in values)
    if field == OTHER and not is_dated and names_issue(value.mark.label) and is_day(value.text):
        return "date"
    if field == "image" and not _FILE.search(value.text):
        return "caption"
    is_of_picture = above is not None and above.mark.field in ("caption", "image")
    if is_of_databases(value.mark.label) and not (is_of_picture and above and not above.is_empty):
        return OTHER
    return field


def _deck(value: LabelledValue) -> tuple[list[DocumentLine], DocumentLine] | None:
    """A headline's lines and its deck, which begins a line behind a semicolon; None without."""
    at = next((n for n, line in enumerate(value.lines[:-1]) if line.text.endswith(";")), -1)
    if at < 0:
        return None
    title = value.lines[at]
    above = [*value.lines[:at], replace(title, text=title.text.rstrip("; "))]
    return above, replace(reduce(joined, value.lines[at + 1 :]), kind="standfirst")


# The name or address of a picture's file.
_FILE = re.compile(r"^https?:|\.(?:jpe?g|png|gif|tiff?|webp)$", re.IGNORECASE)
# How many lines at the top of a text may say again what its labels say.
_TOP = 6


def _without_repeats(
    found: list[tuple[int, int, DocumentLine]], values: Sequence[LabelledValue]
) -> list[tuple[int, int, DocumentLine]]:
    """What the top of the text says again of the headline, or of who signs, stands beside it.

    A summary that is the text's first sentences stands beside the text.
    """
    said = {
        key(one.text) for one in values if one.mark.field in ("headline", "standfirst", "byline")
    }
    told = {
        key(line.text)
        for _rank, _at, line in found
        if line.kind == "text" and line.is_body and is_sentence(line.text)
    }
    lines, seen = [], 0
    for rank, at, line in found:
        is_text = line.kind == "text"
        seen += is_text
        is_again = is_text and seen <= _TOP and key(line.text) in said
        if (is_again and not (line.is_body and is_sentence(line.text))) or (
            line.kind == "standfirst" and key(line.text) in told
        ):
            line = replace(line, kind="furniture")
        lines.append((rank, at, line))
    return lines


_QUOTED_TITLE = re.compile(
    r"[\"“「『《](?P<title>[^\"“”「」『』《》]{4,})[\"”」』》]\s*(?P<rest>[(（\[][^()（）\[\]]{3,40}[)）\]])"
)


def _is_kind(text: str) -> bool:
    """Whether a caption names the kind of a picture, "Color photo", and says nothing of it."""
    return len(text.split()) < 3 and not is_chinese(text)


def _lines(value: LabelledValue, kind: LineKind) -> list[DocumentLine]:
    """The value's lines, as what the label says that they are; of a headline one."""
    lines = value.lines
    if kind == "text":
        first = (
            [
                replace(
                    lines[0], indent=min(lines[0].indent, lines[1].indent) if len(lines) > 1 else 0
                )
            ]
            if lines and lines[0].span[0] and value.mark.value < value.mark.end
            else lines[:1]
        )
        return [
            replace(line, is_body=True, kind="text" if line.kind == "text" else line.kind)
            for line in (*first, *lines[1:])
        ]
    if kind == "standfirst":
        told: list[DocumentLine] = []
        for line in lines:
            goes_on = bool(told) and line.text[:1].islower() and not is_sentence(told[-1].text)
            told[-1:] = [joined(told[-1], line)] if goes_on else [*told[-1:], line]
        return [replace(line, kind=kind) for line in told]
    if kind == "headline" and (quoted := _QUOTED_TITLE.fullmatch(value.text)) and len(lines) == 1:
        # A catalogue quotes the headline, and says of what it is one.
        title, rest = (_part(lines[0], *quoted.span(name)) for name in ("title", "rest"))
        found = [replace(title, kind=kind)] if title else []
        return [*found, replace(rest, kind="furniture")] if rest else found
    credits = [one for one in lines[1:] if stated_credit(one.text)]
    if kind == "caption" and credits:
        shown = [one for one in lines if one not in credits]
        return [
            *_lines(replace(value, lines=shown), kind),
            *(replace(one, kind="credit") for one in credits),
        ]
    if kind == "caption" and len(lines) > 1 and all(is_sentence(one.text) for one in lines[:-1]):
        return [replace(line, kind=kind) for line in lines]
    return [replace(reduce(joined, lines), kind=kind)]


def joined(above: DocumentLine, below: DocumentLine) -> DocumentLine:
    """Two lines as one that goes on."""
    parted = "" if is_chinese(above.text[-1:]) and is_chinese(below.text[:1]) else " "
    span = (above.span[0], below.span[1])
    return replace(above, text=above.text + parted + below.text, span=span, markup="")


def _notes(value: LabelledValue, document: SourceDocument) -> list[DocumentLine]:
    """A label with its words, as they stand in the source."""
    mark = value.mark
    line = document.lines[mark.at]
    is_told = mark.field == WAITING or (
        mark.field not in (NOTES, OTHER, *_VALUES) and is_sentence(value.text)
    )
    is_told = is_told or (
        mark.field == OTHER and is_sentence(value.text) and mark.style == "worded"
    )
    kind: LineKind = "unplaced" if is_told and not value.is_empty else "furniture"
    if mark.style == "cell":
        return [
            replace(one, text=f"{mark.label}: {one.text}", kind=kind) for one in value.lines
        ] or [replace(line, text=mark.label, kind="furniture")]
    own = _part(line, mark.start, mark.end)
    rest = [one for one in value.lines if not line.span[0] <= one.span[0] < line.span[1]]
    return [replace(one, kind=kind) for one in (own, *rest) if one]


def _merged(
    said: DocumentMetadata, story: DocumentBuilder, spans: dict[str, tuple[Span, ...]]
) -> DocumentMetadata:
    """The document's metadata with what the labels say before it."""
    told = story.metadata(())
    names = {"date": "published", "byline": "bylines"}
    values = {name: value for name, value in vars(told).items() if value and name != "unread"}
    spans = {names.get(name, name): own for name, own in spans.items()}
    return replace(
        said, **values, unread=(*said.unread, *told.unread), spans={**said.spans, **spans}
    )
