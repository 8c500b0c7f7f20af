"""A person's changes of a record: fields set, lines put to another use: pure, on stored records.

A line is known by its span in the source text. What is taken from one place is put in another;
a line that becomes furniture stays in the source text alone.
"""

from copy import deepcopy
from datetime import date, time
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from archive.contrib.intake.documents import Span
from archive.contrib.intake.labels.values import page_of
from archive.contrib.intake.layout.bylines import sign
from archive.contrib.intake.layout.lines import fold
from archive.contrib.intake.layout.stamps import find_stamps
from archive.contrib.intake.outlets import is_outlet
from archive.contrib.intake.record_json import Record, clean_text
from archive.contrib.intake.records import REPORTER, IntakeError
from archive.contrib.intake.story_fields import bylines_of
from archive.stories.models import ArticlePage
from archive.text.language import LANGUAGES
from archive.text.stored_messages import message as _

# What a selection can become: a piece of the body, …
BODY = {
    "paragraph": "paragraph", "subhead": "subhead", "quote": "quote", "list_item": "list",
    "table_row": "table", "correction": "correction",
}  # fmt: skip
# … the text of a field, …
TEXTS = (*ArticlePage.text_fields, "publication", "page", "section", "contact")
# … or one of these.
OTHERS = ("byline", "caption", "credit", "published", "unplaced", "furniture")
KINDS = (*BODY, *TEXTS, *OTHERS)
# Words that stand in the record once, and so leave the place where they stood.
_MOVED = (
    *(*BODY, *ArticlePage.heading_fields),
    *("byline", "caption", "credit", "unplaced", "furniture"),
)
# So alike are a name as it was read and as a person mends it.
_MENDED = 0.6
_MORE_TEXTS = ("document_title", "url", "rights")


def set_fields(record: Record, values: dict[str, Any]) -> Record:
    """The record with these fields as a person has them, in full confidence. Raises IntakeError.

    Texts are texts or None, "published" is an ISO date, "bylines" and "captions" are lists of
    dicts as in the record, "keywords" and "unplaced" lists of texts.
    """
    changed = deepcopy(record)
    for name, value in values.items():
        changed[name] = _checked(name, value)
        if name == "publication":
            _leave_former_paper(changed, record.get(name))
        # Its span stays: the words may be right there, and only mended.
        reading = (changed.setdefault("fields", {})).setdefault(name, {"span": None})
        reading["confidence"] = 1
    if "printed_byline" not in values:
        _follow_names(changed)
    return changed


def _follow_names(record: Record) -> None:
    """A printed byline that doesn't name all who sign is none."""
    printed = "".join((record.get("printed_byline") or "").split()).casefold()
    names = ("".join(one["name"].split()) for one in record.get("bylines") or ())
    if not all(name.casefold() in printed for name in names):
        record["printed_byline"] = None


def _leave_former_paper(record: Record, former: str | None) -> None:
    """Words of the text that were no paper's, and were read for one, wait again."""
    spans, name = _spans(record, "publication"), record["publication"] or ""
    if not former or not spans or is_outlet(former):
        return
    if SequenceMatcher(None, fold(former), fold(name)).ratio() > _MENDED:
        return
    _store(record, [*_pieces(record), RecordPiece(spans[0], "unplaced", former)])
    record["fields"]["publication"] = {"span": None}


def _checked(name: str, value: Any) -> Any:
    try:
        if name in TEXTS or name in _MORE_TEXTS:
            return clean_text(" ".join(str(value or "").split())) or None
        if name == "printed_byline":
            return clean_text("\n".join(str(value or "").splitlines())).strip() or None
        if name == "language":
            return _language(value)
        if name == "leads_with_picture":
            return bool(value)
        if name == "published":
            return date.fromisoformat(value).isoformat() if value else None
        if name == "published_at":
            return time.fromisoformat(value).isoformat() if value else None
        if name in ("keywords", "unplaced"):
            return [clean_text(str(one)) for one in value or () if str(one).strip()]
        if name == "bylines":
            return _each_once([_part(name, one) for one in value or ()])
        if name in ("captions", "blocks"):
            return [_part(name, one) for one in value or ()]
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        raise IntakeError(_("this is no value for “%(name)s”") % {"name": name}) from error
    raise IntakeError(_("there is no field “%(name)s”") % {"name": name})


def _each_once(bylines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A name stands once in a role, with the first place that is said of it."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in bylines:
        key = " ".join(one["name"].split()).casefold(), one.get("role") or REPORTER
        former = found.setdefault(key, one)
        if not former.get("place") and one.get("place"):
            former["place"] = one["place"]
    return list(found.values())


def _language(value: Any) -> str:
    if value not in LANGUAGES:
        raise ValueError(value)
    return str(value)


_PARTS: dict[str, dict[str, type]] = {
    "bylines": {"name": str, "role": str, "place": str},
    "captions": {"text": str, "credit": str, "after": int, "image": str},
    "blocks": {
        "type": str,
        "text": str,
        "markup": str,
        "caption": str,
        "is_numbered": bool,
        "has_head": bool,
    },
}


def _part(name: str, value: dict[str, Any]) -> dict[str, Any]:
    kinds = _PARTS[name]
    part = {
        key: clean_text(kind(value[key])) if kind is str else kind(value[key])
        for key, kind in kinds.items()
        if value.get(key) is not None
    }
    if name == "blocks" and part["type"] not in BODY.values():
        raise ValueError(part["type"])
    required = "name" if name == "bylines" else "text"
    if not isinstance(part.get(required), str):
        raise ValueError(required)
    return part


class RecordPiece(NamedTuple):
    """A part of the record that stands somewhere: in the body, among captions or leftovers."""

    span: Span
    kind: str
    value: Any


def retype(record: Record, text: str, span: Span, kind: str, mended: str = "") -> Record:
    """The record with the words of the source text at `span` put to another use; with `mended`,
    these are what is put there instead of them.

    Raises IntakeError for a kind that isn't one of KINDS, or where there are no words.
    """
    start, end = max(0, span[0]), min(len(text), span[1])
    said = " ".join(text[start:end].split())
    if kind not in KINDS:
        raise IntakeError(_("there is no field “%(name)s”") % {"name": kind})
    if not said:
        raise IntakeError(_("select some words first"))
    changed = deepcopy(record)
    if kind in _MOVED:
        _take_out(changed, text, (start, end))
    else:
        # A fact stays where it stands in a text; a leftover that is it has its place now.
        left = [
            one
            for one in _pieces(changed)
            if one.kind != "unplaced" or one.span == (0, 0) or not _within(one.span, (start, end))
        ]
        _store(changed, left)
    _put_in(changed, text, RecordPiece((start, end), kind, clean_text(mended) or said))
    return changed


def _take_out(record: Record, text: str, span: Span) -> None:
    """Whatever of the record stands within the span leaves its place, but for facts."""
    for name in ArticlePage.text_fields:
        if record.get(name) and any(_within(one, span) for one in _spans(record, name)):
            record[name] = None
            record["fields"].pop(name)
    pieces = []
    for piece in _pieces(record):
        is_apart = piece.span == (0, 0) or not _overlap(piece.span, span)
        pieces += [piece] if is_apart else _rest(piece, text, span)
    _store(record, pieces)


def _put_in(record: Record, text: str, piece: RecordPiece) -> None:
    span, kind, said = piece
    fields = record.setdefault("fields", {})
    if kind == "page":
        said = page_of(said) or said
    if kind in TEXTS:
        if kind in ArticlePage.text_fields and record.get(kind):
            # What it said before has no other place.
            former = RecordPiece((*_spans(record, kind), (0, 0))[0], "unplaced", record[kind])
            _store(record, [*_pieces(record), former])
        record[kind] = said
        fields[kind] = {"confidence": 1, "span": list(span)}
    elif kind == "published":
        record.update(set_fields(record, {"published": _iso(said)}))
        record["fields"]["published"]["span"] = list(span)
    elif kind == "byline":
        _sign(record, said)
        spans = [*_spans(record, "bylines"), span]
        fields["bylines"] = {"confidence": 1, "span": list(span), "spans": list(map(list, spans))}
    elif kind == "credit":
        _credit(record, span, said)
    elif kind != "furniture":
        value: Any = {"type": BODY[kind], "text": said, "markup": ""} if kind in BODY else said
        if kind == "caption":
            value = {"text": said, "credit": "", "image": ""}
        name = "blocks" if kind in BODY else {"caption": "captions"}.get(kind, kind)
        _store(record, [*_pieces(record), RecordPiece(span, name, value)])


def _sign(record: Record, said: str) -> None:
    """Who signs by the words, in which they stand as printed where these are a byline's."""
    people = bylines_of(said)
    found = [
        {"name": one.name, "role": one.role} | ({"place": one.place} if one.place else {})
        for one in people
    ]
    record["bylines"] = _each_once([*(record.get("bylines") or []), *found])
    if sign(said) or not people:
        lines = [record.get("printed_byline"), said]
        record["printed_byline"] = "\n".join(dict.fromkeys(filter(None, lines)))
    _follow_names(record)


def _credit(record: Record, span: Span, said: str) -> None:
    """To the nearest caption above or below, or to one without words of its own."""
    captions = [piece for piece in _pieces(record) if piece.kind == "captions"]
    if not captions:
        value = {"text": "", "credit": said, "image": ""}
        _store(record, [*_pieces(record), RecordPiece(span, "captions", value)])
        return
    near = min(captions, key=lambda one: abs(one.span[1] - span[0]))
    near.value["credit"] = said


def _iso(said: str) -> str:
    """The date that the words hold; raises IntakeError where they hold none."""
    day = next((stamp.day for stamp in find_stamps(fold(said)) if stamp.day), None)
    if day is None:
        raise IntakeError(_("no date is found in “%(words)s”; type it") % {"words": said[:60]})
    return day.isoformat()


def _spans(record: Record, name: str) -> list[Span]:
    reading = (record.get("fields") or {}).get(name) or {}
    spans = reading.get("spans") or ([reading["span"]] if reading.get("span") else [])
    return [(start, end) for start, end in spans]


def _pieces(record: Record) -> list[RecordPiece]:
    """Body, captions and leftovers in the source's order; (0, 0) stands for a span not known."""
    found = []
    for name in ("blocks", "captions", "unplaced"):
        values, spans = record.get(name) or [], _spans(record, name)
        if len(spans) != len(values):
            spans = [(0, 0)] * len(values)
        found += [RecordPiece(span, name, value) for span, value in zip(spans, values, strict=True)]
    return found


def _store(record: Record, pieces: list[RecordPiece]) -> None:
    """Write the pieces back; a caption's place among the blocks follows from the spans."""
    fields = record.setdefault("fields", {})
    for name in ("blocks", "captions", "unplaced"):
        own = [piece for piece in pieces if piece.kind == name]
        known = all(piece.span != (0, 0) for piece in own)
        if known:
            own.sort(key=lambda piece: piece.span)
        record[name] = [piece.value for piece in own]
        sure = (fields.get(name) or {}).get("confidence", 1)
        spans = [list(piece.span) for piece in own] if known else []
        whole = [spans[0][0], spans[-1][1]] if spans else None
        fields[name] = {"confidence": sure, "span": whole, "spans": spans}
    blocks = _spans(record, "blocks")
    for caption, span in zip(record["captions"], _spans(record, "captions"), strict=False):
        if blocks or "after" not in caption:
            caption["after"] = sum(one < span for one in blocks)
    for caption in record["captions"]:
        caption.setdefault("after", len(record["blocks"]))


def _rest(piece: RecordPiece, text: str, span: Span) -> list[RecordPiece]:
    """What of a piece is left before and after the span; nothing where it is all taken.

    A piece that isn't what stands there word for word can't be cut, and stays whole.
    """
    if _within(piece.span, span):
        return []
    start, end = piece.span
    is_text = isinstance(piece.value, str)
    own = piece.value if is_text else str(piece.value.get("text") or "")
    if " ".join(text[start:end].split()) != " ".join(own.split()):
        return [piece]
    left = []
    for first, last in ((start, max(start, span[0])), (min(end, span[1]), end)):
        words = text[first:last]
        if said := " ".join(words.split()):
            at = first + len(words) - len(words.lstrip())
            value: Any = said if is_text else {**piece.value, "text": said}
            if piece.kind == "blocks":
                value["markup"] = ""
            left.append(RecordPiece((at, at + len(words.strip())), piece.kind, value))
    return left


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _within(one: Span, two: Span) -> bool:
    return two[0] <= one[0] and one[1] <= two[1]
